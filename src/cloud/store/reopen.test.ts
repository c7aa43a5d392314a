import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { open } from 'lmdb'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Disk, Instance } from '../ecs/records.ts'
import { controlRequest, temporaryFolder } from './testing.ts'
import { type CallSettings, cloudWithNetwork, type Refusal, type TestAnswer, testCloud, type TestCloud } from '../testing.ts'
import type { CloudOptions } from '../cloud.ts'
import { allHandlers } from '../handlers.ts'
import { storeFile } from './folder.ts'
import { openStore } from './lmdb.ts'
import type { StoredRow } from './store.ts'

/** Loading goes on from one slice to the next when this lets it. */
const pace = vi.hoisted(() => ({ held: undefined as Promise<void> | undefined }))
vi.mock('node:timers/promises', async (original) => {
  const timers = await original<typeof import('node:timers/promises')>()
  return { ...timers, setImmediate: async () => (await pace.held, timers.setImmediate()) }
})

/** More rows than are loaded before a cloud answers. */
const many = 10_050

/** Folders as they are filled, by how they are found. */
const templates = { 'rows alone': '', 'outlines of its rows': '' }
let template: string
let basics: object
let alice: NonNullable<CallSettings['as']>

/** A folder with two instances that are still to start, a user who may look at one of them, and copies of an instance and its disk. */
async function fill(): Promise<void> {
  const first = await cloudWithNetwork({ data: template }, '10.0.0.0/16')
  const { call } = first
  basics = first.basics
  const [id = ''] = await first.launch({ Amount: 2, Tag: [{ Key: 'env', Value: 'prod' }] })
  const ram = { product: 'ram' } as const
  await call('CreateUser', { UserName: 'alice' }, ram)
  const { AccessKey } = await call('CreateAccessKey', { UserName: 'alice' }, ram)
  alice = { accessKeyId: AccessKey.AccessKeyId, accessKeySecret: AccessKey.AccessKeySecret }
  const Statement = [{ Effect: 'Allow', Action: 'ecs:*', Resource: `acs:ecs:*:*:instance/${id}` }]
  await call('CreatePolicy', { PolicyName: 'one', PolicyDocument: JSON.stringify({ Version: '1', Statement }) }, ram)
  await call('AttachPolicyToUser', { PolicyType: 'Custom', PolicyName: 'one', UserName: 'alice' }, ram)
  await first.cloud.close()

  const store = await openStore(template)
  const { meta } = store
  if (meta === undefined) throw new Error('the cloud left nothing')
  const kept = [...store.rows(meta.generation)]
  const instance = kept.find(({ table }) => table === 'instances')?.row as Instance
  const disk = kept.find(({ table }) => table === 'disks')?.row as Disk
  const rows = Array.from({ length: many }, (_, at): StoredRow[] => {
    const name = at.toString(36).padStart(17, '0')
    const privateIpAddress = `10.0.${100 + (at >> 8)}.${at & 255}`
    const copy: Instance = {
      ...instance,
      id: `i-bp1${name}`,
      instanceName: `web-${at}`,
      privateIpAddress,
      securityGroupIds: [`sg-bp1copies${at >> 9}`],
      status: at % 3 ? 'Running' : 'Stopped',
      tags: [],
    }
    const ofCopy: Disk = { ...disk, id: `d-bp1${name}`, instanceId: copy.id, status: 'In_use' }
    return [
      { table: 'instances', number: 10 + at, row: copy },
      { table: 'disks', number: 10 + at, row: ofCopy },
    ]
  })
  await store.write({ meta, rows: new Map([[meta.generation, rows.flat()]]) })
  await store.close()
}

beforeAll(async () => {
  // So that no request waits for its operation, and rows are read meanwhile.
  await allHandlers()
  template = templates['rows alone'] = mkdtempSync(join(tmpdir(), 'tanxing-store-'))
  await fill()
  // Whoever loads rows outlines them.
  templates['outlines of its rows'] = mkdtempSync(join(tmpdir(), 'tanxing-store-'))
  cpSync(template, templates['outlines of its rows'], { recursive: true })
  const { cloud } = await testCloud({ seed: 'test', data: templates['outlines of its rows'] })
  await cloud.loaded()
  await cloud.close()
}, 60_000)
afterAll(() => {
  for (const folder of Object.values(templates)) rmSync(folder, { recursive: true, force: true })
})

