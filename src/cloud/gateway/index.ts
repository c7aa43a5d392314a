import type { WireRequest } from '../../api/wire.ts'
import { monotonicNow, systemNow } from '../../api/system.ts'
import { Fault, fault as refusal } from '../fault.ts'
import type { Delivered } from '../faults/delivery.ts'
import type { Tampering } from '../faults/tampering.ts'
import { authenticate } from './authenticate.ts'
import { authorize } from './authorize.ts'
import { commit, unsaved } from './commit.ts'
import { dispatch } from './dispatch.ts'
import type { Exchange, Machine, Step } from './exchange.ts'
import { fault } from './fault.ts'
import { parse } from './parse.ts'
import { receive } from './receive.ts'
import { record } from './record.ts'
import { remember, replay } from './replay.ts'
import { render } from './render.ts'
import { resolve } from './resolve.ts'
import { settle } from './settle.ts'
import { throttle } from './throttle.ts'

/** The life of a request. A step refuses by throwing a Fault; then the rest of this list is skipped. */
export const steps: readonly Step[] = [
  receive,
  resolve,
  authenticate,
  throttle,
  parse,
  settle,
  authorize,
  fault,
  replay,
  dispatch,
  remember,
]

/** What happens to every request, answered or refused. Its answer is ready by the time the disk has what it changed. */
export const finish: readonly Step[] = [commit, render]

const blank = (request: WireRequest, tampering: Tampering | undefined): Exchange => ({
  request,
  startedAt: systemNow(),
  beganAt: monotonicNow(),
  requestId: '',
  format: 'XML',
  pairs: [],
  product: 'ecs',
  action: '',
  operation: { input: {}, output: {} },
  caller: { kind: 'root', accountId: '', accessKeyId: '' },
  input: {},
  ignored: [],
  regionId: '',
  resources: [],
  permitted: false,
  created: [],
  dryRun: false,
  result: {},
  replayed: false,
  fault: undefined,
  retryAfterMs: undefined,
  tampering,
  answer: { status: 500, headers: {}, body: new Uint8Array() },
})

const internal = () => refusal('InternalError', 'The request processing has failed due to some unknown error, exception or failure.', 500)

type OnDefect = (error: unknown, action: string) => void

function carry(request: WireRequest, machine: Machine, onDefect: OnDefect, tampering?: Tampering): Exchange {
  const exchange = blank(request, tampering)
  try {
    for (const step of steps) step(exchange, machine)
  } catch (error) {
    machine.state.journal.rollback(0)
    if (error instanceof Fault) exchange.fault = error
    else {
      onDefect(error, exchange.action)
      exchange.fault = internal()
    }
  }
  for (const step of finish) step(exchange, machine)
  return exchange
}

/** Lets the answer go, once it is noted. */
function leave(exchange: Exchange, machine: Machine): Delivered {
  record(exchange, machine)
  return exchange.answer
}

/** An answer that must not leave, since what it tells of is not on the disk: a refusal in its place. */
function unsay(exchange: Exchange, machine: Machine, error: unknown): void {
  exchange.fault ??= unsaved(error)
  render(exchange, machine)
}

/**
 * Answers one request: at once, or when what it changed or saw is on the disk. Never throws: a refusal is an answer, and so is a defect
 * in a handler (500 InternalError, told to `onDefect`).
 * A refused request changes nothing, but for what the passing of time did before it was looked at.
 * Where a fault rule delays the answer or cuts it off, the answer says so and whoever delivers it does it.
 */
export function handle(request: WireRequest, machine: Machine, onDefect: OnDefect): Delivered | Promise<Delivered> {
  const first = carry(request, machine, onDefect)
  const exchanges = first.tampering?.duplicate ? [first, carry(request, machine, onDefect, first.tampering)] : [first]
  const all = () => exchanges.map((exchange) => leave(exchange, machine)).at(-1) as Delivered
  return (
    machine.saved()?.then(all, (error: unknown) => {
      for (const exchange of exchanges) unsay(exchange, machine, error)
      return all()
    }) ?? all()
  )
}
