import { describe, expect, test } from 'vitest'
import { ecs, region, signed, textOf } from '../gateway/testing.ts'
import { cloudWithNetwork, testCloud } from '../testing.ts'
import type { FaultRule } from './rule.ts'

/** What comes of so many calls in a row: the code, or "ok". */
async function outcomes({ call }: Pick<Awaited<ReturnType<typeof testCloud>>, 'call'>, count: number, action = 'DescribeRegions') {
  const seen: string[] = []
  for (let at = 0; at < count; at++)
    seen.push(
      await call(action).then(
        () => 'ok',
        (refused: { code: string }) => refused.code,
      ),
    )
  return seen
}

const fail: FaultRule['effect'] = { error: 'ServiceUnavailable' }

describe('which calls a rule is for', () => {
  test.each<[string, Partial<FaultRule>, string]>([
    ['every call', {}, 'x x x x x x'],
    ['the second', { nth: 2 }, '. x . . . .'],
    ['each second', { every: 2 }, '. x . x . x'],
    ['two of them', { times: 2 }, 'x x . . . .'],
    ['each second, twice', { every: 2, times: 2 }, '. x . x . .'],
    ['none by chance', { odds: 0 }, '. . . . . .'],
    ['all by chance', { odds: 1 }, 'x x x x x x'],
    ['those of an action', { match: { action: 'StopInstance' } }, '. . . . . .'],
    ['those of a product', { match: { product: 'ecs' } }, 'x x x x x x'],
    ['those of another product', { match: { product: 'vpc' } }, '. . . . . .'],
    ['those of another account', { match: { account: '1' } }, '. . . . . .'],
  ])('%s', async (_title, rule, expected) => {
    const cloud = await testCloud()
    cloud.cloud.faults.add({ ...rule, effect: fail })
    const seen = await outcomes(cloud, 6)
    expect(seen.map((one) => (one === 'ok' ? '.' : 'x')).join(' ')).toBe(expected)
  })

  test('those of a region, an account and a resource, wherever its id stands in the input', async () => {
    const { cloud, call, refusal } = await testCloud()
    const match = { account: cloud.accountId, resource: 'i-1' }
    cloud.faults.add({ match: { ...match, region: 'cn-hangzhou' }, effect: { error: 'Chosen' } })
    expect(await refusal('DescribeInstances', { InstanceIds: ['i-0', 'i-1'] })).toMatchObject({ code: 'Chosen', status: 400 })
    await call('DescribeInstances', { InstanceIds: ['i-1'] }, { regionId: 'cn-beijing' })
    expect(await refusal('StopInstance', { InstanceId: 'i-1' })).toMatchObject({ code: 'InvalidInstanceId.NotFound' })
    cloud.faults.add({ match, effect: { error: 'Anywhere' } })
    expect(await refusal('StopInstance', { InstanceId: 'i-1' })).toMatchObject({ code: 'Anywhere' })
    expect(await refusal('StopInstance', { InstanceId: 'i-11' })).toMatchObject({ code: 'InvalidInstanceId.NotFound' })
  })

  test('those of a region that only the host tells', async () => {
    const { cloud } = await testCloud({ auth: 'any' })
    cloud.faults.add({ match: { region: 'cn-beijing' }, effect: { error: 'Chosen' } })
    const ask = async (host: string) => {
      const request = signed(cloud, { action: 'StopInstance', ...ecs, pairs: [['InstanceId', 'i-1']] })
      return textOf(await cloud.handle({ ...request, headers: { ...request.headers, host } }))
    }
    expect(await ask('ecs.cn-beijing.aliyuncs.com')).toContain('"Chosen"')
    expect(await ask('ecs.cn-hangzhou.aliyuncs.com')).toContain('"InvalidInstanceId.NotFound"')
  })

  test('by chance: the same under the same seed, whatever other rules draw, and no id is drawn differently', async () => {
    const run = async (rules: FaultRule[]) => {
      const cloud = await testCloud({ seed: 'dice' })
      for (const rule of rules) cloud.cloud.faults.add(rule)
      const seen = await outcomes(cloud, 40)
      cloud.cloud.faults.clear()
      return { seen, id: (await cloud.call('CreateVpc', {}, { product: 'vpc' })).VpcId as string }
    }
    const one: FaultRule = { odds: 0.5, effect: fail }
    const [plain, first, again, beside] = [
      await run([]),
      await run([one]),
      await run([one]),
      await run([one, { odds: 0.5, effect: { delay: 0 } }]),
    ]
    const failed = first.seen.filter((code) => code !== 'ok').length
    expect(failed).toBeGreaterThan(5)
    expect(failed).toBeLessThan(35)
    expect(again).toEqual(first)
    expect(beside).toEqual(first)
    expect(first.id).toBe(plain.id)
  })

  test('not those that are not signed or not permitted, which are not counted either', async () => {
    const { cloud, call, refusal } = await testCloud()
    cloud.faults.add({ nth: 1, effect: fail })
    await cloud.handle(signed(cloud, { keys: { ...cloud.credentials, accessKeySecret: 'x' } }))
    await call('CreateUser', { UserName: 'bob' }, { product: 'ram' }).catch(() => undefined)
    expect(cloud.faults.list()).toMatchObject([{ matched: 1, injected: 1 }])
    await call('CreateUser', { UserName: 'bob' }, { product: 'ram' })
    const { AccessKey } = await call('CreateAccessKey', { UserName: 'bob' }, { product: 'ram' })
    const as = { accessKeyId: AccessKey.AccessKeyId, accessKeySecret: AccessKey.AccessKeySecret }
    expect(await refusal('DescribeVpcs', {}, { product: 'vpc', as })).toMatchObject({ status: 403 })
    expect(cloud.faults.list()).toMatchObject([{ matched: 3, injected: 1 }])
  })
})

