import { instanceTypeOf } from '../../../api/instance-types.ts'
import { regionFacts } from '../../../api/regions.ts'
import { toSeconds } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { page } from '../../paging.ts'
import { listed } from '../../rows.ts'
import { shownTags, tagTest } from '../tags.ts'
import { demandOneOf, demandStrictDescription, demandStrictName, equalities, passes } from '../values.ts'
import { reservedOf } from './find.ts'
import type { ReservedInstance } from './records.ts'

const mostIds = 100
const familyOf = (instanceType: string) => instanceTypeOf(instanceType)?.InstanceTypeFamily ?? ''

/** Nobody shares one here, and none is locked. */
const view = (row: ReservedInstance) => ({
  ReservedInstanceId: row.id,
  ReservedInstanceName: row.name,
  Description: row.description,
  RegionId: row.regionId,
  ZoneId: row.zoneId,
  Scope: row.scope,
  InstanceType: row.instanceType,
  InstanceAmount: row.amount,
  Platform: row.platform,
  OfferingType: row.offeringType,
  Status: row.status,
  AllocationStatus: '',
  CreationTime: toSeconds(row.createdAt),
  StartTime: toSeconds(row.startsAt),
  ExpiredTime: toSeconds(row.endsAt),
  ResourceGroupId: row.resourceGroupId,
  OperationLocks: { OperationLock: [] },
  Tags: shownTags(row.tags),
})

export const DescribeReservedInstances = ecs(
  'DescribeReservedInstances',
  [
    'AllocationType',
    'InstanceType',
    'InstanceTypeFamily',
    'LockReason',
    'OfferingType',
    'PageNumber',
    'PageSize',
    'ReservedInstanceId',
    'ReservedInstanceName',
    'Scope',
    'Status',
    'Tag',
    'ZoneId',
  ],
  (input, { state, accountId, regionId }) => {
    const { ReservedInstanceId: ids, Status: statuses, ZoneId, AllocationType } = input
    demandOneOf(AllocationType, ['Normal', 'Shared'], 'AllocationType', 'InvalidAllocationType.ValueNotSupported')
    demandOneOf(input.LockReason, ['financial', 'security'], 'LockReason', 'InvalidParameter')
    demandOneOf(input.Scope, ['Region', 'Zone'], 'Scope', 'InvalidScope.ValueNotSupported', 403)
    const known = !ZoneId || regionFacts(regionId)?.Zones.includes(ZoneId)
    demand(known, 'InvalidZone.NotFound', 'The specified ZoneId does not exist.')
    demand((ids?.length ?? 0) <= mostIds, 'InvalidParameter', `At most ${mostIds} ReservedInstanceId can be given.`)
    const where = passes<ReservedInstance>([
      AllocationType === 'Shared' || input.LockReason ? () => false : undefined,
      statuses?.length ? ({ status }) => statuses.includes(status) : undefined,
      tagTest(input.Tag),
      ...equalities<ReservedInstance, typeof input>(input, {
        InstanceType: (row) => row.instanceType,
        InstanceTypeFamily: (row) => familyOf(row.instanceType),
        OfferingType: (row) => row.offeringType,
        ReservedInstanceName: (row) => row.name,
        Scope: (row) => row.scope,
        ZoneId: (row) => row.zoneId,
      }),
    ])
    const found = state.reservedInstances.list({ accountId, regionId, ids: ids?.length ? ids : undefined, where })
    const { PageNumber = 1, PageSize = 10 } = input
    const { rows, fields } = page(found, { PageNumber, PageSize }, { maxSize: 100 })
    return { ReservedInstances: { ReservedInstance: listed(rows, view) }, TotalCount: fields.TotalCount, PageNumber, PageSize }
  },
)

export const ModifyReservedInstanceAttribute = ecs(
  'ModifyReservedInstanceAttribute',
  ['ReservedInstanceId', 'ReservedInstanceName', 'Description'],
  (input, context) => {
    const row = reservedOf(input.ReservedInstanceId, ['InvalidReservedInstanceId.NotFound', 404], context)
    demandStrictName(input.ReservedInstanceName, 'ReservedInstanceName', 'InvalidParameter.ReservedInstanceName')
    demandStrictDescription(input.Description, 'InvalidDescription.Malformed')
    const { ReservedInstanceName, Description = row.description } = input
    context.state.reservedInstances.put({ ...row, name: ReservedInstanceName || row.name, description: Description })
    return { Code: '200', HttpStatusCode: 200, Message: 'Success' }
  },
)