function copyOf(folder: string): string {
  const data = join(temporaryFolder(), 'data')
  cpSync(folder, data, { recursive: true })
  return data
}

/** The folder, with an instance that cannot be read. */
async function damaged(folder: string): Promise<string> {
  const database = open<Buffer>({ path: join(folder, storeFile), noSubdir: true, encoding: 'binary', maxDbs: 1 })
  await database.put([1, 'instances', 5000], Buffer.from('x'))
  await database.close()
  return folder
}

async function reopened(options: CloudOptions = {}) {
  const opened = await testCloud({ seed: 'test', data: copyOf(template), ...options })
  let whole = false
  const loaded = opened.cloud.loaded().then(
    () => (whole = true),
    () => false,
  )
  return { ...opened, loaded, whole: () => whole }
}

/** What calls answer, one after the other, the refusals too. */
async function answersOf({ call, clock }: Pick<TestCloud, 'call' | 'clock'>): Promise<unknown[]> {
  const answers: unknown[] = []
  const ask = (action: string, input: object = {}, settings: CallSettings = {}) =>
    call(action, input, settings).then(
      (answer: TestAnswer) => answers.push(answer),
      (refusal: Refusal) => answers.push(refusal.body),
    )
  await ask('DescribeRegions')
  await ask('DescribeVpcs', {}, { product: 'vpc' })
  await ask('DescribeInstances', { PageSize: 100, Status: 'Stopped' })
  await ask('DescribeInstances', { PageSize: 100, PageNumber: 90, InstanceName: 'web-*' })
  await ask('DescribeDisks', { PageSize: 100 })
  await ask('DescribeInstanceAttribute', { InstanceId: 'i-bp10000000000000002s' }, { as: alice })
  await ask('RunInstances', { ...basics, Amount: 3, ClientToken: 'once' })
  await ask('RunInstances', { ...basics, Amount: 3, ClientToken: 'once' })
  clock.advance(60_000)
  await ask('DescribeInstances', { PageSize: 100, Tag: [{ Key: 'env' }] })
  await ask('DescribeInstances', { PageSize: 10 }, { as: alice })
  return answers
}

const kinds = Object.keys(templates) as (keyof typeof templates)[]