describe('what a rule does', () => {
  test('an error has the status of its code, or the one given, and the log shows it with the rule', async () => {
    const { cloud, call, refusal } = await cloudWithNetwork()
    const id = cloud.faults.add({
      match: { action: 'RunInstances' },
      times: 1,
      effect: { error: 'OperationDenied.NoStock', message: '库存不足' },
    })
    const before = cloud.counts()
    expect(await refusal('RunInstances', { Amount: 1 })).toMatchObject({
      code: 'OperationDenied.NoStock',
      status: 403,
      message: '库存不足',
    })
    expect(cloud.counts()).toEqual(before)
    const [entry] = cloud.requests(1)
    expect(entry).toMatchObject({ action: 'RunInstances', code: 'OperationDenied.NoStock', status: 403, injected: [id] })
    expect(cloud.faults.injected(10)).toEqual([
      {
        at: entry?.at,
        ruleId: id,
        requestId: entry?.requestId,
        action: 'RunInstances',
        effect: { error: 'OperationDenied.NoStock', message: '库存不足' },
      },
    ])
    cloud.faults.add({ effect: { error: 'Made.Up', status: 599 } })
    expect(await refusal('DescribeRegions')).toMatchObject({ code: 'Made.Up', status: 599 })
    cloud.faults.clear()
    await call('DescribeRegions')
  })

  test('throttle says when to come again, in milliseconds', async () => {
    const { cloud } = await testCloud()
    cloud.faults.add({ effect: { throttle: 1500 }, times: 1 })
    cloud.faults.add({ effect: { throttle: 20, code: 'Throttling' }, times: 1 })
    cloud.faults.add({ effect: { throttle: 7, code: 'Throttling.Api' } })
    for (const [code, after] of [
      ['Throttling.User', '1500'],
      ['Throttling', '20'],
      ['Throttling.Api', '7'],
    ]) {
      const answer = await cloud.handle(signed(cloud, { action: 'DescribeRegions', ...ecs }))
      expect(answer).toMatchObject({ status: 400, headers: { 'x-acs-retry-after': after } })
      expect(JSON.parse(textOf(answer))).toMatchObject({ Code: code })
    }
  })

  test('slow makes the changes that a call sets under way take longer, and moves no deadline', async () => {
    const { cloud, clock, launch, instances } = await cloudWithNetwork()
    cloud.faults.add({ match: { action: 'RunInstances' }, times: 1, effect: { slow: 10 } })
    const AutoReleaseTime = new Date(clock.now() + 3_600_000).toISOString().replace('.000', '')
    await launch({ AutoReleaseTime })
    clock.advance(99_000)
    expect((await instances())[0].Status).toBe('Pending')
    clock.advance(2_000)
    expect((await instances())[0].Status).toBe('Starting')
    clock.advance(80_000)
    expect((await instances())[0].Status).toBe('Running')
    clock.advance(3_600_000)
    expect(await instances()).toEqual([])
  })

  test('stuck leaves an instance in between for good, as it does no other', async () => {
    const { cloud, call, clock, launch, running, instances } = await cloudWithNetwork()
    cloud.faults.add({ match: { action: 'RunInstances' }, times: 1, effect: { stuck: true } })
    const [pending = ''] = await launch()
    const [stopping, stopped] = [await running(), await running()]
    cloud.faults.add({ match: { resource: stopping }, effect: { stuck: true } })
    for (const InstanceId of [stopping, stopped]) await call('StopInstance', { InstanceId })
    clock.advance(30 * 86_400_000)
    const states = Object.fromEntries((await instances()).map((one) => [one.InstanceId, one.Status]))
    expect(states).toEqual({ [pending]: 'Pending', [stopping]: 'Stopping', [stopped]: 'Stopped' })
  })

  test('duplicate delivers a signed call twice: the nonce of the second is used, and what the first did stays', async () => {
    const { cloud, refusal } = await testCloud()
    cloud.faults.add({ match: { action: 'CreateVpc' }, effect: { duplicate: true } })
    expect(await refusal('CreateVpc', {}, { product: 'vpc' })).toMatchObject({ code: 'SignatureNonceUsed' })
    expect(cloud.counts().vpcs).toBe(1)
    expect(cloud.requests(2).map((entry) => entry.code)).toEqual(['SignatureNonceUsed', ''])
    expect(cloud.faults.injected(10)).toHaveLength(1)
  })

  test('duplicate without signatures: made once with a ClientToken, twice without', async () => {
    const { cloud, call } = await testCloud({ auth: 'any' })
    cloud.faults.add({ match: { action: 'CreateVpc' }, effect: { duplicate: true } })
    await call('CreateVpc', { ClientToken: 't' }, { product: 'vpc' })
    expect(cloud.counts().vpcs).toBe(1)
    await call('CreateVpc', {}, { product: 'vpc' })
    expect(cloud.counts().vpcs).toBe(3)
  })

  test('rules are asked in order: delays add up, a call is refused once, and a rule that comes too late is not spent', async () => {
    const { cloud } = await testCloud()
    for (const effect of [{ error: 'First' }, { delay: 5 }, { error: 'Second' }, { delay: 7 }, { drop: 'after' }, { truncate: 3 }] as const)
      cloud.faults.add({ times: 1, effect })
    const ask = () => cloud.handle(signed(cloud, { action: 'DescribeRegions', ...ecs }))
    const first = await ask()
    expect(first.delivery).toEqual({ delayMs: 12, cut: 'drop' })
    expect(textOf(first)).toContain('"First"')
    const second = await ask()
    expect(second.delivery).toEqual({ delayMs: 0, cut: 3 })
    expect(textOf(second)).toContain('"Second"')
    expect(await ask()).toMatchObject({ status: 200 })
    expect((await ask()).delivery).toBeUndefined()
  })
})

