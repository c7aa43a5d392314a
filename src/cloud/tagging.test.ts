import { describe, expect, it } from 'vitest'
import { cloudWithNetwork, type TestAnswer } from './testing.ts'

const pairs = (answer: TestAnswer) => answer.TagResources.TagResource.map((pair: TestAnswer) => `${pair.TagKey}=${pair.TagValue}`)
const tags = (...texts: string[]) => texts.map((text) => ({ Key: text.split('=')[0], Value: text.split('=')[1] }))

describe('tags', () => {
  it('are put, replaced by key, listed and taken off', async () => {
    const { call, running, instances } = await cloudWithNetwork()
    const id = await running()
    const named = { ResourceType: 'instance', ResourceId: [id] }
    await call('TagResources', { ...named, Tag: tags('env=test', 'team=a') })
    await call('TagResources', { ...named, Tag: tags('team=b') })
    expect(pairs(await call('ListTagResources', named))).toEqual(['env=test', 'team=b'])
    expect((await instances({ Tag: tags('team=b') }))[0].Tags.Tag).toContainEqual({ TagKey: 'team', TagValue: 'b' })
    await call('UntagResources', { ...named, TagKey: ['team', 'none'], All: true })
    expect(pairs(await call('ListTagResources', named))).toEqual(['env=test'])
    await call('UntagResources', { ...named, All: true })
    expect(await call('ListTagResources', named)).toMatchObject({ TagResources: { TagResource: [] }, NextToken: '' })
  })

  it.each([
    ['ecs', 'disk', 'UntagResources'],
    ['ecs', 'securitygroup', 'UntagResources'],
    ['vpc', 'VPC', 'UnTagResources'],
    ['vpc', 'VSWITCH', 'UnTagResources'],
  ] as const)('of %s are carried by a %s', async (product, ResourceType, untag) => {
    const { call, running, disks, VpcId, VSwitchId, SecurityGroupId } = await cloudWithNetwork()
    await running()
    const ids = { disk: (await disks())[0].DiskId, securitygroup: SecurityGroupId, VPC: VpcId, VSWITCH: VSwitchId }
    const named = { ResourceType, ResourceId: [ids[ResourceType]] }
    await call('TagResources', { ...named, Tag: tags('a=1', 'b=2') }, { product })
    await call(untag, { ...named, TagKey: ['a'] }, { product })
    const left = await call('ListTagResources', { ResourceType, Tag: tags('b=2') }, { product })
    expect(left.TagResources.TagResource).toEqual([{ ResourceId: ids[ResourceType], ResourceType, TagKey: 'b', TagValue: '2' }])
  })

  it('are carried by what no documentation names, and the case of a type does not matter', async () => {
    const { call, running } = await cloudWithNetwork()
    const InstanceId = await running({ SystemDisk: { Category: 'cloud_essd' } })
    const { SnapshotGroupId } = await call('CreateSnapshotGroup', { InstanceId })
    const { ImageComponentId } = await call('CreateImageComponent', { Content: 'RUN yum update -y' })
    const ids = { snapshotgroup: SnapshotGroupId, imagecomponent: ImageComponentId, INSTANCE: InstanceId }
    for (const [ResourceType, id] of Object.entries(ids)) {
      const named = { ResourceType, ResourceId: [id] }
      await call('TagResources', { ...named, Tag: tags('a=1', 'b=2') })
      await call('UntagResources', { ...named, TagKey: ['b'] })
      expect(pairs(await call('ListTagResources', named))).toEqual(['a=1'])
    }
    const groups = await call('DescribeSnapshotGroups', { SnapshotGroupId: [SnapshotGroupId] })
    expect(groups.SnapshotGroups.SnapshotGroup[0].Tags.Tag).toMatchObject([{ Value: '1' }])
  })

  it('are found by patterns', async () => {
    const { call, SecurityGroupId } = await cloudWithNetwork()
    await call('TagResources', { ResourceType: 'securitygroup', ResourceId: [SecurityGroupId], Tag: tags('env=test-1') })
    const find = async (TagFilter: object[]) => pairs(await call('ListTagResources', { ResourceType: 'securitygroup', TagFilter }))
    expect(await find([{ TagKey: 'e*', TagValues: ['live*', 'test*'] }])).toEqual(['env=test-1'])
    expect(await find([{ TagKey: 'e*', TagValues: ['live*'] }])).toEqual([])
  })

  it('are listed to the end, a page at a time', async () => {
    const { call, VpcId } = await cloudWithNetwork()
    const ResourceId: string[] = []
    for (let made = 0; made < 4; made++) ResourceId.push((await call('CreateSecurityGroup', { VpcId })).SecurityGroupId)
    const Tag = Array.from({ length: 20 }, (_, index) => ({ Key: `k${index}`, Value: 'v' }))
    const named = { ResourceType: 'securitygroup', ResourceId }
    await call('TagResources', { ...named, Tag })
    const first = await call('ListTagResources', named)
    const second = await call('ListTagResources', { ...named, NextToken: first.NextToken })
    expect([pairs(first).length, pairs(second).length, second.NextToken]).toEqual([50, 30, ''])
  })

  it.each([
    ['TagResources', { ResourceType: 'server' }, 'InvalidResourceType.NotFound', 404],
    ['TagResources', { ResourceType: 'snapshot' }, 'InvalidResourceId.NotFound', 404],
    ['TagResources', { ResourceId: ['sg-none'] }, 'InvalidResourceId.NotFound', 404],
    ['TagResources', { ResourceId: Array.from({ length: 51 }, () => 'sg-none') }, 'NumberExceed.ResourceIds', 400],
    ['TagResources', { Tag: tags(...Array.from({ length: 21 }, (_, index) => `k${index}=v`)) }, 'NumberExceed.Tags', 400],
    ['TagResources', { Tag: tags('a=1', 'a=2') }, 'Duplicate.TagKey', 400],
    ['TagResources', { Tag: tags('aliyun=1') }, 'InvalidTagKey.Malformed', 400],
    ['UntagResources', { Tag: undefined }, 'MissingParameter.Tags', 404],
    ['ListTagResources', { Tag: undefined, ResourceId: undefined }, 'MissingParameter.Tags', 404],
  ])('%s with %j is refused: %s', async (action, input, code, status) => {
    const { refusal, SecurityGroupId } = await cloudWithNetwork()
    const basics = { ResourceType: 'securitygroup', ResourceId: [SecurityGroupId], Tag: tags('a=1') }
    const { Tag, ...untag } = basics
    const whole = action === 'UntagResources' ? { ...untag, ...input } : { ...untag, Tag, ...input }
    expect(await refusal(action, whole)).toMatchObject({ code, status })
  })

  it('are 20 on a resource at most, and none changes when one resource has no room', async () => {
    const { call, refusal, SecurityGroupId, VpcId } = await cloudWithNetwork()
    const { SecurityGroupId: other } = await call('CreateSecurityGroup', { VpcId })
    const full = tags(...Array.from({ length: 20 }, (_, index) => `k${index}=v`))
    await call('TagResources', { ResourceType: 'securitygroup', ResourceId: [SecurityGroupId], Tag: full })
    const both = { ResourceType: 'securitygroup', ResourceId: [other, SecurityGroupId], Tag: tags('one=more') }
    expect(await refusal('TagResources', both)).toMatchObject({ code: 'QuotaExceed.Tags', status: 403 })
    expect(pairs(await call('ListTagResources', { ResourceType: 'securitygroup', ResourceId: [other] }))).toEqual([])
  })
})
