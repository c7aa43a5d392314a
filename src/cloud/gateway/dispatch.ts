import { fault } from '../fault.ts'
import { handlerOf } from '../handlers.ts'
import { demandHonoured, honouredBy } from '../honoured.ts'
import { contextFor } from '../settle.ts'
import { products } from '../../api/products.ts'
import type { Step } from './exchange.ts'

/** Batch operations that say "would succeed" with a code of their own (HTTP status unconfirmed). */
const batchDryRun = new Set(['StartInstances', 'StopInstances', 'RebootInstances', 'DeleteInstances'])

/** Runs the operation's handler: all of it or nothing. A dry run is run and taken back. */
export const dispatch: Step = (exchange, machine) => {
  if (exchange.replayed) return
  const { product, action } = exchange
  const handler = handlerOf(product, action)
  if (handler === undefined) {
    const { name, version } = products[product]
    throw fault('UnsupportedOperation.NotEmulated', `The local cloud does not emulate ${action} of ${name} ${version} yet.`)
  }
  demandHonoured(exchange.input, honouredBy(handler), action)
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
