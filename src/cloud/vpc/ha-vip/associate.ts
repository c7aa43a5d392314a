import { anyInterface } from '../../ecs/network-interface/find.ts'
import { demandOneOf } from '../../ecs/values.ts'
import { demand } from '../../fault.ts'
import { type Context, vpc } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { demandAtRest, haVipOf } from './find.ts'
import { changeHaVip, without } from './life.ts'
import type { HaVip } from './records.ts'

/** What can serve one address (unconfirmed). */
const mostServers = 2
const types = ['EcsInstance', 'NetworkInterface']

type ServerType = 'EcsInstance' | 'NetworkInterface'

/** @throws Fault InvalidInstanceId.NotFound, IncorrectInstanceStatus, InvalidParameter.Mismatch for one in another vSwitch (the last is unconfirmed) */
function demandServer(id: string, type: ServerType, row: HaVip, context: Context): void {
  const { state } = context
  const instance = type === 'EcsInstance' ? owned(state.instances.get(id), context) : undefined
  const eni = type === 'NetworkInterface' ? owned(anyInterface(id, state), context) : undefined
  const vSwitchId = instance?.vSwitchId ?? eni?.vSwitchId
  demand(vSwitchId !== undefined, 'InvalidInstanceId.NotFound', 'The specified InstanceId does not exist.', 404)
  const settled = instance === undefined || instance.status === 'Running' || instance.status === 'Stopped'
  demand(settled, 'IncorrectInstanceStatus', 'The status of the instance does not support this operation.', 400)
  demand(vSwitchId === row.vSwitchId, 'InvalidParameter.Mismatch', 'The HaVip is in another vSwitch.', 400)
}

export const AssociateHaVip = vpc('AssociateHaVip', ['HaVipId', 'InstanceId', 'InstanceType'], (input, context) => {
  const row = haVipOf(input.HaVipId, context)
  demandAtRest(row)
  demandOneOf(input.InstanceType, types, 'InstanceType', 'InvalidInstanceType.ValueNotSupported', 400)
  const type = input.InstanceType === 'NetworkInterface' ? 'NetworkInterface' : 'EcsInstance'
  demandServer(input.InstanceId, type, row, context)
  const alike = row.serverType === '' || row.serverType === type
  // Which codes these are refused by is unconfirmed.
  demand(alike, 'InvalidParameter.Mismatch', 'What serves the HaVip is of another type.', 400)
  demand(!row.servers.includes(input.InstanceId), 'InvalidAssociation.Duplicated', 'It serves the HaVip already.')
  demand(row.servers.length < mostServers, 'QuotaExceeded', `At most ${mostServers} can serve one HaVip.`)
  changeHaVip({ ...row, status: 'Associating', servers: [...row.servers, input.InstanceId], serverType: type }, context)
  return {}
})

/** Nothing here keeps one from going, so that Force changes nothing. */
export const UnassociateHaVip = vpc('UnassociateHaVip', ['HaVipId', 'InstanceId', 'InstanceType', 'Force'], (input, context) => {
  const row = haVipOf(input.HaVipId, context)
  demandAtRest(row)
  demandOneOf(input.InstanceType, types, 'InstanceType', 'InvalidInstanceType.ValueNotSupported', 400)
  demandOneOf(input.Force, ['True', 'False'], 'Force', 'InvalidParameter')
  const serves = row.servers.includes(input.InstanceId) && (!input.InstanceType || input.InstanceType === row.serverType)
  demand(serves, 'InvalidInstanceId.NotFound', 'The specified instance does not serve the HaVip.', 404)
  changeHaVip({ ...without(row, input.InstanceId), status: 'Unassociating' }, context)
  return {}
})
