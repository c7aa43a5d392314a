import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { orderId } from '../instance/charge.ts'
import type { Disk } from '../records.ts'
import { beginTask } from '../task/begin.ts'
import { demandOneOf } from '../values.ts'
import { demandNoSnapshot, demandStatus, diskOf } from './find.ts'
import { durations } from './lifecycles.ts'
import { demandAutoOptions } from './performance.ts'
import { performanceLevels, sizeRange } from './sizes.ts'

/** What a disk can become; those that are not listed become nothing else (unconfirmed). */
const becomes: Readonly<Record<string, readonly string[]>> = {
  cloud_efficiency: ['cloud_ssd', 'cloud_essd', 'cloud_auto'],
  cloud_ssd: ['cloud_essd', 'cloud_auto'],
  cloud_essd_entry: ['cloud_essd', 'cloud_auto'],
  cloud_essd: ['cloud_auto'],
  cloud_auto: ['cloud_essd'],
}

/** After a change the next one has to wait; how long is unconfirmed. */
const coolingMs = 300_000

/** A size that is not enough for a level or a category refuses it. */
function demandSize(disk: Disk, category: string, performanceLevel: string): void {
  const { least, most } = sizeRange(disk.type, category, performanceLevel)
  const fits = disk.size >= least && disk.size <= most
  demand(fits, 'OperationDenied.PerformanceLevelNotMatch', 'The disk size does not fit the performance level or the category.', 403)
}

/** Turns a disk into one of another category or level; that takes a while. */
export const ModifyDiskSpec = ecs('ModifyDiskSpec', ['DiskId', 'DiskCategory', 'PerformanceLevel', 'ProvisionedIops'], (input, context) => {
  const { state, now } = context
  const disk = diskOf(input.DiskId, context)
  demandOneOf(input.DiskCategory, Object.keys(becomes), 'DiskCategory', 'InvalidDiskCategory.ValueNotSupported')
  demandOneOf(input.PerformanceLevel, performanceLevels, 'PerformanceLevel', 'InvalidPerformanceLevel.Malformed')
  demand(!disk.multiAttach, 'InvalidOperation.MultiAttachDisk', 'The operation is not for disks that can be attached to several.', 403)
  demandStatus(disk, 'In_use', 'Available')
  demandNoSnapshot(disk, state)
  demand(!disk.becoming, 'Throttling.ConcurrentLimitExceeded', 'The disk is being changed already.')
  const cool = disk.specChangedAt === undefined || now - disk.specChangedAt >= coolingMs
  demand(cool, 'DiskInCoolingPeriod', 'The disk was changed a moment ago and cannot be changed again yet.')
  const category = input.DiskCategory || disk.category
  const known = category === disk.category || becomes[disk.category]?.includes(category)
  demand(known, 'OperationDenied', `A disk of the category ${disk.category} cannot become one of ${category}.`)
  const byDefault = disk.category === 'cloud_essd' ? disk.performanceLevel : 'PL1'
  const performanceLevel = category === 'cloud_essd' ? input.PerformanceLevel || byDefault : ''
  demand(
    category === 'cloud_essd' || !input.PerformanceLevel,
    'OperationDenied',
    'A PerformanceLevel is for disks of the category cloud_essd.',
  )
  demandSize(disk, category, performanceLevel)
  demandAutoOptions(category, disk.size, input)
  const provisionedIops = category === 'cloud_auto' ? (input.ProvisionedIops ?? disk.provisionedIops ?? 0) : 0
  const same = category === disk.category && performanceLevel === disk.performanceLevel && provisionedIops === (disk.provisionedIops ?? 0)
  demand(!same, 'OperationDenied', 'The disk is what it is to become.')
  state.disks.put({ ...disk, becoming: { category, performanceLevel, provisionedIops }, specChangedAt: now })
  context.schedule('disk.respecified', disk.id, durations.spec)
  return {
    TaskId: beginTask(
      { accountId: disk.accountId, regionId: disk.regionId, action: 'ModifyDiskSpec', resourceId: disk.id },
      durations.spec,
      context,
    ).id,
    ...(disk.diskChargeType === 'PrePaid' && { OrderId: orderId(context) }),
  }
})

const mostAtOnce = 16

/** Lets data disks of a subscription instance be paid for with it, or by use again. */
export const ModifyDiskChargeType = ecs(
  'ModifyDiskChargeType',
  ['InstanceId', 'DiskIds', 'DiskChargeType', 'AutoPay'],
  ({ InstanceId, DiskIds, DiskChargeType, AutoPay }, context) => {
    const { state } = context
    const wanted = DiskChargeType || 'PrePaid'
    const instance = owned(state.instances.get(InstanceId), context)
    demand(instance, 'InvalidInstanceId.NotFound', 'The specified InstanceId does not exist.', 400)
    demand(wanted === 'PrePaid' || wanted === 'PostPaid', 'InvalidParameter', 'The specified DiskChargeType is not valid.')
    demand(
      instance.instanceChargeType === 'PrePaid',
      'ChargeTypeViolation',
      'The operation is not permitted due to charge type of the instance.',
    )
    // An order that is not paid at once is still to be paid; what it changes, it changes then.
    const paid = AutoPay !== false
    demand(DiskIds.length >= 1 && DiskIds.length <= mostAtOnce, 'InvalidParameter', `From 1 to ${mostAtOnce} DiskIds can be given.`)
    for (const id of DiskIds) {
      const disk = state.disks.get(id)
      const there = disk?.accountId === context.accountId && disk.regionId === instance.regionId && disk.type === 'data'
      demand(there, 'InvalidDiskIds.NotFound', 'A specified disk does not exist.', 404)
      demand(!disk.multiAttach, 'InvalidOperation.MultiAttachDisk', 'The operation is not for disks that can be attached to several.', 403)
      const attached = disk.instanceId === instance.id && disk.status === 'In_use'
      demand(attached, 'InvalidDiskIds.NotPortable', 'A specified disk is not attached to the instance.', 404)
      const prePaid = wanted === 'PrePaid'
      if (paid)
        state.disks.put({ ...disk, diskChargeType: wanted, portable: !prePaid, expiresAt: prePaid ? instance.expiresAt : undefined })
    }
    return { OrderId: orderId(context) }
  },
)
