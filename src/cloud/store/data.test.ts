import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { open } from 'lmdb'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Cloud, createCloud } from '../cloud.ts'
import { cloudWithNetwork, testCloud } from '../testing.ts'
import { storeFile } from './folder.ts'
import { StoreError } from './store.ts'
import { temporaryFolder } from './testing.ts'

/** All rows and the account, without the time of the export. */
const stateOf = (cloud: Cloud): unknown => {
  const { accountId, tables } = JSON.parse(Buffer.from(cloud.exportState()).toString()) as Record<string, unknown>
  return { accountId, tables }
}

const errorOf = (opening: Promise<unknown>): Promise<StoreError> =>
  opening.then(
    () => Promise.reject(new Error('it was expected not to open')),
    (error: unknown) => (error instanceof StoreError ? error : Promise.reject(error instanceof Error ? error : new Error(String(error)))),
  )

describe('a cloud with a data folder', () => {
  test('is after a restart what it was: resources and their order, what is to come, keys, tokens, time', async () => {
    const data = temporaryFolder()
    const first = await cloudWithNetwork({ data })
    const token = { ClientToken: 'once', Amount: 2 }
    const ids = await first.launch(token)
    await first.launch({ Tag: [{ Key: 'a', Value: 'b' }] })
    const { AccessKey } = await first
      .call('CreateUser', { UserName: 'alice' }, { product: 'ram' })
      .then(() => first.call('CreateAccessKey', { UserName: 'alice' }, { product: 'ram' }))
    const [before, now, keys] = [stateOf(first.cloud), first.clock.now(), first.cloud.credentials]
    const listed = await first.instances()
    await first.cloud.close()

    const second = await testCloud({ data })
    expect(stateOf(second.cloud)).toEqual(before)
    expect(second.clock.now()).toBe(now)
    expect(second.cloud.credentials).toEqual(keys)
    const instances = async () => (await second.call('DescribeInstances')).Instances.Instance
    expect(await instances()).toEqual(listed)
    expect((await second.call('RunInstances', { ...first.basics, ...token })).InstanceIdSets.InstanceIdSet).toEqual(ids)
    const alice = { accessKeyId: AccessKey.AccessKeyId, accessKeySecret: AccessKey.AccessKeySecret }
    expect((await second.refusal('StopInstance', { InstanceId: ids[0] }, { as: alice })).status).toBe(403)
    second.clock.advance(20_000)
    expect((await instances()).map((one: { Status: string }) => one.Status)).toEqual(['Running', 'Running', 'Running'])
    await second.cloud.close()
  })

  test('gives no id twice, whether it was closed or killed', async () => {
    const data = temporaryFolder()
    const first = await testCloud({ data })
    const create = async ({ call }: typeof first) =>
      (await call('CreateVpc', {}, { product: 'vpc' })) as { VpcId: string; RequestId: string }
    const one = await create(first)
    await first.cloud.close()
    const second = await testCloud({ data })
    const two = await create(second)
    await second.cloud.close()
    expect(two.VpcId).not.toBe(one.VpcId)
    expect(two.RequestId).not.toBe(one.RequestId)
  })

  test('resets to how it began, and stays so', async () => {
    const data = temporaryFolder()
    const first = await cloudWithNetwork({ data })
    await first.launch()
    first.cloud.reset()
    await first.cloud.saved()
    await first.cloud.close()
    const { cloud } = await testCloud({ data })
    expect(cloud.counts()).toMatchObject({ instances: 0, vpcs: 0 })
    await cloud.close()
  })

  test('goes on with the keys that are handed in', async () => {
    const data = temporaryFolder()
    const keys = [{ accessKeyId: 'mine', accessKeySecret: 'secret' }]
    const first = await testCloud({ data })
    await first.cloud.close()
    const second = await testCloud({ data, keys })
    expect(second.cloud.credentials).toEqual(keys[0])
    expect(await second.call('DescribeInstances')).toMatchObject({ TotalCount: 0 })
    await second.cloud.close()
  })

  test('can be closed twice, and answers no change after that', async () => {
    const { cloud, refusal } = await testCloud({ data: temporaryFolder() })
    await cloud.snapshots.take('one')
    await cloud.close()
    await cloud.close()
    await expect(cloud.snapshots.restore('one')).rejects.toThrow('closed')
    expect(await refusal('CreateVpc', {}, { product: 'vpc' })).toMatchObject({ status: 500, code: 'InternalError.StorageFailed' })
    expect(cloud.counts().vpcs).toBe(0)
  })

  test('keeps its files for its owner alone', async () => {
    const data = join(temporaryFolder(), 'deep', 'inside')
    const { cloud } = await testCloud({ data })
    await cloud.close()
    expect(statSync(data).mode & 0o777).toBe(0o700)
    expect(statSync(join(data, storeFile)).mode & 0o777).toBe(0o600)
  })
})