describe('the rules of a cloud', () => {
  test('are listed with how often they matched, removed one by one or all', async () => {
    const { cloud, call } = await testCloud()
    const [first, second] = [cloud.faults.add({ every: 2, effect: { delay: 0 } }), cloud.faults.add({ effect: { delay: 0 }, times: 1 })]
    for (let at = 0; at < 3; at++) await call('DescribeRegions')
    expect(cloud.faults.list()).toEqual([
      { id: first, every: 2, effect: { delay: 0 }, matched: 3, injected: 1 },
      { id: second, effect: { delay: 0 }, times: 1, matched: 3, injected: 1 },
    ])
    expect([cloud.faults.remove(first), cloud.faults.remove(first)]).toEqual([true, false])
    cloud.faults.clear()
    expect(cloud.faults.list()).toEqual([])
    expect(cloud.faults.injected(1)).toMatchObject([{ ruleId: first }])
  })

  test('are 1000 at most, and as many of the things injected are kept', async () => {
    const { cloud, call } = await testCloud()
    for (let at = 0; at < 1000; at++) cloud.faults.add({ effect: { delay: 0 } })
    expect(() => cloud.faults.add({ effect: { delay: 0 } })).toThrow(RangeError)
    for (let at = 0; at < 3; at++) await call('DescribeRegions')
    expect(cloud.faults.injected(5000)).toHaveLength(1000)
    expect(cloud.faults.injected(1)).toMatchObject([{ ruleId: 'fault-1000' }])
  })

  test('are gone with a reset, and the same chance comes again', async () => {
    const cloud = await testCloud()
    const dice = async () => {
      cloud.cloud.faults.add({ odds: 0.5, effect: fail })
      const seen = await outcomes(cloud, 20)
      cloud.cloud.reset()
      return seen
    }
    const first = await dice()
    expect([cloud.cloud.faults.list(), cloud.cloud.faults.injected(9)]).toEqual([[], []])
    expect(await dice()).toEqual(first)
  })
})

describe('the fetch of a cloud', () => {
  const ask = async (rule: FaultRule, signal?: AbortSignal) => {
    const { cloud } = await testCloud()
    cloud.faults.add(rule)
    const { target, headers } = signed(cloud, { action: 'CreateVpc', pairs: [region] })
    const answer = cloud.fetch(`http://local${target}`, { method: 'POST', headers, ...(signal && { signal }) })
    return { cloud, answer }
  }

  test.each<[FaultRule['effect'], number]>([
    [{ drop: 'before' }, 0],
    [{ drop: 'after' }, 1],
    [{ truncate: 20 }, 1],
  ])('rejects as a broken connection does for %j', async (effect, made) => {
    const { cloud, answer } = await ask({ effect })
    await expect(answer).rejects.toMatchObject({ name: 'TypeError', message: 'fetch failed', cause: { code: 'ECONNRESET' } })
    expect(cloud.counts().vpcs).toBe(made)
  })

  test('gives up waiting for a delayed answer when it is told to', async () => {
    const giveUp = new AbortController()
    const { cloud, answer } = await ask({ effect: { delay: 600_000 } }, giveUp.signal)
    while (cloud.requests(1).length === 0) await Promise.resolve()
    giveUp.abort(new Error('enough'))
    await expect(answer).rejects.toThrow('enough')
    expect(cloud.counts().vpcs).toBe(1)
  })
})
