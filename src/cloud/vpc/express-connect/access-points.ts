import { type AccessPointFacts, accessPoints } from '../../../api/access-points.ts'
import { demandOneOf, type Test } from '../../ecs/values.ts'
import { vpc } from '../../operation.ts'
import type { PageInput } from '../../paging.ts'
import { numberedPage } from '../lists.ts'

/** One page of the access points of a region, in a language. Which there are is a model (`api/access-points.json`). */
export function accessPointPage(regionId: string, language: string, where: Test<AccessPointFacts>, input: PageInput) {
  const text = (texts: Readonly<Record<string, string>>) => texts[language] ?? ''
  const found = [...accessPoints().values()].filter((point) => point.AttachedRegionNo === regionId && (where === undefined || where(point)))
  const { rows, counts } = numberedPage(found, input)
  const view = (point: AccessPointFacts) => ({
    AccessPointId: point.AccessPointId,
    AttachedRegionNo: point.AttachedRegionNo,
    Name: text(point.Name),
    Description: text(point.Name),
    Location: text(point.Location),
    HostOperator: text(point.HostOperator),
    Status: point.Status,
    Type: 'VPC',
    AccessPointFeatureModels: { AccessPointFeatureModel: [{ FeatureKey: 'AP_Support_VbrBandwidthLimit', FeatureValue: 'true' }] },
  })
  return { ...counts, AccessPointSet: { AccessPointType: rows.map(view) } }
}

export const DescribeAccessPoints = vpc('DescribeAccessPoints', ['AcceptLanguage', 'PageNumber', 'PageSize'], (input, { regionId }) => {
  demandOneOf(input.AcceptLanguage, ['zh-CN', 'en-US'], 'AcceptLanguage', 'InvalidParameter')
  return accessPointPage(regionId, input.AcceptLanguage || 'en-US', undefined, input)
})
