import { afterAll, describe, expect, it } from 'vitest'
import { acrossProfiles, profileNames } from '../src/client/across/profiles.ts'
import { acrossRegions } from '../src/client/across/regions.ts'
import { failures, throwIfAny } from '../src/client/bulk/partial.ts'
import { EcsClient } from '../src/client/index.ts'
import { createCloud } from '../src/cloud/index.ts'

const cloud = await createCloud({ seed: 'demo' })
afterAll(() => cloud.close())
const ecs = new EcsClient({ regionId: 'cn-hangzhou', fetch: cloud.fetch, credentials: cloud.credentials })

/** Surroundings whose configuration file has this in it. */
const withFile = (content: string | undefined) => ({
  env: {},
  home: '/home/someone',
  readFile: async () => {
    if (content !== undefined) return content
    throw Object.assign(new Error('none'), { code: 'ENOENT' })
  },
})

describe('many regions', () => {
  it('are visited all, and told in the order of DescribeRegions', async () => {
    const regions = (await ecs.describeRegions()).Regions.Region.map(({ RegionId }) => RegionId)
    const outcomes = await acrossRegions(ecs, async (client) => (await client.describeInstances({ PageSize: 1 })).TotalCount)
    expect(outcomes.map(({ regionId }) => regionId)).toEqual(regions)
    throwIfAny(outcomes)
    const sum = outcomes.reduce((count, outcome) => count + (outcome.ok ? outcome.value : 0), 0)
    expect(sum).toBe(cloud.counts().instances)
  })

  it('have an outcome each, a failure too, in the order asked for', async () => {
    const visit = async (_: EcsClient, regionId: string) => {
      if (regionId === 'cn-beijing') throw new Error('no way in')
      return regionId.length
    }
    const outcomes = await acrossRegions(ecs, visit, { regions: ['us-west-1', 'cn-beijing', 'us-west-1', 'cn-shanghai'] })
    expect(outcomes).toMatchObject([
      { regionId: 'us-west-1', ok: true, value: 9 },
      { regionId: 'cn-beijing', ok: false },
      { regionId: 'cn-shanghai', ok: true, value: 11 },
    ])
    expect(failures(outcomes)).toMatchObject([{ name: 'cn-beijing', error: { message: 'no way in' } }])
  })

  it('that were not begun when the caller stopped are named with the reason', async () => {
    const stop = new AbortController()
    const visit = async () => stop.abort(new Error('enough'))
    const outcomes = await acrossRegions(ecs, visit, { regions: ['a-1', 'b-1', 'c-1'], concurrency: 1, signal: stop.signal })
    expect(outcomes).toMatchObject([{ ok: true }, { ok: false, error: { message: 'enough' } }, { ok: false, error: { message: 'enough' } }])
  })

  it('are refused when one is no region id', async () => {
    await expect(acrossRegions(ecs, async () => 1, { regions: ['https://evil'] })).rejects.toMatchObject({ code: 'InvalidRegion' })
    await expect(acrossRegions(ecs, async () => 1, { region: 'x' } as object)).rejects.toMatchObject({ code: 'UnknownOption' })
  })
})

describe('many profiles', () => {
  const { accessKeyId, accessKeySecret } = cloud.credentials
  const profile = (name: string, secret: string) => ({
    name,
    mode: 'AK',
    access_key_id: accessKeyId,
    access_key_secret: secret,
    region_id: 'cn-beijing',
  })
  const surroundings = withFile(JSON.stringify({ current: 'a', profiles: [profile('a', accessKeySecret), profile('b', 'wrong'), null] }))

  it('of the configuration file are visited all; one whose key is refused is named and stops no other', async () => {
    const open = (name: string) => new EcsClient({ profile: name, surroundings, fetch: cloud.fetch })
    const visit = async (client: EcsClient) => (await client.describeInstances({ PageSize: 1 })).TotalCount
    const outcomes = await acrossProfiles('all', open, visit, { surroundings })
    expect(outcomes).toMatchObject([
      { profile: 'a', ok: true, value: 42 },
      { profile: 'b', ok: false, error: { code: 'SignatureDoesNotMatch' } },
    ])
    expect(failures(await acrossProfiles(['b', 'a', 'c'], open, visit)).map(({ name }) => name)).toEqual(['b', 'c'])
  })

  it('are not found where there is no file, or none in it', async () => {
    await expect(profileNames(withFile(undefined))).rejects.toMatchObject({ code: 'NoProfiles' })
    await expect(profileNames(withFile('{}'))).rejects.toMatchObject({ code: 'NoProfiles' })
    await expect(profileNames(withFile('['))).rejects.toMatchObject({ code: 'InvalidConfigFile' })
  })
})
