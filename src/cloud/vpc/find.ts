import { demand } from '../fault.ts'
import type { Context } from '../operation.ts'
import { owned } from '../owned.ts'
import type { VSwitch, Vpc } from './records.ts'

type Seen = Pick<Context, 'state' | 'accountId' | 'regionId'>

/**
 * The caller's VPC of that id.
 * @throws Fault InvalidVpcId.NotFound
 */
export function vpcOf(id: string, context: Seen): Vpc {
  const row = owned(context.state.vpcs.get(id), context)
  demand(row, 'InvalidVpcId.NotFound', 'The specified VpcId does not exist.')
  return row
}

/**
 * The caller's VPC of that id, ready to hold something new.
 * @throws Fault InvalidVpcId.NotFound, IncorrectVpcStatus while it is being made
 */
export function readyVpcOf(id: string, context: Seen): Vpc {
  const row = vpcOf(id, context)
  demand(row.status === 'Available', 'IncorrectVpcStatus', 'The status of the specified VPC does not support this operation.', 400)
  return row
}

/**
 * The caller's vSwitch of that id.
 * @throws Fault InvalidVSwitchId.NotFound
 */
export function vSwitchOf(id: string, context: Seen): VSwitch {
  const row = owned(context.state.vSwitches.get(id), context)
  demand(row, 'InvalidVSwitchId.NotFound', 'The specified VSwitchId does not exist.')
  return row
}
