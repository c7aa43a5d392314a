import { demandOneOf } from '../../ecs/values.ts'
import { demand } from '../../fault.ts'
import { vpc } from '../../operation.ts'
import { putEip } from './binding.ts'
import { demandStatus, eipOf } from './find.ts'

/** Lets an address be seen on its interface in another way; of what else it can be bound to, none has modes (the code is unconfirmed). */
export const ModifyEipForwardMode = vpc('ModifyEipForwardMode', ['InstanceId', 'Mode'], (input, context) => {
  const { state } = context
  const eip = eipOf(input.InstanceId, context)
  demandOneOf(input.Mode, ['NAT', 'MULTI_BINDED', 'BINDED'], 'Mode', 'InvalidParameter')
  demandStatus(eip, 'InUse')
  demand(eip.instanceType === 'NetworkInterface', 'OperationDenied', 'The elastic address is not bound to a network interface.', 400)
  const others = state.eips.by('boundTo', eip.instanceId).filter(({ id }) => id !== eip.id)
  // In BINDED mode the interface has the public address alone.
  const alone = input.Mode !== 'BINDED' || others.length === 0
  demand(alone, 'InvalidAssociation.Duplicated', 'The network interface has another public address.')
  putEip({ ...eip, mode: input.Mode }, state)
  return {}
})
