import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { catalogue } from '../../api/catalogue.ts'
import { isList } from '../../api/shape.ts'
import { apiError, ConflictError } from '../api-error.ts'
import { NetworkError } from '../errors.ts'
import { type BulkProgress, bulk } from './bulk.ts'
import { failures, PartialFailureError, throwIfAny } from './partial.ts'
import { verbs } from './verbs.ts'

const refusal = (code: string, status = 403) =>
  apiError({ action: 'StartInstances', regionId: 'cn-hangzhou', code, status, requestId: 'r', attempts: 1, message: 'refused' })

const sleep = async () => {}
const names = (count: number) => Array.from({ length: count }, (_, at) => `i-${at}`)

/** Starts instances; `codes` says with what an id is refused in its answer, taken one after the other. */
function service(codes: Readonly<Record<string, string[]>> = {}, bad: ReadonlySet<string> = new Set()) {
  const sent: string[][] = []
  const call = async (_action: string, input: object) => {
    const ids = (input as { InstanceId: string[] }).InstanceId
    sent.push(ids)
    if (ids.some((id) => bad.has(id))) throw await refusal('InvalidInstanceId.NotFound', 404)
    const InstanceResponse = ids.map((InstanceId) => ({ InstanceId, Code: codes[InstanceId]?.shift() ?? '200', Message: 'said' }))
    return { RequestId: 'r', InstanceResponses: { InstanceResponse } }
  }
  return { sent, call }
}

