import { toSeconds } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { page } from '../../paging.ts'
import type { State } from '../../state.ts'
import type { Tag } from '../../vpc/records.ts'
import { tagTest } from '../tags.ts'
import { equalities, named, passes, type Test } from '../values.ts'
import type { Snapshot, SnapshotGroup } from './records.ts'
import { progressOf } from './view.ts'

/** The snapshots of a group that are still there. */
export const membersOf = (group: SnapshotGroup, state: State): readonly Snapshot[] => state.snapshots.by('group', group.id)

/** A group is as far as the one of its snapshots that is least far. */
function statusOf(group: SnapshotGroup, state: State): Snapshot['status'] {
  const statuses = membersOf(group, state).map((snapshot) => snapshot.status)
  return statuses.includes('failed') ? 'failed' : statuses.includes('progressing') ? 'progressing' : 'accomplished'
}

/** Key and Value here, where every other answer says TagKey and TagValue. */
const keysAndValues = (tags: readonly Tag[]) => ({ Tag: tags.map(({ key, value }) => ({ Key: key, Value: value })) })

function view(group: SnapshotGroup, state: State, now: number) {
  const members = membersOf(group, state)
  const least = Math.min(100, ...members.map((snapshot) => progressOf(snapshot, now).percent))
  return {
    SnapshotGroupId: group.id,
    Name: group.name,
    Description: group.description,
    InstanceId: group.instanceId,
    Status: statusOf(group, state),
    ProgressStatus: `${least}%`,
    CreationTime: toSeconds(group.createdAt),
    ResourceGroupId: group.resourceGroupId,
    Tags: keysAndValues(group.tags),
    Snapshots: {
      Snapshot: members.map((snapshot) => ({
        SnapshotId: snapshot.id,
        SourceDiskId: snapshot.sourceDiskId,
        SourceDiskType: snapshot.sourceDiskType,
        Progress: `${progressOf(snapshot, now).percent}%`,
        Available: snapshot.status === 'accomplished' || snapshot.instantAccess,
        InstantAccess: snapshot.instantAccess,
        InstantAccessRetentionDays: snapshot.instantAccessRetentionDays ?? 0,
        Tags: keysAndValues(snapshot.tags),
      })),
    },
  }
}

export const DescribeSnapshotGroups = ecs(
  'DescribeSnapshotGroups',
  ['SnapshotGroupId', 'InstanceId', 'Name', 'Status', 'ResourceGroupId', 'Tag', 'NextToken', 'MaxResults'],
  (input, { state, accountId, regionId, now }) => {
    const statuses = input.Status ?? []
    const known = statuses.every((status) => ['progressing', 'accomplished', 'failed'].includes(status))
    demand(known, 'InvalidStatus.ValueNotSupported', 'The specified Status is not supported.', 403)
    const tests: Test<SnapshotGroup>[] = [
      named(input.Name, (group) => group.name),
      tagTest(input.Tag),
      statuses.length > 0 ? (group) => statuses.includes(statusOf(group, state)) : undefined,
      ...equalities<SnapshotGroup, typeof input>(input, {
        InstanceId: (group) => group.instanceId,
        ResourceGroupId: (group) => group.resourceGroupId,
      }),
    ]
    const ids = input.SnapshotGroupId?.length ? input.SnapshotGroupId : undefined
    const found = state.snapshotGroups.list({ accountId, regionId, ids, where: passes(tests) })
    const { rows, fields } = page(found, { ...input, MaxResults: input.MaxResults ?? 10 }, { maxSize: 100, maxResults: [1, 100] })
    return { SnapshotGroups: { SnapshotGroup: rows.map((group) => view(group, state, now)) }, NextToken: fields.NextToken }
  },
)
