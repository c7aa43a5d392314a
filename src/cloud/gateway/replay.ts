import { hash } from 'node:crypto'
import type { Row } from '../engine/table.ts'
import { demand } from '../fault.ts'
import type { Lifecycles } from '../lifecycle.ts'
import type { State } from '../state.ts'
import type { Exchange, Step } from './exchange.ts'

/** The answer to a call that carried a ClientToken. */
export interface Replay extends Row {
  /** Of the input without the token: nonce, time and signature change on a retry and are not part of it. */
  readonly fingerprint: string
  readonly result: object
}

/** How long a token is remembered. The real span is not published (unconfirmed). */
const lifetimeMs = 24 * 3_600_000

const tokenOf = ({ operation, input }: Exchange): string | undefined =>
  'ClientToken' in operation.input && typeof input.ClientToken === 'string' && input.ClientToken !== '' ? input.ClientToken : undefined

const rowId = (exchange: Exchange, token: string) =>
  `${exchange.caller.accountId}/${exchange.regionId}/${exchange.product}/${exchange.action}/${token}`

const expiry = (id: string) => `replay.expired:${id}`

/** JSON that is the same for the same parameters, in whatever order they came. */
function ordered(value: unknown, but?: string): string {
  if (Array.isArray(value)) return `[${value.map((item) => ordered(item)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const fields = value as Readonly<Record<string, unknown>>
  let text = ''
  for (const name of Object.keys(fields).sort())
    if (fields[name] !== undefined && name !== but) text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${ordered(fields[name])}`
  return `{${text}}`
}

const fingerprintOf = ({ input }: Exchange) => hash('sha256', ordered(input, 'ClientToken'), 'base64')

/** Answers a repeated ClientToken with the first answer, and refuses one that comes back with other parameters. */
export const replay: Step = (exchange, machine) => {
  const token = tokenOf(exchange)
  if (token === undefined || exchange.dryRun) return
  demand(
    /^[\x20-\x7e]{1,64}$/.test(token),
    'InvalidClientToken.ValueNotSupported',
    'The specified ClientToken has more than 64 characters or some that are not ASCII.',
  )
  const earlier = machine.state.replays.get(rowId(exchange, token))
  if (earlier === undefined) return
  demand(earlier.fingerprint === fingerprintOf(exchange), 'IdempotentParameterMismatch', 'The request is retried with updated parameters.')
  exchange.result = earlier.result
  exchange.replayed = true
}

/** So many tokens are remembered; then the oldest goes for a new one, so that a clock that stands still fills no memory. */
const mostReplays = 100_000

/** Keeps the answer for the next call with the same ClientToken; part of the same commit as what the call did. */
export const remember: Step = (exchange, { state, clock }) => {
  const token = tokenOf(exchange)
  if (token === undefined || exchange.replayed || exchange.dryRun) return
  const { accountId } = exchange.caller
  const id = rowId(exchange, token)
  state.replays.put({ id, accountId, regionId: exchange.regionId, fingerprint: fingerprintOf(exchange), result: exchange.result })
  while (state.replays.size() > mostReplays) forget(state.replays.oldest()?.id ?? id, state)
  state.agenda.schedule({
    id: expiry(id),
    accountId,
    regionId: exchange.regionId,
    at: clock.now() + lifetimeMs,
    kind: 'replay.expired',
    subject: id,
  })
}

function forget(id: string, state: State): void {
  state.replays.delete(id)
  state.agenda.cancel(expiry(id))
}

export const lifecycles: Lifecycles = { 'replay.expired': (subject, { state }) => state.replays.delete(subject) }
