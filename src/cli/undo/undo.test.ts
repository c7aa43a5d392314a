import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { VpcClient } from '../../client/index.ts'
import { type Estate, estate, mutations, tanxing } from '../safety/testing.ts'
import { folderOf, forgetOldest, mostRecipes, recipeIds } from './folder.ts'
import type { Recipe } from './recipe.ts'

const folder = ({ home }: Estate) => folderOf({ env: {}, home })
const files = (here: Estate) => readdirSync(folder(here))
const newest = async (here: Estate): Promise<Recipe> => {
  const [id] = await recipeIds({ env: {}, home: here.home })
  return JSON.parse(readFileSync(join(folder(here), `${id}.json`), 'utf8')) as Recipe
}

async function instance({ ecs }: Estate, InstanceName: string) {
  const [one] = (await ecs.describeInstances({ InstanceName })).Instances.Instance
  if (one === undefined) throw new Error(`${InstanceName} is not there`)
  return one
}

/** An instance with all that can be lost with one. */
async function rich(here: Estate) {
  const { ecs, cloud } = here
  const like = await instance(here, 'web-003')
  await ecs.createKeyPair({ KeyPairName: 'ops' })
  const { InstanceIdSets } = await ecs.runInstances({
    InstanceName: 'rich',
    InstanceType: 'ecs.c7.large',
    ImageId: like.ImageId,
    VSwitchId: like.VpcAttributes.VSwitchId,
    SecurityGroupIds: like.SecurityGroupIds.SecurityGroupId,
    KeyPairName: 'ops',
    UserData: Buffer.from('echo hunter2').toString('base64'),
    SystemDisk: { Category: 'cloud_essd', Size: '50' },
    DataDisk: [
      { Category: 'cloud_essd', Size: 100, DiskName: 'gone' },
      { Category: 'cloud_essd', Size: 200, DiskName: 'saved' },
      { Category: 'cloud_essd', Size: 300, DiskName: 'kept', DeleteWithInstance: false },
    ],
    Tag: [{ Key: 'team', Value: 'shop' }],
  })
  const [id = ''] = InstanceIdSets.InstanceIdSet
  cloud.clock.advance(60_000)
  const vpc = new VpcClient({ regionId: 'cn-hangzhou', endpoint: 'http://127.0.0.1', fetch: cloud.fetch, credentials: cloud.credentials })
  const { AllocationId } = await vpc.allocateEipAddress()
  await vpc.associateEipAddress({ AllocationId, InstanceId: id })
  const disks = (await ecs.describeDisks({ InstanceId: id })).Disks.Disk
  const { SnapshotId } = await ecs.createSnapshot({ DiskId: disks.find(({ DiskName }) => DiskName === 'saved')?.DiskId ?? '' })
  cloud.clock.advance(600_000)
  return { id, AllocationId, SnapshotId, kept: disks.find(({ DiskName }) => DiskName === 'kept')?.DiskId ?? '' }
}