describe('a data folder is refused', () => {
  test('when a cloud of this process has it', async () => {
    const data = temporaryFolder()
    const { cloud } = await testCloud({ data })
    expect(await errorOf(createCloud({ data }))).toMatchObject({ code: 'Locked', message: expect.stringContaining(String(process.pid)) })
    await cloud.close()
    await (await createCloud({ data })).close()
  })

  test('when another process has it, whose pid is told, until that one is gone', async () => {
    const data = temporaryFolder()
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    await (await createCloud({ data })).close()
    const database = open<Buffer>({ path: join(data, storeFile), noSubdir: true, encoding: 'binary', maxDbs: 1 })
    await database.put([0, 'owner'], Buffer.from(JSON.stringify({ pid: child.pid, startedAt: '' })))
    await database.close()
    const refused = await errorOf(createCloud({ data }))
    expect(refused).toMatchObject({ code: 'Locked', message: expect.stringContaining(`process ${child.pid}`) })
    child.kill('SIGKILL')
    await once(child, 'exit')
    await (await createCloud({ data })).close()
  })

  test.skipIf(process.platform !== 'linux')('but not for a process that ended and was not waited for', async () => {
    const data = temporaryFolder()
    await (await createCloud({ data })).close()
    // The program that takes the shell's place never asks what became of the shell's child.
    const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'])
    onTestFinished(() => void parent.kill('SIGKILL'))
    const [line] = (await once(parent.stdout, 'data')) as [Buffer]
    const pid = Number(line.toString())
    const stat = (of: number | undefined) => readFileSync(`/proc/${of}/stat`, 'utf8')
    await expect.poll(() => stat(parent.pid)).toContain('(sleep)')
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => stat(pid)).toContain(') Z ')
    const database = open<Buffer>({ path: join(data, storeFile), noSubdir: true, encoding: 'binary', maxDbs: 1 })
    await database.put([0, 'owner'], Buffer.from(JSON.stringify({ pid, startedAt: '' })))
    await database.close()
    await (await createCloud({ data })).close()
  })

  test.each([
    ['NewerFormat', 99],
    ['OlderFormat', 0],
  ])('when it is of another format: %s', async (code, format) => {
    const data = temporaryFolder()
    await (await createCloud({ data })).close()
    const database = open<Buffer>({ path: join(data, storeFile), noSubdir: true, encoding: 'binary', maxDbs: 1 })
    const meta = JSON.parse((database.get([0, 'meta']) as Buffer).toString()) as object
    await database.put([0, 'meta'], Buffer.from(JSON.stringify({ ...meta, format })))
    await database.close()
    expect(await errorOf(createCloud({ data }))).toMatchObject({ code, message: expect.stringContaining(`format ${format}`) })
  })

  test('when it holds other things, which are left alone', async () => {
    const data = temporaryFolder()
    writeFileSync(join(data, 'thesis.txt'), 'mine')
    expect(await errorOf(createCloud({ data }))).toMatchObject({ code: 'NotOurs' })
    expect(readFileSync(join(data, 'thesis.txt'), 'utf8')).toBe('mine')
  })

  test('when its file is no store, or another program’s', async () => {
    const data = temporaryFolder()
    writeFileSync(join(data, storeFile), 'x'.repeat(8192))
    expect(await errorOf(createCloud({ data }))).toMatchObject({ code: 'Damaged' })
    const other = temporaryFolder()
    const database = open<string>({ path: join(other, storeFile), noSubdir: true })
    await database.put('theirs', 'value')
    await database.close()
    expect(await errorOf(createCloud({ data: other }))).toMatchObject({ code: 'NotOurs' })
  })

  test('when it is a file', async () => {
    const data = join(temporaryFolder(), 'file')
    writeFileSync(data, '')
    expect(await errorOf(createCloud({ data }))).toMatchObject({ code: 'NotAllowed' })
  })

  test('when its cloud began with another seed', async () => {
    const data = temporaryFolder()
    mkdirSync(data, { recursive: true })
    await (await createCloud({ data, seed: 'one' })).close()
    expect(await errorOf(createCloud({ data, seed: 'two' }))).toMatchObject({ code: 'OtherSeed' })
    await (await createCloud({ data, seed: 'one' })).close()
  })
})
