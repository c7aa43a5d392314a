import { demand, fault } from '../fault.ts'
import { contextFor } from '../settle.ts'
import { products } from '../../api/products.ts'
import type { Exchange, Step } from './exchange.ts'

/** Parameters that the gateway acts on for every operation, or that the real cloud takes and that change nothing here. */
const everywhere = new Set([
  'RegionId',
  'regionId',
  'ClientToken',
  'DryRun',
  'OwnerId',
  'OwnerAccount',
  'ResourceOwnerId',
  'ResourceOwnerAccount',
])

/** Batch operations that say "would succeed" with a code of their own (HTTP status unconfirmed). */
const batchDryRun = new Set(['StartInstances', 'StopInstances', 'RebootInstances', 'DeleteInstances'])

/** The first given path that is neither honoured itself nor inside one that is. */
function unhonoured(value: unknown, path: string, honours: ReadonlySet<string>): string | undefined {
  if (value === undefined || honours.has(path)) return undefined
  if (Array.isArray(value)) return value.map((item) => unhonoured(item, path, honours)).find((found) => found !== undefined)
  if (typeof value !== 'object' || value === null || ![...honours].some((known) => known.startsWith(`${path}.`))) return path
  return Object.entries(value)
    .map(([name, field]) => unhonoured(field, `${path}.${name}`, honours))
    .find((found) => found !== undefined)
}

function refuseUnhonoured({ input, action }: Exchange, honours: readonly string[]): void {
  const known = new Set(honours)
  for (const [name, value] of Object.entries(input)) {
    const path = everywhere.has(name) ? undefined : unhonoured(value, name, known)
    demand(path === undefined, 'UnsupportedParameter', `The local cloud does not honour the parameter "${path}" of ${action}.`)
  }
}

/** Runs the operation's handler: all of it or nothing. A dry run is run and taken back. */
export const dispatch: Step = (exchange, machine) => {
  if (exchange.replayed) return
  const { product, action } = exchange
  const handler = machine.handlers[product][action]
  if (handler === undefined) {
    const { name, version } = products[product]
    throw fault('UnsupportedOperation.NotEmulated', `The local cloud does not emulate ${action} of ${name} ${version} yet.`)
  }
  refuseUnhonoured(exchange, handler.honours)
  const mark = machine.state.journal.mark()
  const position = machine.random.save()
  const takeBack = () => {
    machine.state.journal.rollback(mark)
    machine.random.restore(position)
  }
  try {
    exchange.result = handler.run(
      exchange.input as never,
      contextFor(machine, exchange.caller, exchange.regionId, exchange.tampering?.pace),
    )
  } catch (error) {
    takeBack()
    throw error
  }
  if (!exchange.dryRun) return
  takeBack()
  const code = batchDryRun.has(action) ? 'DRYRUN.SUCCESS' : 'DryRunOperation'
  throw fault(code, 'Request validation has been passed with DryRun flag set.')
}