describe('an undo recipe', () => {
  it('is written before the deed, for its owner alone, with no secret in it', async () => {
    const here = await estate()
    const { id } = await rich(here)
    // The recipe is there when the call that destroys arrives.
    let early: string[] = []
    here.cloud.follow(({ action }) => {
      if (action === 'DeleteInstance') early = files(here)
    })
    expect((await tanxing(here, 'instances release rich --force --yes 1')).exitCode).toBe(0)
    expect(early).toHaveLength(1)
    const path = join(folder(here), early[0] as string)
    expect([statSync(path).mode & 0o777, statSync(folder(here)).mode & 0o777]).toEqual([0o600, 0o700])
    const text = readFileSync(path, 'utf8')
    expect(text).not.toMatch(/hunter2|UserData|Password/)
    expect(text).not.toContain(here.cloud.credentials.accessKeySecret)
    expect(JSON.parse(text)).toMatchObject({
      Account: expect.stringMatching(/^\d+$/) as string,
      Region: 'cn-hangzhou',
      Endpoint: new URL(here.url).host,
      Kind: 'instances release',
      Items: [{ Id: id, Name: 'rich', Result: 'done', Facts: { KeyPairName: 'ops', InstanceType: 'ecs.c7.large' } }],
    })
    await here.close()
  })

  it('keeps a deed from being done where it cannot be written, unless told otherwise', async () => {
    const here = await estate()
    const env = { XDG_STATE_HOME: join(here.home, 'state') }
    writeFileSync(env.XDG_STATE_HOME, '')
    const refused = await tanxing(here, 'instances stop web-003 --yes 1', { env })
    expect(refused.exitCode).toBe(1)
    expect(refused.err).toMatch(/--no-undo goes on without\ntanxing: cannot write .*\(ENOTDIR\)\n$/)
    expect(mutations(here)).toBe(0)
    expect((await tanxing(here, 'instances stop web-003 --yes 1 --no-undo', { env })).exitCode).toBe(0)
    await here.close()
  })

  it('is none where nothing was done, in a dry run, or of a cloud that ends with the process', async () => {
    const here = await estate()
    const { cloud } = here
    cloud.faults.add({ match: { action: 'StopInstances' }, effect: { error: 'Forbidden.RAM' } })
    expect((await tanxing(here, 'instances stop web-003 --yes 1')).exitCode).toBe(4)
    cloud.faults.clear()
    await tanxing(here, 'instances stop web-003 --dry-run')
    await tanxing(here, 'instances stop web-003 --yes 1 --local', { env: { TANXING_ENDPOINT: '' } })
    expect(await recipeIds({ env: {}, home: here.home })).toEqual([])
    await here.close()
  })

  it('makes room for newer ones', async () => {
    const here = await estate()
    mkdirSync(folder(here), { recursive: true })
    for (let at = 0; at < mostRecipes + 5; at++)
      writeFileSync(join(folder(here), `20260101-000000-${String(at).padStart(6, '0')}.json`), '')
    writeFileSync(join(folder(here), 'mine.txt'), '')
    await forgetOldest({ env: {}, home: here.home })
    const left = await recipeIds({ env: {}, home: here.home })
    expect([left.length, left.at(-1), files(here).includes('mine.txt')]).toEqual([mostRecipes, '20260101-000000-000005', true])
    await here.close()
  })
})

