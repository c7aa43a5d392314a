import { Fault } from '../fault.ts'
import { authorize as decide, isOpen } from '../ram/authorize.ts'
import { regionOf } from '../ram/resource-rows.ts'
import { resourcesOf } from '../ram/resources.ts'
import { toSeconds } from '../../api/time.ts'
import type { Exchange, Machine, Step } from './exchange.ts'

/**
 * Operations that answer an identity without permission with an empty list instead of a refusal, by the input that makes it empty.
 * With DryRun they refuse. Documented for DescribeInstances.
 */
const emptyWhenDenied: Readonly<Record<string, Readonly<Record<string, unknown>>>> = { DescribeInstances: { InstanceIds: [] } }

const denial = (exchange: Exchange, machine: Machine) =>
  decide({
    state: machine.state,
    caller: exchange.caller,
    product: exchange.product,
    action: exchange.action,
    resources: exchange.resources,
    resourceGroupId: typeof exchange.input.ResourceGroupId === 'string' ? exchange.input.ResourceGroupId : undefined,
    conditions: {
      'acs:SourceIp': exchange.request.sourceIp ?? '127.0.0.1',
      'acs:SecureTransport': String(exchange.request.secure === true),
      'acs:CurrentTime': toSeconds(machine.clock.now()),
    },
  })

/** Asks RAM whether the caller may. The account itself may do everything; an unsigned operation has its caller proved by what it is sent. */
export const authorize: Step = (exchange, machine) => {
  const { caller, product, action, input, regionId } = exchange
  if (caller.kind === 'anonymous' || isOpen(product, action)) return
  const userName = caller.kind === 'user' ? caller.userName : undefined
  const { accountId } = caller
  exchange.resources = resourcesOf(product, action, input, {
    accountId,
    regionId,
    regionOf: (type, id) => regionOf(machine.state, accountId, type, id),
    userName,
  })
  const denied = caller.kind === 'root' ? undefined : denial(exchange, machine)
  exchange.permitted = denied === undefined
  if (denied === undefined) return
  const empty = emptyWhenDenied[exchange.action]
  if (exchange.product === 'ecs' && empty !== undefined && !exchange.dryRun) {
    exchange.input = { ...exchange.input, ...empty }
    return
  }
  throw exchange.product === 'ecs' || exchange.product === 'vpc'
    ? new Fault(
        'Forbidden.RAM',
        "User not authorized to operate on the specified resource, or this API doesn't support RAM.",
        403,
        denied.detail,
      )
    : new Fault('NoPermission', 'You are not authorized to do this action. You should be authorized by RAM.', 403, denied.detail)
}
