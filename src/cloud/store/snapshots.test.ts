import { describe, expect, test } from 'vitest'
import { cloudWithNetwork, type TestAnswer, testCloud, type TestCloud } from '../testing.ts'
import { controlRequest, temporaryFolder } from './testing.ts'

/** Asks the control plane, as a program on this machine. */
async function ask(
  { cloud }: Pick<TestCloud, 'cloud'>,
  method: string,
  path: string,
  value?: unknown,
): Promise<{ status: number; body: TestAnswer }> {
  const body = value instanceof Uint8Array ? value : Buffer.from(value === undefined ? '' : JSON.stringify(value))
  const answer = await cloud.handle(controlRequest(method, path, body))
  return { status: answer.status, body: JSON.parse(Buffer.from(answer.body).toString()) }
}

const statuses = async ({ call }: TestCloud): Promise<string[]> =>
  (await call('DescribeInstances')).Instances.Instance.map((one: { Status: string }) => one.Status)

describe.each([['in memory'], ['in a data folder']])('snapshots of a cloud %s', (where) => {
  const options = () => (where === 'in memory' ? {} : { data: temporaryFolder() })

  test('bring back what was: resources, what is to come, the time, and the same chance', async () => {
    const test = await cloudWithNetwork(options())
    await test.launch()
    await ask(test, 'POST', 'snapshots/pending')
    const time = test.clock.now()
    const launched = await test.launch()
    test.clock.advance(20_000)
    expect(await statuses(test)).toEqual(['Running', 'Running'])
    expect(await ask(test, 'POST', 'snapshots/pending/restore')).toMatchObject({ status: 200, body: { resources: { instances: 1 } } })
    expect(test.clock.now()).toBe(time)
    expect(await statuses(test)).toEqual(['Pending'])
    expect(test.cloud.counts().instances).toBe(1)
    await test.cloud.snapshots.restore('pending')
    expect(await test.launch()).toEqual(launched)
    test.clock.advance(20_000)
    expect(await statuses(test)).toEqual(['Running', 'Running'])
    await test.cloud.close()
  })

  test('are listed, replaced and deleted', async () => {
    const test = await cloudWithNetwork(options())
    await test.cloud.snapshots.take('one')
    await test.cloud.snapshots.take('two')
    await test.launch()
    const again = await test.cloud.snapshots.take('one')
    expect((await ask(test, 'GET', 'snapshots')).body.snapshots).toMatchObject([
      { name: 'two', takenAt: '2026-01-01T00:02:00Z' },
      { name: 'one', rows: again.rows },
    ])
    expect(await ask(test, 'DELETE', 'snapshots/two')).toMatchObject({ status: 200 })
    expect(test.cloud.snapshots.list().map((one) => one.name)).toEqual(['one'])
    test.cloud.reset()
    await test.cloud.snapshots.restore('one')
    expect(test.cloud.counts().instances).toBe(1)
    await test.cloud.close()
  })

  test('are compared with each other and with now, and no secret is shown', async () => {
    const test = await cloudWithNetwork(options())
    const id = await test.running()
    await test.cloud.snapshots.take('before')
    await test.call('CreateUser', { UserName: 'alice' }, { product: 'ram' })
    await test.call('CreateAccessKey', { UserName: 'alice' }, { product: 'ram' })
    await test.call('ModifyInstanceAttribute', { InstanceId: id, InstanceName: 'web' })
    await test.call('StopInstance', { InstanceId: id })
    const now = (await ask(test, 'GET', 'snapshots/before/diff')).body
    expect(now).toMatchObject({ from: 'before', to: 'now' })
    expect(now.tables.users).toMatchObject({ added: 1, removed: 0, changed: 0, rows: { added: [`${test.cloud.accountId}/alice`] } })
    expect(now.tables.instances.rows.changed).toMatchObject([
      { id, fields: { status: { before: 'Running', after: 'Stopping' }, instanceName: { after: 'web' } } },
    ])
    expect(Object.keys(now.tables).sort()).toEqual(['accessKeys', 'instances', 'users'])
    await test.cloud.snapshots.take('after')
    expect((await ask(test, 'GET', 'snapshots/before/diff?to=after')).body.tables).toEqual(now.tables)
    expect((await ask(test, 'GET', 'snapshots/after/diff')).body.tables).toEqual({})
    const [key] = JSON.parse(Buffer.from(test.cloud.exportState()).toString()).tables.accessKeys as [{ secret: string }]
    expect(JSON.stringify(now)).not.toContain(key.secret)
    await test.cloud.close()
  })

  test.each(['a', 'local', 'snapshots', 'diff'])('take the name %s, which is a part of their route', async (name) => {
    const test = await testCloud(options())
    expect(await ask(test, 'POST', `snapshots/${name}`)).toMatchObject({ status: 200, body: { name } })
    expect(await ask(test, 'GET', `snapshots/${name}/diff`)).toMatchObject({ status: 200, body: { from: name } })
    expect(await ask(test, 'POST', `snapshots/${name}/restore`)).toMatchObject({ status: 200 })
    expect(await ask(test, 'DELETE', `snapshots/${name}`)).toMatchObject({ status: 200 })
    await test.cloud.close()
  })

  test.each(['POST snapshots/none/restore', 'DELETE snapshots/none', 'GET snapshots/none/diff', 'POST snapshots/..', 'POST snapshots/A'])(
    'answer 400 with a reason to %s',
    async (route) => {
      const [method = '', path = ''] = route.split(' ')
      const test = await testCloud(options())
      expect(await ask(test, method, path)).toMatchObject({ status: 400, body: { error: expect.stringMatching(/snapshot/) } })
      await test.cloud.close()
    },
  )
})

