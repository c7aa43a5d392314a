import { describe, expect, it } from 'vitest'
import { cloudWithNetwork, type TestAnswer } from '../testing.ts'

/** Two disks and a security group. */
async function three() {
  const cloud = await cloudWithNetwork()
  const make = async () => (await cloud.call('CreateDisk', { ZoneId: 'cn-hangzhou-h', Size: 20 })).DiskId as string
  const [a, b] = [await make(), await make()]
  const add = (ResourceType: string, ResourceId: string, ...tags: string[]) =>
    cloud.call('AddTags', { ResourceType, ResourceId, Tag: tags.map((tag) => ({ Key: tag.split('=')[0], Value: tag.split('=')[1] })) })
  const tagsOf = async (DiskId: string) =>
    (await cloud.disks({ DiskIds: [DiskId] }))[0].Tags.Tag.map((tag: TestAnswer) => `${tag.TagKey}=${tag.TagValue}`)
  return { ...cloud, a, b, add, tagsOf }
}

describe('the tag operations of one resource', () => {
  it('work on the tags that TagResources works on', async () => {
    const { call, a, add, tagsOf } = await three()
    await add('disk', a, 'env=test', 'app=web')
    await add('disk', a, 'env=prod')
    expect(await tagsOf(a)).toEqual(['app=web', 'env=prod'])
    await call('RemoveTags', { ResourceType: 'disk', ResourceId: a, Tag: [{ Key: 'env', Value: 'test' }] })
    expect(await tagsOf(a)).toEqual(['app=web', 'env=prod'])
    await call('RemoveTags', { ResourceType: 'disk', ResourceId: a, Tag: [{ Key: 'env' }] })
    expect(await tagsOf(a)).toEqual(['app=web'])
    await call('RemoveTags', { ResourceType: 'disk', ResourceId: a })
    expect(await tagsOf(a)).toEqual([])
  })

  it('are refused with what the tags are refused with', async () => {
    const { refusal, a, add } = await three()
    const refused = async (action: string, input: object) => {
      const { code, status } = await refusal(action, { ResourceType: 'disk', ResourceId: a, ...input })
      return `${code} ${status}`
    }
    const Tag = [{ Key: 'a', Value: 'b' }]
    expect(await refused('AddTags', { Tag, ResourceType: 'host' })).toBe('InvalidResourceType.NotFound 404')
    expect(await refused('AddTags', { Tag, ResourceId: 'd-none' })).toBe('InvalidResourceId.NotFound 404')
    expect(await refused('AddTags', { Tag, ResourceType: 'volume' })).toBe('InvalidResourceId.NotFound 404')
    expect(await refused('AddTags', { Tag: [...Tag, ...Tag] })).toBe('Duplicate.TagKey 400')
    expect(await refused('AddTags', { Tag: [{ Key: 'acs:x' }] })).toBe('InvalidTagKey.Malformed 400')
    expect(await refused('RemoveTags', { Tag: [{ Value: 'b' }] })).toBe('InvalidTagKey.Malformed 400')
    await add('disk', a, ...Array.from({ length: 20 }, (_, at) => `k${at}=v`))
    expect(await refused('AddTags', { Tag })).toBe('OperationDenied.QuotaExceed 400')
  })

  it('tell each pair with how many of each kind carry it', async () => {
    const { call, a, b, add, SecurityGroupId } = await three()
    await add('disk', a, 'env=test')
    await add('disk', b, 'env=test', 'app=web')
    await add('securitygroup', SecurityGroupId, 'env=test')
    const list = async (input: object = {}) => (await call('DescribeTags', input)).Tags.Tag
    expect((await list()).map((tag: TestAnswer) => tag.TagKey)).toEqual(['app', 'env'])
    expect((await list({ Tag: [{ Key: 'env' }] }))[0]).toMatchObject({
      TagValue: 'test',
      ResourceTypeCount: { Disk: 2, Securitygroup: 1, Instance: 0 },
    })
    expect(await list({ ResourceId: a })).toHaveLength(1)
    expect((await list({ ResourceType: 'disk', Tag: [{ Key: 'env' }] }))[0].ResourceTypeCount).toMatchObject({ Disk: 2, Securitygroup: 0 })
    expect(await call('DescribeTags', { PageSize: 1 })).toMatchObject({ TotalCount: 2, PageNumber: 1, PageSize: 1 })
  })

  it('find resources by tag and kind', async () => {
    const { call, refusal, a, b, add, SecurityGroupId } = await three()
    await add('disk', a, 'env=test')
    await add('disk', b, 'env=test', 'app=web')
    await add('securitygroup', SecurityGroupId, 'env=test')
    const found = async (input: object = {}) =>
      (await call('DescribeResourceByTags', input)).Resources.Resource.map((row: TestAnswer) => row.ResourceId)
    expect(await found()).toEqual([b, a, SecurityGroupId])
    expect(await found({ ResourceType: 'disk' })).toEqual([b, a])
    expect(await found({ Tag: [{ Key: 'env' }, { Key: 'app', Value: 'web' }] })).toEqual([b])
    expect(await refusal('DescribeResourceByTags', { ResourceType: 'x' })).toMatchObject({ code: 'InvalidResourceType.NotFound' })
  })
})
