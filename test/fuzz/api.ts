import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { signRequest } from '../../src/api/sign.ts'
import { monotonicNow, systemNow } from '../../src/api/system.ts'
import type { Credentials, WireRequest } from '../../src/api/wire.ts'
import { eventText } from '../../src/cloud/watch/stream.ts'
import { judge } from './answers.ts'
import { type Call, drawCall } from './calls.ts'
import { type Draw, drawFrom } from './draw.ts'
import { knownOf } from './known.ts'
import { createSubject, type Subject } from './subject.ts'

/** What a run of calls found. */
export interface ApiReport {
  readonly calls: number
  readonly answered: number
  readonly refused: number
  /** How many operations were carried out at least once. */
  readonly operations: number
  /** How many different codes refused calls. */
  readonly codes: number
  /** The codes that refused most. */
  readonly often: Readonly<Record<string, number>>
  /** How often the whole state was compared before and after a refused call. */
  readonly compared: number
  readonly slowest: { readonly ms: number; readonly action: string }
  /** Megabytes of heap at the beginning of the second cloud and of the last one; 0 where there were not so many. */
  readonly heap: readonly [first: number, last: number]
  /** One of each kind of what went wrong, with the call that did it. */
  readonly wrong: readonly string[]
}

export interface ApiRun {
  readonly seed: string
  readonly calls: number
  /** Each cloud takes so many calls; then there is another one. */
  readonly perCloud?: number
  /** One refused call in so many has the whole state compared. */
  readonly compareEach?: number
  readonly onProgress?: (calls: number) => void
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

function heapMegabytes(): number {
  collect()
  return process.memoryUsage().heapUsed / 1e6
}

const form = { 'content-type': 'application/x-www-form-urlencoded' }

function requestOf(draw: Draw, { action, version, pairs }: Call, credentials: Credentials, at: number): WireRequest {
  const algorithm = draw.chance(30) ? 'v1' : 'v3'
  const method = draw.chance(70) ? 'POST' : 'GET'
  const formatted = algorithm === 'v1' && draw.chance(50) && !pairs.some(([name]) => name === 'Format')
  const signed = signRequest({
    action: { action, version },
    method,
    host: 'ecs.cn-hangzhou.aliyuncs.com',
    pairs: formatted ? [...pairs, ['Format', 'XML']] : pairs,
    credentials: draw.chance(1) ? { ...credentials, accessKeySecret: 'x' } : credentials,
    now: systemNow(),
    nonce: `${at}`,
    algorithm,
  })
  const asForm = algorithm === 'v1' && method === 'POST' && draw.chance(50)
  return asForm
    ? { method, target: '/', headers: { ...signed.headers, ...form }, body: Buffer.from(signed.target.slice(2)) }
    : { method, target: signed.target, headers: signed.headers, body: new Uint8Array() }
}

const shortly = ({ product, action, pairs }: Call) =>
  `${product} ${action.slice(0, 80)} ${JSON.stringify(pairs.map(([name, text]) => [name.slice(0, 60), text.slice(0, 120)])).slice(0, 1500)}`

/** An administrator and somebody who may only look. */
function callers(subject: Subject): Credentials[] {
  const { machine } = subject
  const ask = (action: string, pairs: readonly (readonly [string, string])[]) => {
    const call = { product: 'ram', action, version: '2015-05-01', pairs } as const
    const signed = signRequest({
      action: call,
      method: 'POST',
      host: 'local',
      pairs,
      credentials: machine.credentials,
      now: systemNow(),
      nonce: action,
    })
    const answer = subject.answer({ method: 'POST', ...signed, body: new Uint8Array() })
    return JSON.parse(Buffer.from(answer.body).toString()) as { AccessKey?: { AccessKeyId: string; AccessKeySecret: string } }
  }
  ask('CreateUser', [['UserName', 'watcher']])
  ask('AttachPolicyToUser', [
    ['UserName', 'watcher'],
    ['PolicyType', 'System'],
    ['PolicyName', 'AliyunECSReadOnlyAccess'],
  ])
  const { AccessKey } = ask('CreateAccessKey', [['UserName', 'watcher']])
  if (AccessKey === undefined) throw new Error('the user has no key')
  return [machine.credentials, { accessKeyId: AccessKey.AccessKeyId, accessKeySecret: AccessKey.AccessKeySecret }]
}

/** Lets what is due happen, so that it is not taken for the doing of the next call. Returns the defect, where there is one. */
function settled({ machine }: Subject): unknown[] {
  try {
    machine.settle()
    return []
  } catch (error) {
    return [error]
  } finally {
    machine.state.commit()
  }
}

/** So long no single call may take, on a machine that others use as well. */
const slowMs = 5000

/** What is kept beside clouds (rendered rows, 64 MB of them outside of the heap) is bounded; the keys that lead to it are on the heap. */
const mostGrowthMegabytes = 100

/**
 * Sends calls that are drawn from the catalogue, signed as they should be, to clouds with the demo estate, and looks at every answer:
 * no defect, no unexplained 5xx, well formed, one line in the log, and nothing changed by a refused call.
 */
export function fuzzApi({ seed, calls, perCloud = 10_000, compareEach = 100, onProgress }: ApiRun): ApiReport {
  const draw = drawFrom(seed)
  const carriedOut = new Set<string>()
  const codes = new Map<string, number>()
  const wrong = new Map<string, string>()
  const heaps: number[] = []
  let answered = 0
  let compared = 0
  let slowest = { ms: 0, action: '' }

  for (let at = 0; at < calls; ) {
    const subject = createSubject()
    heaps.push(heapMegabytes())
    const [admin, watcher] = callers(subject) as [Credentials, Credentials]
    const known = knownOf(subject.machine, [admin.accessKeyId, watcher.accessKeyId])
    const { clock, log } = subject.machine
    for (const end = Math.min(calls, at + perCloud); at < end; at++) {
      if (at % 200 === 0) known.refresh(draw)
      if (draw.chance(2)) clock.advance(draw.pick([1000, 60_000, 3_600_000, 86_400_000]))
      const call = drawCall(draw, known)
      const request = requestOf(draw, call, draw.chance(8) ? watcher : admin, at)
      const happening = settled(subject)
      const before = subject.changes
      const compare = draw.integer(compareEach) === 0
      const digest = compare ? subject.digest() : ''
      const began = monotonicNow()
      const answer = subject.answer(request)
      const ms = monotonicNow() - began
      if (ms > slowest.ms) slowest = { ms: Math.round(ms), action: call.action.slice(0, 80) }
      const note = (what: string) => {
        const kind = `${what.split('\n')[0]} ${call.product} ${call.action.slice(0, 80)}`
        if (wrong.size < 200 && !wrong.has(kind)) wrong.set(kind, `${what}\n  call ${at} of seed ${seed}: ${shortly(call)}`)
      }
      for (const error of [...happening, ...subject.defects()])
        note(`a defect: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
      const { code, wrong: found } = judge(answer)
      for (const what of found) note(what)
      if (ms > slowMs) note(`a call that took ${Math.round(ms)} ms`)
      if (answer.status === 200) {
        answered++
        carriedOut.add(`${call.product}/${call.action}`)
      } else {
        codes.set(code, (codes.get(code) ?? 0) + 1)
        if (subject.changes !== before) note(`a call that was refused with ${code} and changed ${subject.changes - before} rows`)
        if (compare && subject.digest() !== digest) note(`a call that was refused with ${code} and changed the state`)
        compared += compare ? 1 : 0
      }
      const [entry] = log.list(1)
      if (entry === undefined || !/^id: \d+\nevent: request\ndata: [^\n\r]{1,60000}\n\n$/.test(eventText(entry, entry)))
        note('an entry of the log that is no line')
      if ((at + 1) % 10_000 === 0) onProgress?.(at + 1)
    }
  }
  const heap = [Math.round(heaps[1] ?? 0), Math.round(heaps.length > 1 ? (heaps.at(-1) ?? 0) : 0)] as const
  if (heap[1] - heap[0] > mostGrowthMegabytes) wrong.set('heap', `the heap grew from ${heap[0]} MB to ${heap[1]} MB`)
  return {
    calls,
    answered,
    refused: calls - answered,
    operations: carriedOut.size,
    codes: codes.size,
    often: Object.fromEntries([...codes].sort(([, a], [, b]) => b - a).slice(0, 12)),
    compared,
    slowest,
    heap,
    wrong: [...wrong.values()],
  }
}
