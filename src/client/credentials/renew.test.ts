import { describe, expect, it } from 'vitest'
import { renewing } from './renew.ts'

const minute = 60_000

/** Credentials that last an hour, numbered; `fail` makes the next fetches fail. */
function issuer(life = 60 * minute) {
  const state = { now: 0, fetched: 0, fail: false }
  const fetch = async () => {
    state.fetched++
    await Promise.resolve()
    if (state.fail) throw new Error(`refused ${state.fetched}`)
    return { credentials: { accessKeyId: `id-${state.fetched}`, accessKeySecret: 's' }, endsAt: state.now + life }
  }
  return { state, get: renewing(fetch, () => state.now) }
}

describe('temporary credentials', () => {
  it('are fetched once, kept, and given without a promise while they last', async () => {
    const { state, get } = issuer()
    expect(await get()).toMatchObject({ accessKeyId: 'id-1' })
    state.now = 57 * minute - 1
    expect(get()).toMatchObject({ accessKeyId: 'id-1' })
  })

  it.each([
    ['3 minutes', 60 * minute, 57 * minute],
    ['a fifth of a short life', 5 * minute, 4 * minute],
  ])('are renewed when %s are left, once for a thousand callers', async (_left, life, edge) => {
    const { state, get } = issuer(life)
    await get()
    state.now = edge
    const all = await Promise.all(Array.from({ length: 1000 }, async () => get()))
    expect(new Set(all.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(['id-2']))
    expect(state.fetched).toBe(2)
  })

  it('serve on when a renewal fails, which is tried again after 10 s; after their end its failure is thrown', async () => {
    const { state, get } = issuer()
    await get()
    state.now = 58 * minute
    state.fail = true
    expect(await get()).toMatchObject({ accessKeyId: 'id-1' })
    expect(get()).toMatchObject({ accessKeyId: 'id-1' })
    expect(state.fetched).toBe(2)
    state.now += 10_000
    expect(await get()).toMatchObject({ accessKeyId: 'id-1' })
    expect(state.fetched).toBe(3)
    state.now = 60 * minute
    await expect(get()).rejects.toThrow('refused 4')
    state.fail = false
    expect(await get()).toMatchObject({ accessKeyId: 'id-5' })
  })

  it('stop being waited for by the caller whose signal is aborted, and by nobody else', async () => {
    const { state, get } = issuer()
    const controller = new AbortController()
    const [one, other] = [Promise.resolve(get(controller.signal)), Promise.resolve(get())]
    controller.abort(new Error('enough'))
    await expect(one).rejects.toThrow('enough')
    expect(await other).toMatchObject({ accessKeyId: 'id-1' })
    await get(AbortSignal.abort())
    expect(state.fetched).toBe(1)
  })

  it('start with those that are held already', async () => {
    const held = { credentials: { accessKeyId: 'held', accessKeySecret: 's' }, endsAt: 60 * minute }
    let now = 0
    const get = renewing(
      () => Promise.reject(new Error('expired')),
      () => now,
      held,
    )
    expect(get()).toMatchObject({ accessKeyId: 'held' })
    now = 60 * minute
    await expect(get()).rejects.toThrow('expired')
  })
})
