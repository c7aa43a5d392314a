import { describe, expect, it } from 'vitest'
import { accessPoints } from '../../../api/access-points.ts'
import { catalogue } from '../../../api/catalogue.ts'
import { regions } from '../../../api/regions.ts'
import { strays } from '../../strays.ts'
import { testCloud } from '../../testing.ts'

const inVpc = { product: 'vpc' } as const

describe('access points', () => {
  it('are told in the language asked for, page by page', async () => {
    const { call, refusal } = await testCloud()
    const answer = await call('DescribeAccessPoints', { PageSize: 3 }, inVpc)
    expect(answer).toMatchObject({ TotalCount: 4, PageNumber: 1, PageSize: 3 })
    expect(answer.AccessPointSet.AccessPointType).toHaveLength(3)
    const [first] = answer.AccessPointSet.AccessPointType
    expect(first).toMatchObject({ AccessPointId: 'ap-cn-hangzhou-yh-B', Status: 'recommended', Location: 'Hangzhou', Type: 'VPC' })
    expect(first.AttachedRegionNo).toBe('cn-hangzhou')
    const chinese = await call('DescribeAccessPoints', { AcceptLanguage: 'zh-CN' }, inVpc)
    expect(chinese.AccessPointSet.AccessPointType[0]).toMatchObject({ Location: '杭州', Name: '杭州-余杭-B', HostOperator: '中国电信' })
    expect((await refusal('DescribeAccessPoints', { AcceptLanguage: 'tlh' }, inVpc)).code).toBe('InvalidParameter')
    expect(strays(answer, catalogue('vpc').get('DescribeAccessPoints')?.output, 'points')).toEqual([])
  })

  it('are found through ECS by what they are', async () => {
    const { call, refusal } = await testCloud()
    const found = async (input: object) => (await call('DescribeAccessPoints', input)).TotalCount
    expect(await found({ Type: 'VPC', Filter: [{ Key: 'Status', Value: ['full', 'disabled'] }] })).toBe(2)
    expect(await found({ Filter: [{ Key: 'AccessPointId', Value: ['ap-cn-hangzhou-yh-C'] }] })).toBe(1)
    expect((await refusal('DescribeAccessPoints', { Type: 'Road' })).code).toBe('InvalidType.Malformd')
  })

  it('are in every region, with every port at one of them that takes lines', () => {
    for (const regionId of regions().keys()) {
      const here = [...accessPoints().values()].filter((point) => point.AttachedRegionNo === regionId && point.Status === 'recommended')
      expect(here.some(({ ports }) => ports.length === 7)).toBe(true)
    }
  })
})