describe('undoing', () => {
  it('builds a released instance anew out of all that is left, once', async () => {
    const here = await estate()
    const { ecs } = here
    const { id, AllocationId, SnapshotId, kept } = await rich(here)
    const before = await instance(here, 'rich')
    await tanxing(here, 'instances release rich --force --yes 1')
    const planned = await tanxing(here, 'undo --dry-run')
    expect(planned.exitCode).toBe(0)
    for (const told of [
      kept,
      AllocationId,
      `id: ${id}`,
      'data of a disk without snapshots',
      SnapshotId,
      'password and user data',
      'CNY an hour',
    ])
      expect(planned.err).toContain(told)
    expect((await ecs.describeInstances({ InstanceName: 'rich' })).TotalCount).toBe(0)
    const { exitCode, err } = await tanxing(here, 'undo', { answer: 'rich' })
    expect([exitCode, err]).toEqual([0, expect.stringMatching(/1 of 1 rebuilt \(local cloud\)\n$/)])
    here.cloud.clock.advance(60_000)
    const now = await instance(here, 'rich')
    expect(now).toMatchObject({
      InstanceType: before.InstanceType,
      ImageId: before.ImageId,
      KeyPairName: 'ops',
      HostName: before.HostName,
      VpcAttributes: { VSwitchId: before.VpcAttributes.VSwitchId, PrivateIpAddress: before.VpcAttributes.PrivateIpAddress },
      SecurityGroupIds: before.SecurityGroupIds,
      EipAddress: { AllocationId },
      Tags: before.Tags,
      Status: 'Running',
    })
    const disks = (await ecs.describeDisks({ InstanceId: now.InstanceId })).Disks.Disk
    expect(
      disks.map(({ Size, DiskName, SourceSnapshotId }) => [Size, DiskName, SourceSnapshotId]).toSorted(([a], [b]) => Number(a) - Number(b)),
    ).toEqual([
      [50, expect.any(String) as string, ''],
      [100, 'gone', ''],
      [200, 'saved', SnapshotId],
      [300, 'kept', ''],
    ])
    expect(disks.find(({ DiskName }) => DiskName === 'kept')?.DiskId).toBe(kept)
    expect((await newest(here)).Items).toMatchObject([{ Undone: { Id: now.InstanceId } }])
    expect((await tanxing(here, 'undo --yes 1')).exitCode).toBe(3)
    const again = await tanxing(here, `undo ${(await newest(here)).Id} --yes 1`)
    expect([again.exitCode, again.err]).toEqual([3, expect.stringContaining('is undone already')])
    await here.close()
  })

  it('starts what ran, and leaves what was stopped before or is gone', async () => {
    const here = await estate()
    const { ecs } = here
    const ids = (await ecs.describeInstances({ Tag: [{ Key: 'app', Value: 'cache' }], PageSize: 100 })).Instances.Instance.filter(
      ({ Status }) => Status === 'Running',
    ).map(({ InstanceId }) => InstanceId)
    await tanxing(here, `instances stop ${ids.slice(0, 3).join(' ')} --yes 3`)
    await ecs.startInstance({ InstanceId: ids[0] as string })
    here.cloud.clock.advance(60_000)
    await ecs.deleteInstance({ InstanceId: ids[1] as string })
    here.cloud.clock.advance(60_000)
    const { exitCode, err } = await tanxing(here, 'undo --yes 1')
    expect(exitCode).toBe(0)
    expect(err).toMatch(/start 1 instance:\n.*start \(Stopped\)\nnothing to do, or nothing that can be done:\n.*is Running\n.*is gone\n/)
    await here.close()
  })

  it('goes on where it was cut off, and builds nothing twice', async () => {
    const here = await estate()
    const { ecs, cloud } = here
    await rich(here)
    await tanxing(here, 'instances release rich --force --yes 1')
    const controller = new AbortController()
    // The answer is lost: whether it was built is not known.
    const fault = cloud.faults.add({ match: { action: 'RunInstances' }, effect: { drop: 'after' } })
    const stop = cloud.follow(({ action }) => {
      if (action === 'RunInstances') controller.abort()
    })
    const cut = await tanxing(here, 'undo --yes 1', { controller })
    stop()
    cloud.faults.remove(fault)
    expect(cut.exitCode).toBe(130)
    expect(cut.err).toMatch(/not rebuilt, or not seen to be: .* rich\ninterrupted\n0 of 1 rebuilt/)
    cloud.clock.advance(60_000)
    await tanxing(here, 'undo --yes 1')
    expect((await ecs.describeInstances({ InstanceName: 'rich' })).TotalCount).toBe(1)
    await here.close()
  })

  it('tells after Ctrl-C what stands there already, and what was not put back on it', async () => {
    const here = await estate()
    const { AllocationId, kept } = await rich(here)
    await tanxing(here, 'instances release rich --force --yes 1')
    const controller = new AbortController()
    const { exitCode, err } = await tanxing(here, 'undo --yes 1', { controller, onSleep: () => controller.abort() })
    expect(exitCode).toBe(130)
    const now = (await instance(here, 'rich')).InstanceId
    expect(err).toContain(`${now}: not put back: ${kept}, ${AllocationId}\n`)
    expect(err).toMatch(new RegExp(`not seen to be: i-\\S+ rich \\(${now}\\)\ninterrupted\n0 of 1 rebuilt`))
    expect((await tanxing(here, 'undo --yes 1')).exitCode).toBe(3)
    await here.close()
  })

  it('is refused at another endpoint, in another region and with the keys of another account', async () => {
    const here = await estate()
    await tanxing(here, 'instances stop web-003 --yes 1')
    const count = mutations(here)
    const region = await tanxing(here, 'undo --yes 1 --region cn-beijing')
    expect([region.exitCode, region.err]).toEqual([6, expect.stringContaining('this was in cn-hangzhou, not in cn-beijing')])
    const endpoint = await tanxing(here, 'undo --yes 1', { env: { TANXING_ENDPOINT: here.url.replace('127.0.0.1', 'localhost') } })
    expect([endpoint.exitCode, endpoint.err]).toEqual([6, expect.stringContaining('and calls go to localhost:')])
    const path = join(folder(here), files(here)[0] as string)
    writeFileSync(path, readFileSync(path, 'utf8').replace(/"Account": "\d+"/, '"Account": "1"'))
    const account = await tanxing(here, 'undo --yes 1')
    expect([account.exitCode, account.err]).toEqual([6, expect.stringContaining('this was done in account 1, and these keys are of ')])
    expect(mutations(here)).toBe(count)
    await here.close()
  })

  it('is of the newest deed where calls go now, whatever was done elsewhere since', async () => {
    const here = await estate()
    await tanxing(here, 'instances stop web-003 --yes 1')
    const [here_] = files(here)
    const path = join(folder(here), here_ as string)
    const elsewhere = readFileSync(path, 'utf8').replaceAll((here_ as string).slice(0, -'.json'.length), '29991231-000000-000aaa')
    writeFileSync(join(folder(here), '29991231-000000-000aaa.json'), elsewhere.replace(/("Endpoint": ")[^"]+/, '$1127.0.0.1:1'), {
      mode: 0o600,
    })
    const { exitCode, out } = await tanxing(here, 'undo --yes 1 -o ids')
    expect([exitCode, out.trim()]).toEqual([0, (await instance(here, 'web-003')).InstanceId])
    expect((await instance(here, 'web-003')).Status).not.toBe('Stopped')
    await here.close()
  })

  it('asks as create does, and heeds the limit', async () => {
    const here = await estate()
    await tanxing(here, 'instances stop web-003 web-113 --yes 2')
    for (const line of ['undo', 'undo --yes 1', 'undo --yes 2 --limit 1']) expect((await tanxing(here, line)).exitCode).toBe(6)
    expect((await tanxing(here, 'undo', { answer: 'yes' })).exitCode).toBe(6)
    expect((await instance(here, 'web-003')).Status).toBe('Stopped')
    await here.close()
  })

  it('says what is gone for good', async () => {
    const here = await estate()
    await rich(here)
    const [snapshot] = (await here.ecs.describeSnapshots()).Snapshots.Snapshot
    await tanxing(here, `snapshots delete ${snapshot?.SnapshotId} --yes 1`)
    const { exitCode, err } = await tanxing(here, 'undo --yes 1')
    expect(exitCode).toBe(1)
    expect(err).toMatch(
      /is gone for good; `tanxing snapshots create d-\S+` takes a new one[^]*does not come back:\n {2}snapshot with its data/,
    )
    await here.close()
  })
})

