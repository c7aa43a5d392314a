import type { Product } from '../api/products.ts'
import * as disks from './ecs/disk/describe.ts'
import * as images from './ecs/images.ts'
import * as instancesAttribute from './ecs/instance/attribute.ts'
import * as instancesCreate from './ecs/instance/create.ts'
import * as instancesDelete from './ecs/instance/delete.ts'
import * as instancesDescribe from './ecs/instance/describe.ts'
import * as instancesPower from './ecs/instance/power.ts'
import * as instancesRamRole from './ecs/instance/ram-role.ts'
import * as instanceTypes from './ecs/instance-types.ts'
import * as interfaceAddresses from './ecs/network-interface/private-addresses.ts'
import * as interfacesAttach from './ecs/network-interface/attach.ts'
import * as interfacesAttribute from './ecs/network-interface/attribute.ts'
import * as interfacesCreate from './ecs/network-interface/create.ts'
import * as interfacesDescribe from './ecs/network-interface/describe.ts'
import * as regions from './ecs/regions.ts'
import * as securityGroupDescriptions from './ecs/security-groups/describe.ts'
import * as securityGroups from './ecs/security-groups/groups.ts'
import * as securityGroupMembers from './ecs/security-groups/members.ts'
import * as securityGroupRules from './ecs/security-groups/permissions.ts'
import * as ecsTags from './ecs/tag-resources.ts'
import * as endpoints from './location/endpoints.ts'
import type { Handler } from './operation.ts'
import * as accessKeys from './ram/access-keys.ts'
import * as attachments from './ram/attachments.ts'
import * as diagnostics from './ram/diagnostics.ts'
import * as policies from './ram/policies.ts'
import * as roles from './ram/roles.ts'
import * as users from './ram/users.ts'
import * as oidc from './sts/oidc.ts'
import * as tokens from './sts/tokens.ts'
import * as vpcLegacy from './vpc/legacy.ts'
import * as vpcTags from './vpc/tag-resources.ts'
import * as vpcs from './vpc/vpcs.ts'
import * as vSwitches from './vpc/vswitches.ts'

type Handlers = { readonly [action: string]: Handler }

/** The operations among a module's exports: those named like an Action. */
const operationsOf = (...modules: readonly object[]): Handlers =>
  Object.fromEntries(modules.flatMap((module) => Object.entries<Handler>({ ...module }).filter(([name]) => /^[A-Z]/.test(name))))

/** Every operation the cloud emulates, by product. A module's operations are its exports, named by their Action; add the module here. */
export const handlers: { readonly [product in Product]: Handlers } = {
  ecs: operationsOf(
    disks,
    images,
    instancesAttribute,
    instancesCreate,
    instancesDelete,
    instancesDescribe,
    instancesPower,
    instancesRamRole,
    instanceTypes,
    interfaceAddresses,
    interfacesAttach,
    interfacesAttribute,
    interfacesCreate,
    interfacesDescribe,
    regions,
    securityGroups,
    securityGroupDescriptions,
    securityGroupMembers,
    securityGroupRules,
    ecsTags,
    vpcLegacy,
  ),
  vpc: operationsOf(vpcs, vSwitches, vpcTags),
  ram: operationsOf(accessKeys, attachments, diagnostics, policies, roles, users),
  sts: operationsOf(oidc, tokens),
  location: operationsOf(endpoints),
}
