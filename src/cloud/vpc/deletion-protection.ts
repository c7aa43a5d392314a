import { demandOneOf } from '../ecs/values.ts'
import { demand } from '../fault.ts'
import { vpc } from '../operation.ts'
import { packageOf } from './bandwidth-package/find.ts'
import { eipOf } from './eip/find.ts'
import { natGatewayOf } from './nat-gateway/find.ts'

/** @throws Fault InvalidOperation.DeletionProtection (that VPC refuses by the code of ECS is unconfirmed) */
export const demandUnprotected = ({ deletionProtection = false }: { readonly deletionProtection?: boolean }): void =>
  demand(!deletionProtection, 'InvalidOperation.DeletionProtection', 'Deletion protection of the resource is on.', 400)

/** Turns the protection of a resource on or off. */
export const DeletionProtection = vpc('DeletionProtection', ['InstanceId', 'ProtectionEnable', 'Type'], (input, context) => {
  const { InstanceId: id, ProtectionEnable: deletionProtection } = input
  const { state } = context
  demandOneOf(input.Type, ['EIP', 'CBWP', 'NATGW'], 'Type', 'InvalidParameter')
  if (input.Type === 'NATGW') state.natGateways.put({ ...natGatewayOf(id, context), deletionProtection })
  else if (input.Type === 'CBWP') state.bandwidthPackages.put({ ...packageOf(id, context), deletionProtection })
  else state.eips.put({ ...eipOf(id, context), deletionProtection })
  return {}
})
