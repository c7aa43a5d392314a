import { demand, Fault } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { diskOf, mountsOf } from '../disk/find.ts'
import { instanceOf } from '../instance/power.ts'
import { demandResourceGroup } from '../instance/places.ts'
import type { Disk } from '../records.ts'
import { newTags } from '../tags.ts'
import { demandDescription, demandName } from '../values.ts'
import { removeSnapshot } from './change.ts'
import { demandRetentionDays, demandSnapshotable } from './create.ts'
import { makeSnapshot } from './make.ts'
import { membersOf } from './describe-groups.ts'
import type { SnapshotGroup } from './records.ts'

/** Disks of one group. */
const mostDisks = 16
/** What snapshots of one moment can be made of (unconfirmed). */
const consistentCategories = ['cloud_essd', 'cloud_auto', 'cloud_essd_entry']

interface Chosen {
  readonly InstanceId?: string | undefined
  readonly DiskId?: readonly string[] | undefined
  readonly ExcludeDiskId?: readonly string[] | undefined
}

/** The disks named, or all of an instance's but those left out. */
function disksOf({ InstanceId, DiskId = [], ExcludeDiskId = [] }: Chosen, context: Context): readonly Disk[] {
  demand(InstanceId || DiskId.length > 0, 'MissingParameter', 'One of InstanceId and DiskId.N must be given.')
  demand(DiskId.length === 0 || ExcludeDiskId.length === 0, 'InvalidParameter', 'DiskId.N and ExcludeDiskId.N cannot both be given.')
  const ids = new Set(InstanceId ? context.state.disks.by('instance', instanceOf(InstanceId, context).id).map((disk) => disk.id) : [])
  const there = !InstanceId || DiskId.every((id) => ids.has(id))
  demand(there, 'DiskId.ValueNotSupported', 'A specified disk is not attached to the specified instance.')
  const wanted = DiskId.length > 0 ? new Set(DiskId) : new Set([...ids].filter((id) => !ExcludeDiskId.includes(id)))
  demand(wanted.size >= 1 && wanted.size <= mostDisks, 'InvalidParameter', `From 1 to ${mostDisks} disks make a snapshot group.`)
  const disks = [...wanted].map((id) => diskOf(id, context))
  demand(new Set(disks.map((disk) => disk.zoneId)).size === 1, 'InvalidParameter', 'The specified disks are not in one zone.')
  for (const disk of disks) {
    demand(!disk.multiAttach, 'InvalidOperation.MultiAttachDisk', 'The operation is not for disks that can be attached to several.', 403)
    const fits = consistentCategories.includes(disk.category)
    demand(fits, 'DiskCategory.OperationNotSupported', 'The category of a specified disk does not support this operation.', 400)
    demandSnapshotable(disk, context)
  }
  return disks
}

/** Begins snapshots of several disks as of one moment. */
export const CreateSnapshotGroup = ecs(
  'CreateSnapshotGroup',
  ['InstanceId', 'DiskId', 'ExcludeDiskId', 'Name', 'Description', 'InstantAccess', 'InstantAccessRetentionDays', 'ResourceGroupId', 'Tag'],
  (input, context) => {
    const { state, random, now, accountId, regionId } = context
    demandName(input.Name, 'Name', 'InvalidParameter.Name')
    demandDescription(input.Description, 'Description', 'InvalidDescription.Malformed', 404)
    demandRetentionDays(input.InstantAccessRetentionDays, 'InstantAccessRetentionDays')
    demandResourceGroup(input.ResourceGroupId)
    const disks = disksOf(input, context)
    const [resourceGroupId, tags, description] = [input.ResourceGroupId ?? '', newTags(input.Tag), input.Description ?? '']
    const instanceId = input.InstanceId || (mountsOf(disks[0] as Disk)[0]?.instanceId ?? '')
    const id = newId('ssg', regionId, random)
    state.snapshotGroups.put({
      id,
      accountId,
      regionId,
      name: input.Name ?? '',
      description,
      instanceId,
      createdAt: now,
      resourceGroupId,
      tags,
    })
    const asked = {
      snapshotName: input.Name ?? '',
      description,
      snapshotType: 'user',
      retentionDays: undefined,
      instantAccess: input.InstantAccess === true,
      instantAccessRetentionDays: input.InstantAccess ? input.InstantAccessRetentionDays : undefined,
      resourceGroupId,
      tags,
      groupId: id,
    } as const
    for (const disk of disks) makeSnapshot(disk, asked, context)
    return { SnapshotGroupId: id }
  },
)

/** @throws Fault InvalidParameter.SnapshotGroupId.NotFound (the code is unconfirmed) */
function groupOf(id: string, context: Context): SnapshotGroup {
  const group = owned(context.state.snapshotGroups.get(id), context)
  demand(group, 'InvalidParameter.SnapshotGroupId.NotFound', 'The specified SnapshotGroupId does not exist.', 404)
  return group
}

export const ModifySnapshotGroup = ecs('ModifySnapshotGroup', ['SnapshotGroupId', 'Name', 'Description'], (input, context) => {
  const group = groupOf(input.SnapshotGroupId, context)
  demandName(input.Name, 'Name', 'InvalidParameter.Name')
  demandDescription(input.Description, 'Description', 'InvalidDescription.Malformed')
  context.state.snapshotGroups.put({ ...group, name: input.Name || group.name, description: input.Description ?? group.description })
  return {}
})

/** Deletes a group and the snapshots in it. Those that something was made of stay, and the group with them; the answer tells which. */
export const DeleteSnapshotGroup = ecs('DeleteSnapshotGroup', ['SnapshotGroupId'], ({ SnapshotGroupId }, context) => {
  const group = groupOf(SnapshotGroupId, context)
  const responses = membersOf(group, context.state).map((snapshot) => {
    const RelatedItemSet = { RelatedItem: [{ Name: 'SnapshotId', Value: snapshot.id }] }
    try {
      removeSnapshot(snapshot, false, context)
      return { OperationStatus: 'Success', ErrorCode: '', ErrorMsg: '', RelatedItemSet }
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      return { OperationStatus: 'Failed', ErrorCode: error.code, ErrorMsg: error.message, RelatedItemSet }
    }
  })
  if (membersOf(group, context.state).length === 0) context.state.snapshotGroups.delete(group.id)
  return { OperationProgressSet: { OperationProgress: responses } }
})