test('snapshots of a data folder are there after a restart', async () => {
  const data = temporaryFolder()
  const first = await cloudWithNetwork({ data })
  await first.launch()
  await first.cloud.snapshots.take('kept')
  first.cloud.reset()
  await first.cloud.close()
  const second = await testCloud({ data })
  expect(second.cloud.counts().instances).toBe(0)
  await second.cloud.snapshots.restore('kept')
  await second.cloud.close()
  const third = await testCloud({ data })
  expect(third.cloud.counts().instances).toBe(1)
  expect(await third.call('DescribeInstances')).toMatchObject({ TotalCount: 1 })
  await third.cloud.close()
})

describe('a state as a file', () => {
  test('makes another cloud what this one is, which keeps its own keys', async () => {
    const one = await cloudWithNetwork({ seed: 'one' })
    const id = await one.running({ Tag: [{ Key: 'a', Value: 'b' }] })
    const file = one.cloud.exportState()
    const text = Buffer.from(file).toString()
    expect(text).not.toContain(one.cloud.credentials.accessKeySecret)
    expect(text.split('\n').filter((line) => line.includes(id)).length).toBeGreaterThan(1)

    const other = await testCloud({ seed: 'other', data: temporaryFolder() })
    const keys = other.cloud.credentials
    expect(await ask(other, 'PUT', 'state', file)).toMatchObject({
      status: 200,
      body: { accountId: one.cloud.accountId, resources: { instances: 1 } },
    })
    expect(other.cloud.credentials).toEqual(keys)
    expect(await other.call('DescribeInstances')).toMatchObject({ Instances: { Instance: [{ InstanceId: id, Status: 'Running' }] } })
    expect(other.clock.now()).toBe(one.clock.now())
    const again = JSON.parse(Buffer.from(other.cloud.exportState()).toString())
    expect(again.tables).toEqual(JSON.parse(text).tables)
    expect((await ask(other, 'GET', 'state')).body.tables).toEqual(again.tables)
    await other.cloud.close()
  })

  test('is the same byte for byte after the same requests to the same seed, with a clock that is moved by hand', async () => {
    const exported = async () => {
      const { cloud, launch, clock } = await cloudWithNetwork({ seed: 'same' })
      await launch({ Amount: 3, SpotStrategy: 'SpotAsPriceGo' })
      clock.advance(86_400_000)
      return Buffer.from(cloud.exportState()).toString()
    }
    expect(await exported()).toBe(await exported())
  })

  type File = { tables: Record<string, Record<string, unknown>[]> } & Record<string, unknown>
  const wrong: readonly (readonly [string, (file: File) => unknown])[] = [
    ['is no JSON', () => Buffer.from('{')],
    ['is a list', () => []],
    ['is something else', () => ({ hello: 'world' })],
    ['is of another format', (file) => ({ ...file, format: 2 })],
    ['has no account', (file) => ({ ...file, accountId: '../../etc' })],
    ['has no clock', (file) => ({ ...file, clock: { mode: { scale: -1 }, at: 0, machineAt: 0 } })],
    ['has no chance', (file) => ({ ...file, chance: { key: 'x', position: 0 } })],
    ['has an unknown table', (file) => ({ ...file, tables: { ...file.tables, ghosts: [{ id: 'a', accountId: 'b', regionId: 'c' }] } })],
    ['has a table that is no list', (file) => ({ ...file, tables: { instances: {} } })],
    ['has a row without an id', (file) => ({ ...file, tables: { vpcs: [{ accountId: 'b', regionId: 'c' }] } })],
    ['has a row twice', (file) => ({ ...file, tables: { vpcs: [...(file.tables.vpcs ?? []), ...(file.tables.vpcs ?? [])] } })],
    [
      'has a row that lacks what is looked up',
      (file) => ({ ...file, tables: { instances: [{ id: 'a', accountId: 'b', regionId: 'c' }] } }),
    ],
    [
      'has a transition of no known kind',
      (file) => ({
        ...file,
        tables: { transitions: [{ id: 'a', accountId: 'b', regionId: 'c', at: 1, kind: 'constructor', subject: 'x' }] },
      }),
    ],
  ]

  test.each(wrong)('is refused when it %s, and the cloud is what it was', async (_what, change) => {
    const test = await cloudWithNetwork({ data: temporaryFolder() })
    await test.running()
    const file = test.cloud.exportState()
    const refused = await ask(test, 'PUT', 'state', change(JSON.parse(Buffer.from(file).toString()) as File))
    expect(refused).toMatchObject({ status: 400, body: { error: expect.any(String) } })
    expect(JSON.parse(Buffer.from(test.cloud.exportState()).toString()).tables).toEqual(JSON.parse(Buffer.from(file).toString()).tables)
    expect(await statuses(test)).toEqual(['Running'])
    await test.cloud.close()
  })
})

test('a file with the tokens of calls is taken in, and such a call answers as before', async () => {
  const from = await testCloud()
  const make = { CidrBlock: '10.0.0.0/8', ClientToken: 'once' }
  const made = await from.call('CreateVpc', make, { product: 'vpc' })
  const to = await testCloud()
  await to.cloud.importState(from.cloud.exportState())
  const as = to.cloud.credentials
  expect(await to.call('CreateVpc', make, { product: 'vpc', as })).toMatchObject({ VpcId: made.VpcId })
  expect(to.cloud.counts().vpcs).toBe(1)
})