describe.each(kinds)('a folder with more rows than are loaded at once and %s', (kind) => {
  beforeEach(() => {
    template = templates[kind]
  })

  test('answers what needs none of them before they are there', async () => {
    const { cloud, call, whole, loaded } = await reopened()
    expect((await call('DescribeRegions')).Regions.Region.length).toBeGreaterThan(20)
    expect((await call('DescribeVpcs', {}, { product: 'vpc' })).TotalCount).toBe(1)
    const health = await cloud.handle(controlRequest('GET', 'health'))
    expect(JSON.parse(Buffer.from(health.body).toString())).toMatchObject({ resources: { instances: many + 2, disks: many + 2 } })
    expect(whole()).toBe(false)
    expect((await call('DescribeInstances')).TotalCount).toBe(many + 2)
    await loaded
    await cloud.close()
  })

  test('answers while they are loaded as it does afterwards, the ids of what is made included', async () => {
    const [early, late] = [await reopened(), await reopened()]
    await late.loaded
    const answers = await answersOf(early)
    expect(answers).toEqual(await answersOf(late))
    expect(answers).toMatchObject([{}, {}, { TotalCount: many / 3 }, {}, {}, { Code: 'Forbidden.RAM' }, {}, {}, { TotalCount: 2 }, {}])
    const stateOf = ({ cloud }: TestCloud) => {
      const { tables, chance } = JSON.parse(Buffer.from(cloud.exportState()).toString()) as Record<string, unknown>
      return JSON.stringify({ tables, chance })
    }
    expect(stateOf(early) === stateOf(late)).toBe(true)
    for (const { cloud } of [early, late]) await cloud.close()
  })

  test('lets what is due happen before the first answer, to calls that come side by side', async () => {
    const { cloud, call, clock } = await reopened()
    clock.advance(60_000)
    const tagged = { Status: 'Running', Tag: [{ Key: 'env' }] }
    const answers = await Promise.all([call('DescribeInstances', tagged), call('DescribeDisks'), call('DescribeInstances', tagged)])
    expect(answers).toMatchObject([{ TotalCount: 2 }, { TotalCount: many + 2 }, { TotalCount: 2 }])
    await cloud.close()
  })

  test('counts a call once for the fault rules, however often it had to wait', async () => {
    const { cloud, call, refusal } = await reopened()
    cloud.faults.add({ match: { action: 'RunInstances' }, nth: 2, effect: { error: 'ServiceUnavailable' } })
    await call('RunInstances', basics)
    expect(await refusal('RunInstances', basics)).toMatchObject({ code: 'ServiceUnavailable' })
    await call('RunInstances', basics)
    await cloud.close()
  })

  test('is answered for by the metadata service of an instance', async () => {
    const { cloud } = await reopened()
    const service = cloud.metadata('i-bp10000000000000002s')
    const id = await service.fetch('http://100.100.100.200/latest/meta-data/instance-id')
    expect(await id.text()).toBe('i-bp10000000000000002s')
    const answer = await cloud.handle(controlRequest('GET', 'metadata/i-bp10000000000000002t/latest/meta-data/instance-id'))
    expect([answer.status, Buffer.from(answer.body).toString()]).toEqual([200, 'i-bp10000000000000002t'])
    await cloud.close()
  })

  test('has its clock moved: what is due happens at once', async () => {
    const { cloud, call } = await reopened()
    const answer = await cloud.handle({ ...controlRequest('POST', 'clock'), body: Buffer.from('{"advance":60000}') })
    expect(answer.status).toBe(200)
    expect((await call('DescribeInstances', { Status: 'Running', Tag: [{ Key: 'env' }] })).TotalCount).toBe(2)
    await cloud.close()
  })

  test('is asked in the process at any time, and stands still for it', async () => {
    const { cloud, whole } = await reopened()
    expect(cloud.counts()).toMatchObject({ instances: many + 2 })
    const { tables } = JSON.parse(Buffer.from(cloud.exportState()).toString()) as { tables: Record<string, unknown[]> }
    expect([tables.instances?.length, tables.disks?.length]).toEqual([many + 2, many + 2])
    expect(whole()).toBe(false)
    await cloud.close()
  })

  test('loses nothing when it is killed meanwhile, and keeps what was answered', async () => {
    const data = copyOf(template)
    const first = await testCloud({ data })
    const { VpcId } = await first.call('CreateVpc', {}, { product: 'vpc' })
    // What a crash leaves is what is in the file.
    const second = await testCloud({ data: copyOf(data) })
    await first.cloud.close()
    expect((await second.call('DescribeVpcs', { VpcId }, { product: 'vpc' })).TotalCount).toBe(1)
    expect((await second.call('DescribeInstances')).TotalCount).toBe(many + 2)
    await second.cloud.close()
    const third = await testCloud({ data })
    await third.cloud.loaded()
    expect(third.cloud.counts()).toMatchObject({ instances: many + 2, disks: many + 2, vpcs: 2 })
    await third.cloud.close()
  })

  test('can be reset meanwhile: whoever waits is told to try again', async () => {
    const data = copyOf(template)
    let goOn = () => {}
    // However long the disk takes for the first write, the rows are not there before.
    pace.held = new Promise((resolve) => (goOn = resolve))
    const { cloud, call, refusal } = await testCloud({ data })
    const waiting = refusal('DescribeInstances')
    cloud.reset()
    goOn()
    pace.held = undefined
    expect(await waiting).toMatchObject({ code: 'ServiceUnavailable', status: 503 })
    expect((await call('DescribeInstances')).TotalCount).toBe(0)
    await cloud.saved()
    await cloud.close()
    const again = await testCloud({ data })
    expect(again.cloud.counts()).toMatchObject({ instances: 0, vpcs: 0 })
    await again.cloud.close()
  })

  test('keeps its snapshots whole that are taken meanwhile, over HTTP too', async () => {
    const { cloud } = await reopened()
    const taken = await cloud.handle(controlRequest('POST', 'snapshots/early'))
    expect(taken.status).toBe(200)
    cloud.reset()
    await cloud.snapshots.restore('early')
    expect(cloud.counts()).toMatchObject({ instances: many + 2, disks: many + 2 })
    await cloud.close()
  })

  test('tells whoever needs a row that cannot be read, and nobody else', async () => {
    const { cloud, call } = await testCloud({ data: await damaged(copyOf(template)) })
    expect((await call('DescribeDisks')).TotalCount).toBe(many + 2)
    await expect(cloud.loaded()).rejects.toMatchObject({ code: 'Damaged', message: expect.stringContaining('1,instances,5000') })
    expect((await cloud.handle(controlRequest('GET', 'state'))).status).toBe(500)
    await cloud.close()
  })
})

