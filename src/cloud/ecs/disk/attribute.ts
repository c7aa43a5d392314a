import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { demandDescription, demandName } from '../values.ts'
import { demandKeepable } from './attach.ts'
import { diskOf } from './find.ts'
import { demandAutoOptions } from './performance.ts'

const mostAtOnce = 100

/** Changes what is given and leaves the rest, of one disk or of up to a hundred. */
export const ModifyDiskAttribute = ecs(
  'ModifyDiskAttribute',
  ['DiskId', 'DiskIds', 'DiskName', 'Description', 'DeleteWithInstance', 'DeleteAutoSnapshot', 'EnableAutoSnapshot', 'BurstingEnabled'],
  (input, context) => {
    const ids = [...new Set([...(input.DiskId ? [input.DiskId] : []), ...(input.DiskIds ?? [])])]
    demand(
      ids.length > 0 && !(input.DiskId && input.DiskIds?.length),
      'IncompleteParamter',
      'Either DiskId or DiskIds.N must be given.',
      400,
    )
    demand(ids.length <= mostAtOnce, 'InvalidParameter', `At most ${mostAtOnce} DiskIds can be given.`)
    const { DiskName, Description, DeleteWithInstance, DeleteAutoSnapshot, EnableAutoSnapshot, BurstingEnabled } = input
    const given = [DiskName, Description, DeleteWithInstance, DeleteAutoSnapshot, EnableAutoSnapshot, BurstingEnabled]
    demand(
      given.some((value) => value !== undefined),
      'NoAttributeToModify',
      'No attribute to be modified in this request.',
      400,
    )
    demandName(DiskName, 'DiskName', 'InvalidDiskName.Malformed')
    demandDescription(Description, 'Description', 'InvalidDescription.Malformed', 404)
    for (const id of ids) {
      const disk = diskOf(id, context)
      demandKeepable(disk, DeleteWithInstance)
      demandAutoOptions(disk.category, disk.size, { BurstingEnabled })
      context.state.disks.put({
        ...disk,
        diskName: DiskName || disk.diskName,
        description: Description ?? disk.description,
        deleteWithInstance: DeleteWithInstance ?? disk.deleteWithInstance,
        deleteAutoSnapshot: DeleteAutoSnapshot ?? disk.deleteAutoSnapshot,
        enableAutoSnapshot: EnableAutoSnapshot ?? disk.enableAutoSnapshot,
        ...(BurstingEnabled !== undefined && { burstingEnabled: BurstingEnabled }),
      })
    }
    return {}
  },
)
