import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { demandStatus, diskOf } from '../disk/find.ts'
import { beginTask } from '../task/begin.ts'
import { demandOneOf } from '../values.ts'

/** How long a move takes (unconfirmed). */
const moveMs = 10_000

/**
 * Moves a disk between block storage clusters. There are no dedicated ones here, so that a disk can only be moved within the public one:
 * that is a task, and changes nothing of it. Category and level count for moves between dedicated clusters alone and are checked.
 */
export const ModifyDiskDeployment = ecs(
  'ModifyDiskDeployment',
  ['DiskId', 'StorageClusterId', 'DiskCategory', 'PerformanceLevel'],
  (input, context) => {
    const disk = diskOf(input.DiskId, context)
    demandOneOf(input.DiskCategory, ['cloud_essd'], 'DiskCategory', 'InvalidDiskCategory.ValueNotSupported')
    demandOneOf(input.PerformanceLevel, ['PL0', 'PL1'], 'PerformanceLevel', 'InvalidPerformanceLevel.Malformed')
    // The code is unconfirmed.
    demand(!input.StorageClusterId, 'InvalidStorageClusterId.NotFound', 'The specified StorageClusterId does not exist.')
    demandStatus(disk, 'In_use', 'Available')
    const { id: resourceId, accountId, regionId } = disk
    return { TaskId: beginTask({ accountId, regionId, action: 'ModifyDiskDeployment', resourceId }, moveMs, context).id }
  },
)