describe('a folder with outlines of its rows', () => {
  beforeEach(() => {
    template = templates['outlines of its rows']
  })

  test('answers lists, and changes what is in them, before all rows are read', async () => {
    // One of the rows can never be read: whatever is answered needs no more than it shows.
    const { cloud, call } = await testCloud({ seed: 'test', data: await damaged(copyOf(template)) })
    const filters = [
      {},
      { Status: 'Stopped' },
      { InstanceName: 'web-77*' },
      { SecurityGroupId: 'sg-bp1copies3' },
      { Tag: [{ Key: 'env' }] },
      { InstanceIds: '["i-bp10000000000000002s"]' },
    ]
    const totals: number[] = []
    for (const filter of filters) totals.push((await call('DescribeInstances', filter)).TotalCount)
    expect(totals).toEqual([many + 2, many / 3, 111, 512, 2, 1])
    const [id = ''] = (await call('RunInstances', basics)).InstanceIdSets.InstanceIdSet as string[]
    await call('StopInstance', { InstanceId: 'i-bp10000000000000002t' })
    expect((await call('DescribeInstances', { Status: 'Stopping' })).TotalCount).toBe(1)
    expect((await call('DescribeDisks', { InstanceId: id })).TotalCount).toBe(1)
    const metadata = await cloud.metadata('i-bp10000000000000002s').fetch('http://100.100.100.200/latest/meta-data/instance-id')
    expect(metadata.status).toBe(200)
    await expect(cloud.loaded()).rejects.toMatchObject({ code: 'Damaged' })
    await cloud.close()
  })

  test('is what it was when it was killed, after whatever was changed', async () => {
    const data = copyOf(template)
    const first = await testCloud({ data })
    await first.call('StopInstance', { InstanceId: 'i-bp10000000000000002t' })
    await first.call('DeleteInstance', { InstanceId: 'i-bp1000000000000000k3', Force: true })
    await first.call('RunInstances', { ...basics, Amount: 3 })
    first.clock.advance(60_000)
    await first.call('ModifyInstanceAttribute', { InstanceId: 'i-bp10000000000000002s', InstanceName: 'renamed' })
    const again = copyOf(data)
    const tables = ({ cloud }: TestCloud) =>
      JSON.stringify((JSON.parse(Buffer.from(cloud.exportState()).toString()) as { tables: object }).tables)
    const wanted = tables(first)
    const { cloud, call } = await testCloud({ data: again })
    expect((await call('DescribeInstances', { InstanceName: 'renamed' })).TotalCount).toBe(1)
    expect((await call('DescribeInstances', { Status: 'Stopped' })).TotalCount).toBe(many / 3)
    expect((await call('DescribeInstances')).TotalCount).toBe(many + 4)
    expect(tables({ cloud } as TestCloud) === wanted).toBe(true)
    await cloud.close()
    await first.cloud.close()
  })
})
