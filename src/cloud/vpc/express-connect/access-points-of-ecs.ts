import type { AccessPointFacts } from '../../../api/access-points.ts'
import { demandOneOf } from '../../ecs/values.ts'
import { ecs } from '../../operation.ts'
import { type FilterFields, filterTest } from '../lists.ts'
import { accessPointPage } from './access-points.ts'

/** Documented nowhere any more; these are what access points can be told apart by (unconfirmed). */
const filters: FilterFields<AccessPointFacts> = {
  AccessPointId: (point) => point.AccessPointId,
  Status: (point) => point.Status,
  Type: () => 'VPC',
}

/** As ECS still has it: with filters, and in English. */
export const DescribeAccessPoints = ecs(
  'DescribeAccessPoints',
  ['Filter.Key', 'Filter.Value', 'Type', 'PageNumber', 'PageSize'],
  (input, { regionId }) => {
    demandOneOf(input.Type, ['VPC'], 'Type', 'InvalidType.Malformd')
    return accessPointPage(regionId, 'en-US', filterTest(input.Filter, filters), input)
  },
)
