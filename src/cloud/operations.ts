import type { Product } from '../api/products.ts'
import * as assistantPlugins from './ecs/assistant/plugins.ts'
import * as assistantSessions from './ecs/assistant/sessions.ts'
import * as assistantSettings from './ecs/assistant/settings.ts'
import * as assistantStatus from './ecs/assistant/status.ts'
import * as provisioningGroups from './ecs/auto-provisioning-group/groups.ts'
import * as provisioningDescriptions from './ecs/auto-provisioning-group/describe.ts'
import * as commands from './ecs/command/commands.ts'
import * as hostAllocations from './ecs/dedicated-host/allocate.ts'
import * as hostChargeTypes from './ecs/dedicated-host/charge-type.ts'
import * as hostClusters from './ecs/dedicated-host/clusters.ts'
import * as hostDescriptions from './ecs/dedicated-host/describe.ts'
import * as hosts from './ecs/dedicated-host/hosts.ts'
import * as hostRenewals from './ecs/dedicated-host/renew.ts'
import * as deploymentMoves from './ecs/deployment-set/instance-deployment.ts'
import * as deploymentSets from './ecs/deployment-set/sets.ts'
import * as topologies from './ecs/deployment-set/topology.ts'
import * as diagnosticInterrupts from './ecs/diagnostic/interrupt.ts'
import * as diagnosticMetricSets from './ecs/diagnostic/metric-sets.ts'
import * as diagnosticReports from './ecs/diagnostic/reports.ts'
import * as disksAttach from './ecs/disk/attach.ts'
import * as disksAttribute from './ecs/disk/attribute.ts'
import * as disksClone from './ecs/disk/clone.ts'
import * as disksCreate from './ecs/disk/create.ts'
import * as disksDelete from './ecs/disk/delete.ts'
import * as disksDescribe from './ecs/disk/describe.ts'
import * as disksEncryption from './ecs/disk/encryption.ts'
import * as disksFullStatus from './ecs/disk/full-status.ts'
import * as disksReplace from './ecs/disk/replace-system-disk.ts'
import * as disksResize from './ecs/disk/resize.ts'
import * as disksRestore from './ecs/disk/restore.ts'
import * as disksSpec from './ecs/disk/spec.ts'
import * as eventAnswers from './ecs/events/answers.ts'
import * as eventAttributes from './ecs/events/attribute.ts'
import * as eventWindows from './ecs/events/windows.ts'
import * as eventDescriptions from './ecs/events/describe.ts'
import * as simulatedEvents from './ecs/events/simulated.ts'
import * as hpcClusters from './ecs/hpc-cluster/clusters.ts'
import * as imageComponents from './ecs/image/components.ts'
import * as imagePipelineExecutions from './ecs/image/executions.ts'
import * as imagePipelines from './ecs/image/pipelines.ts'
import * as imageCopies from './ecs/image/copy.ts'
import * as imageShares from './ecs/image/share.ts'
import * as imageSupport from './ecs/image/support.ts'
import * as imageTransfers from './ecs/image/transfer.ts'
import * as imagesChange from './ecs/image/change.ts'
import * as imagesCreate from './ecs/image/create.ts'
import * as imagesDescribe from './ecs/image/describe.ts'
import * as instancesAttachments from './ecs/instance/attachments.ts'
import * as instancesAttribute from './ecs/instance/attribute.ts'
import * as classicLinks from './ecs/instance/classic-link.ts'
import * as instancesConsole from './ecs/instance/console.ts'
import * as instancesCreate from './ecs/instance/create.ts'
import * as instancesDelete from './ecs/instance/delete.ts'
import * as instancesDescribe from './ecs/instance/describe.ts'
import * as instancesMaintenance from './ecs/instance/maintenance.ts'
import * as instancesMetadataOptions from './ecs/instance/metadata-options.ts'
import * as instancesMonitor from './ecs/instance/monitor.ts'
import * as instancesOptions from './ecs/instance/options.ts'
import * as instancesPower from './ecs/instance/power.ts'
import * as instancesRamRole from './ecs/instance/ram-role.ts'
import * as instancesReactivate from './ecs/instance/reactivate.ts'
import * as instancesRedeploy from './ecs/instance/redeploy.ts'
import * as instancesChargeType from './ecs/instance/charge-type.ts'
import * as instancesNetwork from './ecs/instance/network.ts'
import * as instancesReleasePublicIp from './ecs/instance/release-public-ip.ts'
import * as instancesPublicIp from './ecs/instance/public-ip.ts'
import * as instancesRelease from './ecs/instance/release.ts'
import * as instancesRenewal from './ecs/instance/renewal.ts'
import * as instancesSpec from './ecs/instance/spec.ts'
import * as instancesUserData from './ecs/instance/user-data.ts'
import * as instancesVpc from './ecs/instance/vpc-attribute.ts'
import * as instancesVnc from './ecs/instance/vnc.ts'
import * as instanceTypes from './ecs/instance-types.ts'
import * as invocationFileDescriptions from './ecs/invocation/describe-files.ts'
import * as invocationDescriptions from './ecs/invocation/describe.ts'
import * as invocationFiles from './ecs/invocation/files.ts'
import * as invocationChanges from './ecs/invocation/modify.ts'
import * as invocations from './ecs/invocation/run.ts'
import * as interfaceAddresses from './ecs/network-interface/private-addresses.ts'
import * as interfaceIpv6 from './ecs/network-interface/ipv6-addresses.ts'
import * as interfacesAttach from './ecs/network-interface/attach.ts'
import * as interfacesAttribute from './ecs/network-interface/attribute.ts'
import * as interfacesCreate from './ecs/network-interface/create.ts'
import * as interfacesDescribe from './ecs/network-interface/describe.ts'
import * as interfacePermissions from './ecs/network-interface/permissions.ts'
import * as interfaceQoS from './ecs/network-interface/qos.ts'
import * as keyPairs from './ecs/key-pair/key-pairs.ts'
import * as keyPairsAttach from './ecs/key-pair/attach.ts'
import * as launchTemplatesChange from './ecs/launch-template/change.ts'
import * as launchTemplatesCreate from './ecs/launch-template/create.ts'
import * as launchTemplatesDescribe from './ecs/launch-template/describe.ts'
import * as managedActivations from './ecs/managed-instance/activations.ts'
import * as managedInstances from './ecs/managed-instance/managed-instances.ts'
import * as marketAccount from './ecs/market/account-attributes.ts'
import * as marketLimits from './ecs/market/limits.ts'
import * as marketAvailable from './ecs/market/available-resource.ts'
import * as marketModification from './ecs/market/modification-price.ts'
import * as marketPrice from './ecs/market/price.ts'
import * as marketRecommend from './ecs/market/recommend.ts'
import * as marketRenewal from './ecs/market/renewal-price.ts'
import * as marketResources from './ecs/market/resources-modification.ts'
import * as marketSpotAdvice from './ecs/market/spot-advice.ts'
import * as marketSpotHistory from './ecs/market/spot-price-history.ts'
import * as poolAssurances from './ecs/private-pool/assurances.ts'
import * as poolRenewals from './ecs/private-pool/renewal.ts'
import * as poolReservations from './ecs/private-pool/reservations.ts'
import * as portRangeLists from './ecs/port-range-list/port-range-lists.ts'
import * as prefixLists from './ecs/prefix-list/prefix-lists.ts'
import * as regions from './ecs/regions.ts'
import * as resourceGroups from './ecs/resource-group.ts'
import * as reservedDescriptions from './ecs/reserved-instance/describe.ts'
import * as reservedModifications from './ecs/reserved-instance/modify.ts'
import * as reservedPurchases from './ecs/reserved-instance/purchase.ts'
import * as reservedRenewals from './ecs/reserved-instance/renewal.ts'
import * as savingsPlans from './ecs/savings-plan/plans.ts'
import * as securityGroupDescriptions from './ecs/security-groups/describe.ts'
import * as securityGroups from './ecs/security-groups/groups.ts'
import * as securityGroupMembers from './ecs/security-groups/members.ts'
import * as securityGroupRules from './ecs/security-groups/permissions.ts'
import * as snapshotAssociations from './ecs/snapshot/associations.ts'
import * as snapshotsChange from './ecs/snapshot/change.ts'
import * as snapshotsCreate from './ecs/snapshot/create.ts'
import * as snapshotsDescribe from './ecs/snapshot/describe.ts'
import * as snapshotExports from './ecs/snapshot/export.ts'
import * as snapshotGroupsDescribe from './ecs/snapshot/describe-groups.ts'
import * as snapshotGroups from './ecs/snapshot/groups.ts'
import * as snapshotLocks from './ecs/snapshot/locks.ts'
import * as snapshotMonitor from './ecs/snapshot/monitor.ts'
import * as snapshotPolicies from './ecs/snapshot/policies.ts'
import * as storageCapacityUnits from './ecs/storage-capacity-unit/units.ts'
import * as diskDeployments from './ecs/storage-set/disk-deployment.ts'
import * as storageSets from './ecs/storage-set/sets.ts'
import * as storageChannels from './ecs/storage-channel/channels.ts'
import * as tasksCancel from './ecs/task/cancel.ts'
import * as tasksDescribe from './ecs/task/describe.ts'
import * as singleTags from './ecs/single-tags.ts'
import * as ecsTags from './ecs/tag-resources.ts'
import * as endpoints from './location/endpoints.ts'
import type { Handler } from './operation.ts'
import * as accessKeys from './ram/access-keys.ts'
import * as accountAlias from './ram/account-alias.ts'
import * as attachments from './ram/attachments.ts'
import * as diagnostics from './ram/diagnostics.ts'
import * as groups from './ram/groups.ts'
import * as loginProfiles from './ram/login-profiles.ts'
import * as memberships from './ram/memberships.ts'
import * as policies from './ram/policies.ts'
import * as policyVersions from './ram/policy-versions.ts'
import * as roles from './ram/roles.ts'
import * as users from './ram/users.ts'
import * as oidc from './sts/oidc.ts'
import * as tokens from './sts/tokens.ts'
import * as commonPackages from './vpc/bandwidth-package/packages.ts'
import * as commonPackageAddresses from './vpc/bandwidth-package/addresses.ts'
import * as deletionProtection from './vpc/deletion-protection.ts'
import * as eipAssociate from './vpc/eip/associate.ts'
import * as eips from './vpc/eip/allocate.ts'
import * as eipsDescribe from './vpc/eip/describe.ts'
import * as eipsMonitor from './vpc/eip/monitor.ts'
import * as accessPoints from './vpc/express-connect/access-points.ts'
import * as borderRouterChanges from './vpc/express-connect/border-router-change.ts'
import * as borderRouterDescriptions from './vpc/express-connect/border-router-list.ts'
import * as borderRouterStates from './vpc/express-connect/border-router-states.ts'
import * as borderRouters from './vpc/express-connect/border-routers.ts'
import * as connectionDescriptions from './vpc/express-connect/connection-list.ts'
import * as connectionStates from './vpc/express-connect/connection-states.ts'
import * as routerInterfaceChanges from './vpc/express-connect/interface-change.ts'
import * as routerInterfaceDescriptions from './vpc/express-connect/interface-list.ts'
import * as routerInterfaceStates from './vpc/express-connect/interface-states.ts'
import * as physicalConnections from './vpc/express-connect/physical-connections.ts'
import * as routerInterfaces from './vpc/express-connect/router-interfaces.ts'
import * as expressConnectTags from './vpc/express-connect/tag-resources.ts'
import * as haVipAssociations from './vpc/ha-vip/associate.ts'
import * as haVips from './vpc/ha-vip/ha-vips.ts'
import * as vpcLegacy from './vpc/legacy.ts'
import * as natGatewayAttribute from './vpc/nat-gateway/attribute.ts'
import * as natGatewayDelete from './vpc/nat-gateway/delete.ts'
import * as natGatewayDescriptions from './vpc/nat-gateway/describe.ts'
import * as natGateways from './vpc/nat-gateway/gateways.ts'
import * as natForwardEntries from './vpc/nat-gateway/forward-entries.ts'
import * as natPackages from './vpc/nat-gateway/nat-packages.ts'
import * as natSnatEntries from './vpc/nat-gateway/snat-entries.ts'
import * as standardNatGateways from './vpc/nat-gateway/standard.ts'
import * as vpcTags from './vpc/tag-resources.ts'
import * as routeBatches from './vpc/route-batches.ts'
import * as routeChanges from './vpc/route-changes.ts'
import * as routeEntries from './vpc/route-entries.ts'
import * as routeTables from './vpc/route-tables.ts'
import * as vpcs from './vpc/vpcs.ts'
import * as vSwitches from './vpc/vswitches.ts'

