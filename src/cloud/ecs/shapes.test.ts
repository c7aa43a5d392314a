import { describe, expect, it } from 'vitest'
import { catalogue } from '../../api/catalogue.ts'
import { isList, isObject, mapValue, type Shape } from '../../api/shape.ts'
import { testCloud } from '../testing.ts'

/** Where a value strays from a shape: fields it does not have, and types that differ. */
function strays(value: unknown, shape: Shape | undefined, path: string): string[] {
  if (shape === undefined) return [`${path} is unknown`]
  if (isList(shape)) return Array.isArray(value) ? value.flatMap((item) => strays(item, shape[0], path)) : [`${path} is not a list`]
  if (!isObject(shape)) return shape === 'any' || typeof value === shape ? [] : [`${path} is not a ${shape}`]
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path} is not an object`]
  return Object.entries(value).flatMap(([name, field]) => strays(field, shape[name] ?? mapValue(shape), `${path}.${name}`))
}

describe('an answer of ECS', () => {
  it.each([
    ['DescribeRegions', {}],
    ['DescribeZones', {}],
    ['DescribeInstanceTypes', {}],
    ['DescribeInstanceTypeFamilies', {}],
    ['DescribeImages', { PageSize: 100 }],
    ['DescribeInstances', { PageSize: 100 }],
    ['DescribeInstances', { MaxResults: 100, AdditionalAttributes: ['META_OPTIONS'] }],
    ['DescribeInstanceStatus', { PageSize: 50 }],
    ['DescribeDisks', { PageSize: 100 }],
    ['DescribeSecurityGroups', {}],
    ['DescribePrice', { InstanceType: 'ecs.g7.large', PriceUnit: 'Year' }],
    ['DescribeSpotPriceHistory', { InstanceType: 'ecs.g7.large', NetworkType: 'vpc' }],
    ['DescribeSpotAdvice', { Cores: 2 }],
    ['DescribeAvailableResource', { DestinationResource: 'SystemDisk', InstanceType: 'ecs.g7.large' }],
    ['DescribeRecommendInstanceType', { NetworkType: 'vpc', Cores: 2 }],
    ['DescribeAccountAttributes', {}],
  ])('of %s with %j has the fields and types of its catalogue and no others', async (action, input) => {
    const { call } = await testCloud({ seed: 'demo' })
    const found = strays(await call(action, input), catalogue('ecs').get(action)?.output, action)
    expect([...new Set(found)]).toEqual([])
  })

  it('of a call that names one resource has them too', async () => {
    const { call } = await testCloud({ seed: 'demo' })
    const { InstanceId, SecurityGroupIds } = (await call('DescribeInstances')).Instances.Instance[0]
    const SecurityGroupId = SecurityGroupIds.SecurityGroupId[0]
    const operations = catalogue('ecs')
    const found = [
      ...strays(await call('DescribeInstanceAttribute', { InstanceId }), operations.get('DescribeInstanceAttribute')?.output, 'instance'),
      ...strays(
        await call('DescribeSecurityGroupAttribute', { SecurityGroupId }),
        operations.get('DescribeSecurityGroupAttribute')?.output,
        'group',
      ),
    ]
    expect([...new Set(found)]).toEqual([])
  })
})
