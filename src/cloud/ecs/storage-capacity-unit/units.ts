import { toSeconds } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { page } from '../../paging.ts'
import { listed } from '../../rows.ts'
import { orderId, periodEnd } from '../instance/charge.ts'
import { demandResourceGroup } from '../instance/places.ts'
import { newTags, shownTags, tagTest } from '../tags.ts'
import { beginVoucher, toldStart } from '../term-life.ts'
import { demandOneOf, demandStrictDescription, demandStrictName, equalities, passes } from '../values.ts'
import type { StorageCapacityUnit } from './records.ts'

const mostUnits = 20
const mostIds = 100
/** A unit begins at most so many days after it was bought. */
const mostAheadMs = 180 * 86_400_000
/** GiB. The documentation of the purchase says 5210 and 52100, all else 5120 and 51200. */
const capacities = [20, 40, 100, 200, 500, 1024, 2048, 5120, 10_240, 20_480, 51_200]
const lengths: ReadonlyMap<string, readonly number[]> = new Map([
  ['Month', [1, 2, 3, 6]],
  ['Year', [1, 3, 5]],
])
const statuses = ['Creating', 'Pending', 'Active', 'Expired']

/** @throws Fault InvalidParameter.CapacityExceed for more than there is, InvalidParameter.Capacity for what is no step */
function demandCapacity(capacity: number): void {
  demand(capacity <= Math.max(...capacities), 'InvalidParameter.CapacityExceed', 'The specified Capacity is too large.')
  demand(capacities.includes(capacity), 'InvalidParameter.Capacity', 'The specified Capacity is not valid.')
}

/** @throws Fault InvalidParameter.Name, InvalidDescription.Malformed (which code a description is refused by is unconfirmed) */
function demandTexts(name: string | undefined, description: string | undefined): void {
  demandStrictName(name, 'Name', 'InvalidParameter.Name')
  demandStrictDescription(description, 'InvalidDescription.Malformed')
}

/** FromApp shows in no answer. */
export const PurchaseStorageCapacityUnit = ecs(
  'PurchaseStorageCapacityUnit',
  ['Amount', 'Capacity', 'Description', 'FromApp', 'Name', 'Period', 'PeriodUnit', 'ResourceGroupId', 'StartTime', 'Tag'],
  (input, context) => {
    const { state, accountId, regionId, random, now } = context
    const { Amount: amount = 1, Capacity: capacity, Period: period = 1, PeriodUnit, Name, Description } = input
    // Which code a wrong amount is refused by is unconfirmed.
    const few = Number.isInteger(amount) && amount >= 1 && amount <= mostUnits
    demand(few, 'InvalidParameter', `From 1 to ${mostUnits} storage capacity units can be bought at once.`)
    demandCapacity(capacity)
    demandTexts(Name, Description)
    const unit = PeriodUnit || 'Month'
    const known = lengths.get(unit)
    demand(known, 'InvalidParameter.PeriodUnit', 'The specified PeriodUnit is not valid.')
    demand(known.includes(period), 'InvalidParameter.Period', 'The specified Period is not valid.')
    const startsAt = toldStart(input.StartTime, now, mostAheadMs) ?? now
    const rest = {
      accountId,
      regionId,
      name: Name ?? '',
      description: Description ?? '',
      capacity,
      status: 'Creating',
      startsAt,
      endsAt: periodEnd(startsAt, period, unit),
      createdAt: now,
      resourceGroupId: demandResourceGroup(input.ResourceGroupId),
      tags: newTags(input.Tag),
    } as const
    const units = Array.from({ length: amount }, () => state.storageCapacityUnits.put({ ...rest, id: newId('scu', regionId, random) }))
    for (const row of units) {
      beginVoucher('scu', row, context)
      context.schedule('scu.ended', row.id, row.endsAt - now)
    }
    return { OrderId: orderId(context), StorageCapacityUnitIds: { StorageCapacityUnitId: units.map(({ id }) => id) } }
  },
)

const view = (row: StorageCapacityUnit) => ({
  StorageCapacityUnitId: row.id,
  Name: row.name,
  Description: row.description,
  RegionId: row.regionId,
  Capacity: row.capacity,
  Status: row.status,
  AllocationStatus: '',
  CreationTime: toSeconds(row.createdAt),
  StartTime: toSeconds(row.startsAt),
  ExpiredTime: toSeconds(row.endsAt),
  Tags: shownTags(row.tags),
})

/** Nobody shares a unit here. */
export const DescribeStorageCapacityUnits = ecs(
  'DescribeStorageCapacityUnits',
  ['AllocationType', 'Capacity', 'Name', 'PageNumber', 'PageSize', 'Status', 'StorageCapacityUnitId', 'Tag'],
  (input, { state, accountId, regionId }) => {
    const { StorageCapacityUnitId: ids, Status: asked, AllocationType, PageNumber = 1, PageSize = 10 } = input
    demandOneOf(AllocationType, ['Normal', 'Shared'], 'AllocationType', 'InvalidAllocationType.ValueNotSupported')
    demandStrictName(input.Name, 'Name', 'InvalidParameter.Name')
    if (input.Capacity !== undefined) demandCapacity(input.Capacity)
    demand((ids?.length ?? 0) <= mostIds, 'InvalidParameter', `At most ${mostIds} StorageCapacityUnitId can be given.`)
    for (const status of asked ?? []) demandOneOf(status, statuses, 'Status', 'InvalidParameter')
    const where = passes<StorageCapacityUnit>([
      AllocationType === 'Shared' ? () => false : undefined,
      asked?.length ? ({ status }) => asked.includes(status) : undefined,
      tagTest(input.Tag),
      ...equalities<StorageCapacityUnit, typeof input>(input, { Capacity: (row) => row.capacity, Name: (row) => row.name }),
    ])
    const found = state.storageCapacityUnits.list({ accountId, regionId, ids: ids?.length ? ids : undefined, where })
    const { rows, fields } = page(found, { PageNumber, PageSize }, { maxSize: 100 })
    return { StorageCapacityUnits: { StorageCapacityUnit: listed(rows, view) }, TotalCount: fields.TotalCount, PageNumber, PageSize }
  },
)

/** The caller's unit of that id (which code an unknown one is refused by is unconfirmed). */
function unitOf(id: string, context: Context): StorageCapacityUnit {
  const row = owned(context.state.storageCapacityUnits.get(id), context)
  demand(row, 'InvalidStorageCapacityUnitId.NotFound', 'The specified StorageCapacityUnitId does not exist.')
  return row
}

export const ModifyStorageCapacityUnitAttribute = ecs(
  'ModifyStorageCapacityUnitAttribute',
  ['StorageCapacityUnitId', 'Name', 'Description'],
  (input, context) => {
    const row = unitOf(input.StorageCapacityUnitId, context)
    const { Name, Description = row.description } = input
    demandTexts(Name, Description)
    context.state.storageCapacityUnits.put({ ...row, name: Name || row.name, description: Description })
    return {}
  },
)
