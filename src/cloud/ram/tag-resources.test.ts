import { describe, expect, test } from 'vitest'
import { catalogue } from '../../api/catalogue.ts'
import { strays } from '../strays.ts'
import { testCloud } from '../testing.ts'
import { resourcesOf } from './resources.ts'

const PolicyDocument = JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: 'ecs:*', Resource: '*' }] })
const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ecs.aliyuncs.com' } }
const AssumeRolePolicyDocument = JSON.stringify({ Version: '1', Statement: [trust] })
const Tag = [{ Key: 'team', Value: 'net' }]

async function cloudWithRoles() {
  const cloud = await testCloud()
  const ram = (action: string, input: object = {}) => cloud.call(action, input, { product: 'ram' })
  const code = async (action: string, input: object = {}) => (await cloud.refusal(action, input, { product: 'ram' })).code
  await ram('CreateRole', { RoleName: 'plain', AssumeRolePolicyDocument })
  await ram('CreateRole', { RoleName: 'tagged', AssumeRolePolicyDocument, Tag })
  await ram('CreatePolicy', { PolicyName: 'mine', PolicyDocument, Tag })
  const roles = async (input: object = {}): Promise<string[]> =>
    (await ram('ListRoles', input)).Roles.Role.map((role: { RoleName: string }) => role.RoleName)
  return { ...cloud, ram, code, roles }
}

describe('tags of RAM', () => {
  test('are given to roles and policies that are made, and what lists are narrowed by', async () => {
    const { ram, roles } = await cloudWithRoles()
    expect(await roles()).toEqual(['plain', 'tagged'])
    expect(await roles({ Tag })).toEqual(['tagged'])
    const listed = await ram('ListRoles', { Tag: [{ Key: 'team' }] })
    expect(listed.Roles.Role[0].Tags).toEqual({ Tag: [{ TagKey: 'team', TagValue: 'net' }] })
    expect(strays(listed, catalogue('ram').get('ListRoles')?.output, 'roles')).toEqual([])
    const policies = await ram('ListPolicies', { Tag })
    expect(policies.Policies.Policy).toMatchObject([{ PolicyName: 'mine', Tags: { Tag: [{ TagKey: 'team', TagValue: 'net' }] } }])
    expect(strays(policies, catalogue('ram').get('ListPolicies')?.output, 'policies')).toEqual([])
  })

  test('are put on, listed page by page and taken off by name', async () => {
    const { ram, roles } = await cloudWithRoles()
    const named = { ResourceType: 'role', ResourceNames: ['plain', 'tagged'] }
    await ram('TagResources', { ...named, Tag: [{ Key: 'env', Value: 'x'.repeat(256) }] })
    const first = await ram('ListTagResources', { ResourceType: 'role', ResourceNames: ['plain', 'tagged'], PageSize: 2 })
    expect(first.TagResources).toHaveLength(2)
    const rest = await ram('ListTagResources', { ...named, PageSize: 2, NextToken: first.NextToken })
    expect(
      [...first.TagResources, ...rest.TagResources]
        .map(({ ResourceName, TagKey }: Record<string, string>) => `${ResourceName} ${TagKey}`)
        .toSorted(),
    ).toEqual(['plain env', 'tagged env', 'tagged team'])
    expect(strays(first, catalogue('ram').get('ListTagResources')?.output, 'tags')).toEqual([])
    await ram('UntagResources', { ...named, TagKeys: ['env'] })
    expect(await roles({ Tag: [{ Key: 'env' }] })).toEqual([])
    await ram('UntagResources', { ResourceType: 'policy', ResourceNames: ['mine'], All: true })
    expect((await ram('ListTagResources', { ResourceType: 'policy', Tag })).TagResources).toEqual([])
    expect((await ram('GetRole', { RoleName: 'tagged' })).Role.RoleName).toBe('tagged')
  })

  test('are on what is there, of the types that carry them', async () => {
    const { code } = await cloudWithRoles()
    expect(await code('TagResources', { ResourceType: 'role', ResourceNames: ['none'], Tag })).toBe('EntityNotExist.Role')
    expect(await code('TagResources', { ResourceType: 'policy', ResourceNames: ['AliyunECSFullAccess'], Tag })).toBe(
      'EntityNotExist.Policy',
    )
    expect(await code('TagResources', { ResourceType: 'user', ResourceNames: ['alice'], Tag })).toBe('InvalidResourceType.NotFound')
    expect(await code('TagResources', { ResourceNames: ['plain'], Tag })).toBe('MissingResourceType')
    const long = [{ Key: 'team', Value: 'x'.repeat(257) }]
    expect(await code('TagResources', { ResourceType: 'role', ResourceNames: ['plain'], Tag: long })).toBe('InvalidTagValue.Malformed')
  })

  test('are asked of RAM for the resource that is named', () => {
    const asked = resourcesOf('ram', 'TagResources', { ResourceType: 'role', ResourceNames: ['plain'] }, { accountId: '1', regionId: '' })
    expect(asked).toEqual(['acs:ram::1:role/plain'])
  })
})
