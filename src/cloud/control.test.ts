import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Product, products } from '../api/products.ts'
import { cloudWithNetwork, type TestAnswer, testCloud, type TestCloud } from './testing.ts'

/** Asks the control plane of a cloud, as a program on this machine. */
async function ask(
  { cloud }: Pick<TestCloud, 'cloud'>,
  method: string,
  path: string,
  value?: unknown,
  headers: Record<string, string> = {},
) {
  const body = Buffer.from(value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value))
  const answer = await cloud.handle({ method, target: `/_local/${path}`, headers: { host: '127.0.0.1:20140', ...headers }, body })
  const told: TestAnswer = JSON.parse(Buffer.from(answer.body).toString())
  return { status: answer.status, body: told }
}

describe('the control plane', () => {
  test('says that the cloud is well, what time it has and how much is in it', async () => {
    const test = await cloudWithNetwork()
    expect(await ask(test, 'GET', 'health')).toMatchObject({
      status: 200,
      body: {
        status: 'ok',
        accountId: test.cloud.accountId,
        clock: { now: '2026-01-01T00:02:00Z', mode: 'manual' },
        resources: { vpcs: 1 },
      },
    })
  })

  test('moves the clock, and what was due has happened', async () => {
    const test = await cloudWithNetwork()
    await test.launch()
    await ask(test, 'POST', 'clock', { advance: 20_000 })
    expect((await test.instances())[0].Status).toBe('Running')
    expect((await ask(test, 'POST', 'clock', { set: '2026-02-01T00:00:00Z' })).body.now).toBe('2026-02-01T00:00:00Z')
    expect((await ask(test, 'POST', 'clock', { freeze: true })).body.mode).toBe('manual')
  })

  test('goes on from event to event and tells what happened, until nothing is to come', async () => {
    const test = await cloudWithNetwork()
    const [id] = await test.launch()
    const seen: string[] = []
    for (;;) {
      const { status, body } = await ask(test, 'POST', 'clock', { next: true })
      expect(status).toBe(200)
      if (body.happened.length === 0) break
      for (const { at } of body.happened) expect(at).toBe(body.now)
      seen.push(...body.happened.map((one: TestAnswer) => `${one.kind} ${one.subject}`))
    }
    expect(seen).toContain(`instance.running ${id}`)
    expect((await test.instances())[0].Status).toBe('Running')
    expect(test.cloud.next()).toEqual([])
    test.clock.restore({ mode: 'real', at: test.clock.now(), machineAt: 0 })
    expect(await ask(test, 'POST', 'clock', { next: true })).toMatchObject({ status: 400 })
    expect(await ask(test, 'POST', 'clock', { next: 1 })).toMatchObject({ status: 400 })
  })

  test('lets time pass faster from here on, or as fast as everywhere', async () => {
    const test = await testCloud()
    expect((await ask(test, 'POST', 'clock', { scale: 60 })).body).toMatchObject({
      mode: 'scaled',
      scale: 60,
      now: expect.stringMatching(/^2026-01-01T00:/),
    })
    expect((await ask(test, 'POST', 'clock', { scale: 1 })).body).toMatchObject({
      mode: 'real',
      now: expect.stringMatching(/^2026-01-01T00:/),
    })
  })

  test.each([
    [{}],
    [{ advance: -1 }],
    [{ advance: 'soon' }],
    [{ set: 'soon' }],
    [{ set: '2027' }],
    [{ set: '25 Dec 2027' }],
    [{ set: '2027-01-01T00:00:00' }],
    [{ advance: 1, freeze: true }],
    [{ freeze: false }],
    [{ constructor: 1 }],
    [{ scale: 0 }],
    [{ scale: '60' }],
    [[]],
    ['{'],
    [{ advance: 1e300 }],
  ])('answers 400 with a reason to a clock of %j, and the clock stands', async (value) => {
    const test = await testCloud()
    expect(await ask(test, 'POST', 'clock', value)).toMatchObject({ status: 400, body: { error: expect.any(String) } })
    expect((await ask(test, 'GET', 'clock')).body.now).toBe('2026-01-01T00:00:00Z')
  })

  test('resets to how the cloud began: same keys, nothing in it', async () => {
    const test = await cloudWithNetwork()
    const { credentials } = test.cloud
    await test.launch()
    expect(await ask(test, 'POST', 'reset', { seed: 'demo' })).toMatchObject({ status: 400 })
    expect(test.cloud.counts().instances).toBe(1)
    expect(await ask(test, 'POST', 'reset')).toMatchObject({ status: 200 })
    expect(test.cloud.counts()).toMatchObject({ instances: 0, disks: 0, vpcs: 0 })
    expect(test.cloud.credentials).toEqual(credentials)
    expect(await test.call('DescribeInstances')).toMatchObject({ TotalCount: 0 })
  })

  test('lists requests newest first, and no secret of any', async () => {
    const test = await cloudWithNetwork()
    const { AccessKey } = await test
      .call('CreateUser', { UserName: 'alice' }, { product: 'ram' })
      .then(() => test.call('CreateAccessKey', { UserName: 'alice' }, { product: 'ram' }))
    const userData = Buffer.from('secret of the guest').toString('base64')
    await test.launch({ Password: 'Pass-word-1', UserData: userData, InstanceName: 'seen' })
    await test.refusal('StopInstance', { InstanceId: 'i-none' })
    const { body } = await ask(test, 'GET', 'requests?limit=3')
    expect(body.requests.map((entry: TestAnswer) => [entry.action, entry.status, entry.code])).toEqual([
      ['StopInstance', 404, 'InvalidInstanceId.NotFound'],
      ['RunInstances', 200, ''],
      ['CreateAccessKey', 200, ''],
    ])
    expect(body.requests[1].parameters).toMatchObject({ InstanceName: 'seen', Password: '(hidden)', UserData: '(hidden)' })
    const whole = JSON.stringify((await ask(test, 'GET', 'requests?limit=1000')).body)
    for (const secret of ['Pass-word-1', userData, AccessKey.AccessKeySecret, test.cloud.credentials.accessKeySecret])
      expect(whole).not.toContain(secret)
  })

  test.each([
    ['ecs', 'InvokeCommand', { Parameters: { pin: '31415926' } }],
    ['vpc', 'CreateBgpGroup', { AuthKey: '31415926' }],
    ['ram', 'BindMFADevice', { AuthenticationCode1: '31415926' }],
    ['sts', 'AssumeRoleWithSAML', { SAMLAssertion: '31415926' }],
  ] as const)('lists no secret of %s %s, though it is not emulated', async (product, action, input) => {
    const test = await testCloud()
    await test.refusal(action, input, { product })
    const { body } = await ask(test, 'GET', 'requests')
    expect(JSON.stringify(body)).toContain('(hidden)')
    expect(JSON.stringify(body)).not.toContain('31415926')
  })

  test.each(['0', 'x', '1.5', '-1'])('answers 400 to a limit of %s', async (limit) => {
    expect((await ask(await testCloud(), 'GET', `requests?limit=${limit}`)).status).toBe(400)
  })

  test('tells of each operation whether it is emulated and what it refuses, as the coverage page does', async () => {
    const { body } = await ask(await testCloud(), 'GET', 'coverage')
    const page = readFileSync(join(import.meta.dirname, '../../docs/coverage.md'), 'utf8')
    const cellsOf = (line: string) => line.split(' | ').map((cell) => cell.replaceAll(/^\| | \|$/g, ''))
    const told = page
      .split('\n')
      .filter((line) => /^\| [A-Z]/.test(line))
      .map(cellsOf)
    const totals = body.products.map((one: TestAnswer) =>
      [`${products[one.product as Product].name} ${one.version}`, one.operations, one.emulated, one.parameters, one.honoured].map(String),
    )
    expect(told.filter(([name = '']) => name.includes(' ')).map((cells) => cells.slice(0, 5))).toEqual(totals)
    const emulated = body.operations.filter((one: TestAnswer) => one.emulated)
    expect(told.filter(([name = '']) => !name.includes(' ')).map((cells) => cells.slice(0, 3))).toEqual(
      emulated.map((one: TestAnswer) => [one.action, `${one.honoured} / ${one.parameters}`, one.refused.join(', ')]),
    )
  })

  test('refuses of a call what the coverage of one operation says that it refuses', async () => {
    const test = await testCloud()
    const { body } = await ask(test, 'GET', 'coverage?product=ecs&action=DescribeSnapshotGroups')
    expect(body).toEqual({
      products: [expect.objectContaining({ product: 'ecs', operations: 1, emulated: 1 })],
      operations: [
        {
          product: 'ecs',
          action: 'DescribeSnapshotGroups',
          emulated: true,
          parameters: 15,
          honoured: 14,
          refused: ['AdditionalAttributes'],
        },
      ],
    })
    expect((await test.refusal('DescribeSnapshotGroups', { AdditionalAttributes: ['x'] })).code).toBe('UnsupportedParameter')
  })

  test('tells of an operation that is not emulated, and of one that two products have', async () => {
    const test = await testCloud()
    expect((await ask(test, 'GET', 'coverage?product=sts&action=AssumeRoleWithSAML')).body.operations).toMatchObject([
      { emulated: false, honoured: 0, refused: [] },
    ])
    const { body } = await ask(test, 'GET', 'coverage?action=AllocateEipAddress')
    expect(body.operations.map((one: TestAnswer) => one.product)).toEqual(['ecs', 'vpc'])
  })

  test.each([
    'product=oss',
    'product=constructor',
    'action=Nothing',
    'action=',
    'action=constructor',
    'product=vpc&action=RunInstances',
    'what=1',
  ])('answers 400 with a reason to a coverage of %s', async (query) => {
    expect(await ask(await testCloud(), 'GET', `coverage?${query}`)).toMatchObject({ status: 400, body: { error: expect.any(String) } })
  })

  test.each(['GET nothing', 'DELETE health', 'GET constructor', 'POST requests'])('has no %s', async (route) => {
    const [method = '', path = ''] = route.split(' ')
    const answer = await ask(await testCloud(), method, path)
    expect(answer).toMatchObject({ status: 404, body: { routes: expect.arrayContaining(['GET /_local/health']) } })
  })

  test.each([[{ host: 'evil.example' }], [{ 'sec-fetch-site': 'cross-site' }], [{ origin: 'https://evil.example' }], [{ origin: 'null' }]])(
    'does nothing for a web page: %j',
    async (headers) => {
      const test = await cloudWithNetwork()
      expect((await ask(test, 'POST', 'reset', undefined, headers as Record<string, string>)).status).toBe(403)
      expect(test.cloud.counts().vpcs).toBe(1)
    },
  )
})