type Handlers = { readonly [action: string]: Handler }

/** The operations among a module's exports: those named like an Action. */
const operationsOf = (...modules: readonly object[]): Handlers =>
  Object.fromEntries(modules.flatMap((module) => Object.entries<Handler>({ ...module }).filter(([name]) => /^[A-Z]/.test(name))))

/** Every operation the cloud emulates, by product. A module's operations are its exports, named by their Action; add the module here. */
export const handlers: { readonly [product in Product]: Handlers } = {
  ecs: operationsOf(
    assistantPlugins,
    assistantSessions,
    assistantSettings,
    assistantStatus,
    provisioningDescriptions,
    provisioningGroups,
    commands,
    hostAllocations,
    hostChargeTypes,
    hostClusters,
    hostDescriptions,
    hosts,
    hostRenewals,
    deploymentMoves,
    deploymentSets,
    topologies,
    diagnosticInterrupts,
    diagnosticMetricSets,
    diagnosticReports,
    disksAttach,
    disksAttribute,
    disksClone,
    disksCreate,
    disksDelete,
    disksDescribe,
    disksEncryption,
    disksFullStatus,
    disksReplace,
    disksResize,
    disksRestore,
    disksSpec,
    eventAnswers,
    eventAttributes,
    eventDescriptions,
    eventWindows,
    simulatedEvents,
    hpcClusters,
    imageComponents,
    imagePipelineExecutions,
    imagePipelines,
    imageCopies,
    imageShares,
    imageSupport,
    imageTransfers,
    imagesChange,
    imagesCreate,
    imagesDescribe,
    instancesAttachments,
    instancesAttribute,
    classicLinks,
    instancesConsole,
    instancesMaintenance,
    instancesMetadataOptions,
    instancesMonitor,
    instancesVnc,
    instancesCreate,
    instancesDelete,
    instancesDescribe,
    instancesOptions,
    instancesPower,
    instancesRamRole,
    instancesReactivate,
    instancesRedeploy,
    instancesChargeType,
    instancesNetwork,
    instancesPublicIp,
    instancesReleasePublicIp,
    instancesRelease,
    instancesRenewal,
    instancesSpec,
    instancesUserData,
    instancesVpc,
    instanceTypes,
    invocationDescriptions,
    invocationFileDescriptions,
    invocationFiles,
    invocationChanges,
    invocations,
    interfaceAddresses,
    interfaceIpv6,
    interfacePermissions,
    interfaceQoS,
    interfacesAttach,
    interfacesAttribute,
    interfacesCreate,
    interfacesDescribe,
    keyPairs,
    keyPairsAttach,
    launchTemplatesChange,
    launchTemplatesCreate,
    launchTemplatesDescribe,
    managedActivations,
    managedInstances,
    marketAccount,
    marketLimits,
    marketAvailable,
    marketModification,
    marketPrice,
    marketRecommend,
    marketRenewal,
    marketResources,
    marketSpotAdvice,
    marketSpotHistory,
    poolAssurances,
    poolRenewals,
    poolReservations,
    portRangeLists,
    prefixLists,
    regions,
    resourceGroups,
    reservedDescriptions,
    reservedModifications,
    reservedPurchases,
    reservedRenewals,
    savingsPlans,
    securityGroups,
    securityGroupDescriptions,
    securityGroupMembers,
    securityGroupRules,
    snapshotAssociations,
    snapshotExports,
    snapshotGroups,
    snapshotGroupsDescribe,
    snapshotLocks,
    snapshotMonitor,
    snapshotPolicies,
    snapshotsChange,
    snapshotsCreate,
    snapshotsDescribe,
    storageCapacityUnits,
    diskDeployments,
    storageSets,
    storageChannels,
    tasksCancel,
    tasksDescribe,
    ecsTags,
    singleTags,
    natPackages,
    standardNatGateways,
    vpcLegacy,
  ),
  vpc: operationsOf(
    commonPackageAddresses,
    commonPackages,
    deletionProtection,
    accessPoints,
    borderRouterChanges,
    borderRouterDescriptions,
    borderRouters,
    borderRouterStates,
    connectionDescriptions,
    connectionStates,
    eipAssociate,
    eips,
    eipsDescribe,
    eipsMonitor,
    expressConnectTags,
    haVipAssociations,
    haVips,
    natForwardEntries,
    natGatewayAttribute,
    natGatewayDelete,
    natGatewayDescriptions,
    natGateways,
    natSnatEntries,
    physicalConnections,
    routeBatches,
    routeChanges,
    routeEntries,
    routerInterfaceChanges,
    routerInterfaceDescriptions,
    routerInterfaces,
    routerInterfaceStates,
    routeTables,
    vpcs,
    vSwitches,
    vpcTags,
  ),
  ram: operationsOf(
    accessKeys,
    accountAlias,
    attachments,
    diagnostics,
    groups,
    loginProfiles,
    memberships,
    policies,
    policyVersions,
    roles,
    users,
  ),
  sts: operationsOf(oidc, tokens),
  location: operationsOf(endpoints),
}