describe('an operation on many', () => {
  it('has parameters that take the ids as the table says', () => {
    const operations = catalogue('ecs')
    for (const [action, { ids, most }] of Object.entries(verbs)) {
      const shape = operations.get(action)?.input[ids]
      expect([action, shape !== undefined && isList(shape)]).toEqual([action, most > 1])
    }
  })

  it('sends each id once in full calls, and gives a result for each position', async () => {
    const { sent, call } = service()
    const ids = [...names(250), 'i-0', 'i-249']
    const results = await bulk(call, 'StartInstances', ids)
    expect(sent.map((some) => some.length)).toEqual([100, 100, 50])
    expect(results.map(({ id }) => id)).toEqual(ids)
    expect(results.every(({ ok }) => ok)).toBe(true)
    expect(await bulk(call, 'StartInstances', [])).toEqual([])
  })

  it('lets the good ones go where a call is refused for some, whichever they are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(149), { maxLength: 20 }), async (places) => {
        const bad = new Set(places.map((at) => `i-${at}`))
        const { sent, call } = service({}, bad)
        const results = await bulk(call, 'StartInstances', names(150))
        expect(failures(results).map(({ name }) => name)).toEqual(names(150).filter((id) => bad.has(id)))
        const done = sent.filter((ids) => !ids.some((id) => bad.has(id))).flat()
        expect(done.toSorted()).toEqual(
          names(150)
            .filter((id) => !bad.has(id))
            .toSorted(),
        )
      }),
      { numRuns: 50 },
    )
    const { sent, call } = service({}, new Set(['i-77']))
    await bulk(call, 'StartInstances', names(100))
    expect(sent.length).toBeLessThanOrEqual(15)
  })

  it('tries those again that are refused for the moment, without the others', async () => {
    const waits: number[] = []
    const { sent, call } = service({
      'i-1': ['IncorrectInstanceStatus.Initializing', 'Throttling'],
      'i-2': ['InternalError', 'InternalError', 'InternalError'],
      'i-3': ['InstanceExpiredOrInArrears'],
    })
    const results = await bulk(call, 'StartInstances', names(5), {}, { sleep: async (ms) => void waits.push(ms) })
    expect(sent).toEqual([names(5), ['i-1', 'i-2'], ['i-1', 'i-2']])
    expect(results.map(({ ok }) => ok)).toEqual([true, true, false, false, true])
    expect(waits[0]).toBeGreaterThanOrEqual(1000)
    expect(waits[1]).toBeGreaterThanOrEqual(2000)
  })

  it('tries those whose state is wrong again while it is changing, not once it stays as it is', async () => {
    const states: Readonly<Record<string, string>> = { 'i-0': 'Running', 'i-1': 'Stopping', 'i-2': 'Stopped' }
    const sent: string[][] = []
    const call = async (_action: string, input: object) => {
      const ids = (input as { InstanceId: string[] }).InstanceId
      sent.push(ids)
      const refused = (InstanceId: string) => ({ InstanceId, Code: 'IncorrectInstanceStatus', CurrentStatus: states[InstanceId] })
      return { InstanceResponses: { InstanceResponse: ids.map(refused) } }
    }
    const results = await bulk(call, 'StartInstances', names(3), {}, { sleep, attempts: 2 })
    expect(sent).toEqual([names(3), ['i-1']])
    expect(results.every((result) => !result.ok && result.error instanceof ConflictError)).toBe(true)
  })

  it('keeps all results when the hook for progress throws', async () => {
    const { call } = service()
    const onProgress = () => {
      throw new Error('a broken bar')
    }
    const results = await bulk(call, 'StartInstances', names(300), {}, { onProgress })
    expect(results.filter(({ ok }) => ok)).toHaveLength(300)
  })

  it.each([
    ['gets no answer', () => new NetworkError('ECONNRESET', 'reset')],
    ['is throttled to the end', () => refusal('Throttling.User', 400)],
  ])('is not divided where a call %s', async (_, failure) => {
    const error = await failure()
    let calls = 0
    const call = () => Promise.reject(calls++ === 0 ? error : new Error('again'))
    const results = await bulk(call, 'DeleteInstances', names(100), {}, { attempts: 1 })
    expect(calls).toBe(1)
    expect(results.every((result) => !result.ok && result.error === error)).toBe(true)
  })

  it('keeps what was done when it is stopped, and names the reason for the rest', async () => {
    const stop = new AbortController()
    const { sent, call } = service()
    const onProgress = () => stop.abort(new Error('enough'))
    const results = await bulk(call, 'StartInstances', names(300), {}, { concurrency: 1, signal: stop.signal, onProgress })
    expect(sent).toHaveLength(1)
    expect(results.slice(0, 100).every(({ ok }) => ok)).toBe(true)
    expect(results.slice(100).every((result) => !result.ok && result.error.message === 'enough')).toBe(true)
  })

  it('tells how far it is, and names those an answer leaves out', async () => {
    const seen: BulkProgress[] = []
    const call = async () => ({ InstanceResponses: { InstanceResponse: [{ InstanceId: 'i-0', Code: '200' }] } })
    const results = await bulk(call, 'StopInstances', names(2), {}, { onProgress: (progress) => seen.push(progress) })
    expect(seen).toEqual([{ done: 2, failed: 1, total: 2 }])
    expect(results[1]).toMatchObject({ ok: false, error: { code: 'NoAnswerForId' } })
  })

  it.each([
    ['NotABulkAction', () => bulk(async () => ({}), 'DescribeInstances', ['i-0'])],
    ['NotABulkAction', () => bulk(async () => ({}), 'toString', ['i-0'])],
    ['IdsGivenTwice', () => bulk(async () => ({}), 'StartInstances', ['i-0'], { InstanceId: ['i-1'] })],
    ['InvalidIds', () => bulk(async () => ({}), 'StartInstances', ['i-0', ''])],
    ['InvalidIds', () => bulk(async () => ({}), 'StartInstances', 'i-0' as unknown as string[])],
    ['InvalidOption', () => bulk(async () => ({}), 'StartInstances', ['i-0'], {}, { attempts: 0 })],
    ['UnknownOption', () => bulk(async () => ({}), 'StartInstances', ['i-0'], {}, { retries: 3 } as object)],
  ])('is refused with %s before anything is sent', async (code, call) => {
    await expect(call()).rejects.toMatchObject({ code })
  })

  it('can be made to throw one error that names the failed', async () => {
    const { call } = service({}, new Set(names(7)))
    const results = await bulk(call, 'StartInstances', names(9), {}, { sleep })
    expect(() => throwIfAny(results)).toThrow(PartialFailureError)
    expect(() => throwIfAny(results)).toThrow(/^7 of 9 failed: i-0 \(.*i-4 \(.*, and 2 more$/)
    expect(() => throwIfAny(results.slice(7))).not.toThrow()
  })
})
