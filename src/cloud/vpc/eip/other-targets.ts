import { demand, fault } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { vpcOf } from '../find.ts'
import { demandAtRest } from '../ha-vip/find.ts'
import type { Eip } from '../records.ts'
import type { Binding, Call } from './associate.ts'

/** What a HaVip is bound by: its private address, once. */
export function ofHaVip({ InstanceId }: Call, { regionId }: Eip, context: Context): Binding {
  const { state } = context
  const row = owned(state.haVips.get(InstanceId), { ...context, regionId })
  demand(row, 'InvalidInstanId.NotFound', 'The specified InstanceId does not exist.')
  demandAtRest(row)
  demand(state.eips.count('boundTo', row.id) === 0, 'InvalidAssociation.Duplicated', 'The HaVip has a public address already.')
  return { instanceId: row.id, instanceType: 'HaVip', privateIpAddress: row.ipAddress, vpcId: row.vpcId, mode: 'NAT' }
}

/** An address alone is bound in a VPC that has an IPv4 gateway, which none here has (the last code is unconfirmed). */
export function ofAddress({ VpcId }: Call, { regionId }: Eip, context: Context): Binding {
  demand(VpcId, 'MissingParameter', 'VpcId must be specified.')
  const { id } = vpcOf(VpcId, { ...context, regionId })
  throw fault('OperationDenied', `The VPC ${id} has no IPv4 gateway.`, 400)
}