describe('a file that is no recipe', () => {
  it.each<[string, (path: string, home: string) => void, RegExp]>([
    [
      'half of one',
      (path) => writeFileSync(path, readFileSync(path, 'utf8').slice(0, 200)),
      /is not a whole undo recipe; it is left as it is/,
    ],
    ['empty', (path) => writeFileSync(path, ''), /is not a whole undo recipe/],
    ['of another kind', (path) => writeFileSync(path, '{"Items":[]}'), /is not a whole undo recipe/],
    [
      'with facts that are none',
      (path) => writeFileSync(path, readFileSync(path, 'utf8').replace('"Status": "Running"', '"UserData": "x"')),
      /is not a whole undo recipe/,
    ],
    ['writable by others', (path) => chmodSync(path, 0o666), /is not yours alone to write; it is not used/],
    [
      'a link',
      (path, home) => {
        writeFileSync(join(home, 'other.json'), readFileSync(path))
        rmSync(path)
        symlinkSync(join(home, 'other.json'), path)
      },
      /cannot read .* \(ELOOP\)/,
    ],
  ])('is told, and not used: %s', async (_, spoil, message) => {
    const here = await estate()
    await tanxing(here, 'instances stop web-003 --yes 1')
    const count = mutations(here)
    const [file = ''] = files(here)
    spoil(join(folder(here), file), here.home)
    for (const line of ['undo --yes 1', `undo show ${file.slice(0, -5)}`]) {
      const { exitCode, err } = await tanxing(here, line)
      expect([exitCode, err]).toEqual([1, expect.stringMatching(message)])
    }
    const list = await tanxing(here, 'undo list')
    expect([list.exitCode, list.err]).toEqual([1, expect.stringMatching(message)])
    expect(mutations(here)).toBe(count)
    await here.close()
  })

  it('is not looked for outside of the folder', async () => {
    const here = await estate()
    for (const name of ['../../x', '/etc/passwd', '..', '20260101-000000-00000'])
      expect((await tanxing(here, `undo show ${name}`)).exitCode).toBe(3)
    await here.close()
  })
})
