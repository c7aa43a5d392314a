import type { WireRequest } from '../../api/wire.ts'
import { monotonicNow, systemNow } from '../../api/system.ts'
import { NotThereYet } from '../engine/absent.ts'
import { Fault, fault as refusal } from '../fault.ts'
import { othersArriving, Unloaded } from '../handlers.ts'
import type { Delivered } from '../faults/delivery.ts'
import type { Tampering } from '../faults/tampering.ts'
import { arrears } from './arrears.ts'
import { authenticate } from './authenticate.ts'
import { authorize } from './authorize.ts'
import { commit, unsaved } from './commit.ts'
import { dispatch } from './dispatch.ts'
import type { Exchange, Machine, Step } from './exchange.ts'
import { fault } from './fault.ts'
import { load } from './load.ts'
import { parse } from './parse.ts'
import { receive } from './receive.ts'
import { record } from './record.ts'
import { remember, replay } from './replay.ts'
import { render } from './render.ts'
import { resolve } from './resolve.ts'
import { settle } from './settle.ts'
import { throttle } from './throttle.ts'
import { Halted } from '../store/store.ts'

/** The life of a request. A step refuses by throwing a Fault; then the rest of this list is skipped. */
export const steps: readonly Step[] = [
  receive,
  resolve,
  load,
  authenticate,
  throttle,
  parse,
  settle,
  authorize,
  fault,
  replay,
  arrears,
  dispatch,
  remember,
]

/** What happens to every request, answered or refused. Its answer is ready by the time the disk has what it changed. */
export const finish: readonly Step[] = [commit, render]

const nobody: Exchange['caller'] = { kind: 'root', accountId: '', accessKeyId: '' }
const nothing: Exchange['operation'] = { input: {}, output: {} }
const unanswered: Exchange['answer'] = { status: 500, headers: {}, body: new Uint8Array() }

const blank = (request: WireRequest, tampering: Tampering | undefined): Exchange => ({
  request,
  startedAt: systemNow(),
  beganAt: monotonicNow(),
  requestId: '',
  format: 'XML',
  pairs: [],
  product: 'ecs',
  action: '',
  operation: nothing,
  caller: nobody,
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
  answer: unanswered,
})

const internal = () => refusal('InternalError', 'The request processing has failed due to some unknown error, exception or failure.', 500)

const goneMeanwhile = () =>
  refusal('ServiceUnavailable', 'The local cloud was reset, or closed, while the request waited for its data to be loaded.', 503)

/** A request that waits for a table, or for the code of its operation, and what is still to do once that is there. */
interface Paused {
  readonly until: Promise<void>
  readonly todo: readonly Step[]
}

/**
 * What is left of `todo` after the step number `at` found something missing. From the moment it first looks at resources, all is looked at
 * anew, since others went on meanwhile; only the fault rules count a call once.
 */
function stepsAfterWait(todo: readonly Step[], at: number): readonly Step[] {
  const anew = Math.min(at, Math.max(todo.indexOf(settle), 0))
  return todo.filter((step, number) => number >= anew && (step !== fault || number >= at))
}

type OnDefect = (error: unknown, action: string) => void

function refuse(exchange: Exchange, onDefect: OnDefect, error: unknown): void {
  if (error instanceof Fault) exchange.fault = error
  else {
    onDefect(error, exchange.action)
    exchange.fault = internal()
  }
}

/** What a request waits for that this was thrown through; undefined where it is something else. */
function missing(error: unknown, { loading }: Machine): Promise<void> | undefined {
  if (error instanceof NotThereYet) return loading?.table(error.table)
  return error instanceof Unloaded ? error.ready : undefined
}

/** Takes steps until all are taken, one refuses, or one needs what is not loaded yet. */
function take(exchange: Exchange, todo: readonly Step[], machine: Machine, onDefect: OnDefect): Paused | undefined {
  let at = 0
  try {
    for (; at < todo.length; at++) (todo[at] as Step)(exchange, machine)
    return undefined
  } catch (error) {
    machine.state.journal.rollback(0)
    const until = missing(error, machine)
    if (until !== undefined) return { until, todo: stepsAfterWait(todo, at) }
    refuse(exchange, onDefect, error)
    return undefined
  }
}

/** The same where tables may still be on their way from the disk. */
function go(exchange: Exchange, todo: readonly Step[], machine: Machine, onDefect: OnDefect): Paused | undefined {
  const { loading } = machine
  const taken = () => take(exchange, todo, machine, onDefect)
  return loading === undefined || loading.done ? taken() : loading.attempt(taken)
}

function finished(exchange: Exchange, machine: Machine): Exchange {
  for (const step of finish) step(exchange, machine)
  return exchange
}

/** Carries on a request that had to wait. */
async function carryOn(exchange: Exchange, first: Paused, machine: Machine, onDefect: OnDefect): Promise<Exchange> {
  try {
    for (let paused: Paused | undefined = first; paused !== undefined; paused = go(exchange, paused.todo, machine, onDefect))
      await paused.until
  } catch (error) {
    refuse(exchange, onDefect, error instanceof Halted ? goneMeanwhile() : error)
  }
  return finished(exchange, machine)
}

function carry(request: WireRequest, machine: Machine, onDefect: OnDefect, tampering?: Tampering): Exchange | Promise<Exchange> {
  const exchange = blank(request, tampering)
  const paused = go(exchange, steps, machine, onDefect)
  return paused === undefined ? finished(exchange, machine) : carryOn(exchange, paused, machine, onDefect)
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

/** Answers what was carried through the steps, once that is on the disk. */
function answer(exchanges: readonly Exchange[], machine: Machine): Delivered | Promise<Delivered> {
  const all = () => exchanges.map((exchange) => leave(exchange, machine)).at(-1) as Delivered
  return (
    machine.saved()?.then(all, (error: unknown) => {
      for (const exchange of exchanges) unsay(exchange, machine, error)
      return all()
    }) ?? all()
  )
}

/**
 * Answers one request: at once, or when what it needs is loaded and what it changed or saw is on the disk. Never throws: a refusal is an
 * answer, and so is a defect in a handler (500 InternalError, told to `onDefect`).
 * A refused request changes nothing, but for what the passing of time did before it was looked at.
 * Where a fault rule delays the answer or cuts it off, the answer says so and whoever delivers it does it.
 */
export function handle(request: WireRequest, machine: Machine, onDefect: OnDefect): Delivered | Promise<Delivered> {
  const others = othersArriving()
  if (others !== undefined) return others.then(() => handle(request, machine, onDefect))
  const again = (first: Exchange) => (first.tampering?.duplicate ? carry(request, machine, onDefect, first.tampering) : undefined)
  const first = carry(request, machine, onDefect)
  if (first instanceof Promise) return first.then(async (one) => answer([one, ...listOf(await again(one))], machine))
  const second = again(first)
  if (second instanceof Promise) return second.then((two) => answer([first, two], machine))
  return answer([first, ...listOf(second)], machine)
}

const listOf = <T>(one: T | undefined): readonly T[] => (one === undefined ? [] : [one])
