import { toSeconds } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { page } from '../../paging.ts'
import type { State } from '../../state.ts'
import { diskOf } from '../disk/find.ts'
import type { Disk } from '../records.ts'
import { shownTags, tagTest } from '../tags.ts'
import { equalities, named, passes, type Test } from '../values.ts'
import { policyOf } from './policies.ts'
import type { AutoSnapshotPolicy } from './records.ts'
import { awaitNextRun, disksUnder } from './schedule.ts'

const mostDisksAtOnce = 100
const mostPoliciesOfDisk = 10

function disksNamed(ids: readonly string[], context: Context): readonly Disk[] {
  demand(ids.length >= 1 && ids.length <= mostDisksAtOnce, 'ParameterInvalid', `From 1 to ${mostDisksAtOnce} diskIds can be given.`, 403)
  return [...new Set(ids)].map((id) => diskOf(id, context))
}

/** Puts disks under a policy, beside those they are under already. */
export const ApplyAutoSnapshotPolicy = ecs('ApplyAutoSnapshotPolicy', ['autoSnapshotPolicyId', 'diskIds'], (input, context) => {
  const { state } = context
  const policy = policyOf(input.autoSnapshotPolicyId, context)
  demand(policy.associationType === 'AssociatedWithDisk', 'ParameterInvalid', 'The specified policy goes by tags.', 403)
  for (const disk of disksNamed(input.diskIds, context)) {
    const ids = new Set([...(disk.autoSnapshotPolicyIds ?? []), policy.id])
    // With which code an eleventh is refused is unconfirmed.
    demand(ids.size <= mostPoliciesOfDisk, 'AutoSnapshotPolicy.QuotaExceed', `A disk is under at most ${mostPoliciesOfDisk} policies.`, 403)
    state.disks.put({ ...disk, autoSnapshotPolicyIds: [...ids] })
  }
  awaitNextRun(policy, context)
  return {}
})

/** Takes disks out from under one policy, or from all of them. */
export const CancelAutoSnapshotPolicy = ecs('CancelAutoSnapshotPolicy', ['autoSnapshotPolicyId', 'diskIds'], (input, context) => {
  const { state } = context
  const policy = input.autoSnapshotPolicyId ? policyOf(input.autoSnapshotPolicyId, context) : undefined
  for (const disk of disksNamed(input.diskIds, context)) {
    const before = disk.autoSnapshotPolicyIds ?? []
    state.disks.put({ ...disk, autoSnapshotPolicyIds: policy ? before.filter((id) => id !== policy.id) : [] })
    for (const id of before) {
      const left = state.autoSnapshotPolicies.get(id)
      if (left) awaitNextRun(left, context)
    }
  }
  return {}
})

const asTexts = (numbers: readonly number[]) => JSON.stringify(numbers.map(String))
const days = (retentionDays: number | undefined) => retentionDays ?? -1

function view(policy: AutoSnapshotPolicy, state: State) {
  const copies = policy.copyRegionIds.length > 0
  return {
    AutoSnapshotPolicyId: policy.id,
    AutoSnapshotPolicyName: policy.name,
    RegionId: policy.regionId,
    Status: 'Normal',
    Type: 'Custom',
    AssociationType: policy.associationType,
    TimePoints: asTexts(policy.timePoints),
    RepeatWeekdays: asTexts(policy.repeatWeekdays),
    RetentionDays: days(policy.retentionDays),
    DiskNums: disksUnder(policy, state).length,
    VolumeNums: 0,
    CreationTime: toSeconds(policy.createdAt),
    EnableCrossRegionCopy: copies,
    // Terraform's provider reads JSON where the field is there, so without copies it is not.
    ...(copies && {
      TargetCopyRegions: JSON.stringify(policy.copyRegionIds),
      CopyEncryptionConfiguration: { Encrypted: policy.copiesEncrypted, KMSKeyId: policy.copiesKmsKeyId },
    }),
    CopiedSnapshotsRetentionDays: days(policy.copiesRetentionDays),
    ResourceGroupId: policy.resourceGroupId,
    Tags: shownTags(policy.tags),
    TargetTags: { TargetTag: policy.targetTags.map(({ key, value }) => ({ TagKey: key, TagValue: value })) },
  }
}

export const DescribeAutoSnapshotPolicyEx = ecs(
  'DescribeAutoSnapshotPolicyEx',
  ['AutoSnapshotPolicyId', 'AutoSnapshotPolicyName', 'ResourceGroupId', 'Tag', 'PageNumber', 'PageSize'],
  (input, { state, accountId, regionId }) => {
    const tests: Test<AutoSnapshotPolicy>[] = [
      named(input.AutoSnapshotPolicyName, (policy) => policy.name),
      tagTest(input.Tag),
      ...equalities<AutoSnapshotPolicy, typeof input>(input, { ResourceGroupId: (policy) => policy.resourceGroupId }),
    ]
    const ids = input.AutoSnapshotPolicyId ? [input.AutoSnapshotPolicyId] : undefined
    const found = state.autoSnapshotPolicies.list({ accountId, regionId, ids, where: passes(tests) })
    const { rows, fields } = page(found, input, { maxSize: 100 })
    const { NextToken: _token, ...numbers } = fields
    return { AutoSnapshotPolicies: { AutoSnapshotPolicy: rows.map((policy) => view(policy, state)) }, ...numbers }
  },
)

export const DescribeAutoSnapshotPolicyAssociations = ecs(
  'DescribeAutoSnapshotPolicyAssociations',
  ['AutoSnapshotPolicyId', 'DiskId', 'NextToken', 'MaxResults'],
  (input, { state, accountId, regionId }) => {
    const ids = input.AutoSnapshotPolicyId ? [input.AutoSnapshotPolicyId] : undefined
    const pairs = state.autoSnapshotPolicies
      .select({ accountId, regionId, ids })
      .flatMap((policy) => disksUnder(policy, state).map((disk) => ({ AutoSnapshotPolicyId: policy.id, DiskId: disk.id })))
      .filter((pair) => !input.DiskId || pair.DiskId === input.DiskId)
    const { rows, fields } = page(pairs, { ...input, MaxResults: input.MaxResults ?? 10 }, { maxSize: 100 })
    return { AutoSnapshotPolicyAssociations: { AutoSnapshotPolicyAssociation: rows }, NextToken: fields.NextToken }
  },
)
