import { regionFacts } from '../../../api/regions.ts'
import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { demandKey } from '../disk/encryption.ts'
import { demandResourceGroup } from '../instance/places.ts'
import { newTags } from '../tags.ts'
import type { AutoSnapshotPolicy } from './records.ts'
import { awaitNextRun } from './schedule.ts'

/** In a region. */
const mostPolicies = 100
const longestRetentionDays = 65_535
const permanent = -1

/** @throws Fault ParameterInvalid, with status 404 */
export function policyOf(id: string, context: Context): AutoSnapshotPolicy {
  const policy = owned(context.state.autoSnapshotPolicies.get(id), context)
  demand(policy, 'ParameterInvalid', 'The specified autoSnapshotPolicyId does not exist.', 404)
  return policy
}

/** Whole numbers in their order, from a list of texts. */
function numbers(texts: readonly string[], least: number, most: number, parameter: string): readonly number[] {
  const fits = texts.length > 0 && texts.every((text) => /^\d{1,2}$/.test(text) && Number(text) >= least && Number(text) <= most)
  demand(fits && new Set(texts.map(Number)).size === texts.length, 'ParameterInvalid', `The specified ${parameter} is not valid.`, 403)
  return texts.map(Number).toSorted((a, b) => a - b)
}

function retention(days: number, parameter: string): number | undefined {
  const fits = days === permanent || (Number.isInteger(days) && days >= 1 && days <= longestRetentionDays)
  demand(fits, 'ParameterInvalid', `The specified ${parameter} is not valid.`, 403)
  return days === permanent ? undefined : days
}

function nameOf(name: string): string {
  const fits = name === '' || (name.length >= 2 && name.length <= 128 && !/^https?:\/\//.test(name))
  demand(fits, 'ParameterInvalid', 'The specified autoSnapshotPolicyName is not valid.', 403)
  return name
}

/** How many regions a snapshot is copied to (unconfirmed). */
const mostCopies = 1

interface CopyInput {
  readonly EnableCrossRegionCopy?: boolean | undefined
  readonly TargetCopyRegions?: readonly string[] | undefined
  readonly CopiedSnapshotsRetentionDays?: number | undefined
  readonly CopyEncryptionConfiguration?: { readonly Encrypted?: boolean | undefined; readonly KMSKeyId?: string | undefined } | undefined
}

type Copying = Pick<AutoSnapshotPolicy, 'copyRegionIds' | 'copiesRetentionDays' | 'copiesEncrypted' | 'copiesKmsKeyId'>
const noCopies: Copying = { copyRegionIds: [], copiesRetentionDays: undefined, copiesEncrypted: false, copiesKmsKeyId: '' }

/** Where a policy's snapshots are copied to. What is not said stays as it was. */
function copyingOf(input: CopyInput, before: Copying, regionId: string): Copying {
  const { TargetCopyRegions, CopiedSnapshotsRetentionDays: days, CopyEncryptionConfiguration: encryption } = input
  if (input.EnableCrossRegionCopy === false) return noCopies
  const copyRegionIds = TargetCopyRegions ?? before.copyRegionIds
  const on = input.EnableCrossRegionCopy === true || before.copyRegionIds.length > 0
  demand(on || (!TargetCopyRegions?.length && days === undefined), 'ParameterInvalid', 'EnableCrossRegionCopy is not on.', 403)
  if (!on) return noCopies
  const known = copyRegionIds.every((id) => regionFacts(id) !== undefined && id !== regionId)
  const fits = known && copyRegionIds.length >= 1 && copyRegionIds.length <= mostCopies
  demand(fits, 'ParameterInvalid', 'The specified TargetCopyRegions is not valid.', 403)
  demandKey(encryption?.KMSKeyId)
  return {
    copyRegionIds,
    copiesRetentionDays: days === undefined ? before.copiesRetentionDays : retention(days, 'CopiedSnapshotsRetentionDays'),
    copiesEncrypted: encryption?.Encrypted ?? before.copiesEncrypted,
    copiesKmsKeyId: encryption?.KMSKeyId ?? before.copiesKmsKeyId,
  }
}

const copyParameters = [
  'EnableCrossRegionCopy',
  'TargetCopyRegions',
  'CopiedSnapshotsRetentionDays',
  'CopyEncryptionConfiguration.Encrypted',
  'CopyEncryptionConfiguration.KMSKeyId',
] as const

export const CreateAutoSnapshotPolicy = ecs(
  'CreateAutoSnapshotPolicy',
  [
    'autoSnapshotPolicyName',
    'timePoints',
    'repeatWeekdays',
    'retentionDays',
    'AssociationType',
    'TargetTags',
    'ResourceGroupId',
    'Tag',
    ...copyParameters,
  ],
  (input, context) => {
    const { state, random, now, accountId, regionId } = context
    const count = state.autoSnapshotPolicies.select({ accountId, regionId }).length
    demand(count < mostPolicies, 'AutoSnapshotPolicy.QuotaExceed', 'The quota of automatic snapshot policies is exceeded.', 403)
    const associationType = input.AssociationType || 'AssociatedWithDisk'
    const known = associationType === 'AssociatedWithDisk' || associationType === 'AssociatedWithInstanceTag'
    demand(known, 'ParameterInvalid', 'The specified AssociationType is not valid.', 403)
    const targetTags = newTags(input.TargetTags)
    const byTag = associationType === 'AssociatedWithInstanceTag'
    demand(byTag === targetTags.length > 0, 'ParameterInvalid', 'TargetTags goes with the AssociationType AssociatedWithInstanceTag.', 403)
    demandResourceGroup(input.ResourceGroupId)
    const policy = state.autoSnapshotPolicies.put({
      id: newId('sp', regionId, random),
      accountId,
      regionId,
      name: nameOf(input.autoSnapshotPolicyName ?? ''),
      timePoints: numbers(input.timePoints, 0, 23, 'timePoints'),
      repeatWeekdays: numbers(input.repeatWeekdays, 1, 7, 'repeatWeekdays'),
      retentionDays: retention(input.retentionDays, 'retentionDays'),
      ...copyingOf(input, noCopies, regionId),
      associationType,
      targetTags,
      createdAt: now,
      resourceGroupId: input.ResourceGroupId ?? '',
      tags: newTags(input.Tag),
    })
    awaitNextRun(policy, context)
    return { AutoSnapshotPolicyId: policy.id }
  },
)

export const ModifyAutoSnapshotPolicyEx = ecs(
  'ModifyAutoSnapshotPolicyEx',
  ['autoSnapshotPolicyId', 'autoSnapshotPolicyName', 'timePoints', 'repeatWeekdays', 'retentionDays', 'TargetTags', ...copyParameters],
  (input, context) => {
    const policy = policyOf(input.autoSnapshotPolicyId, context)
    const byTag = policy.associationType === 'AssociatedWithInstanceTag'
    demand(byTag || !input.TargetTags?.length, 'ParameterInvalid', 'TargetTags is for policies that go by tags.', 403)
    const changed = context.state.autoSnapshotPolicies.put({
      ...policy,
      name: nameOf(input.autoSnapshotPolicyName ?? policy.name),
      timePoints: input.timePoints ? numbers(input.timePoints, 0, 23, 'timePoints') : policy.timePoints,
      repeatWeekdays: input.repeatWeekdays ? numbers(input.repeatWeekdays, 1, 7, 'repeatWeekdays') : policy.repeatWeekdays,
      retentionDays: input.retentionDays === undefined ? policy.retentionDays : retention(input.retentionDays, 'retentionDays'),
      ...copyingOf(input, policy, policy.regionId),
      targetTags: input.TargetTags?.length ? newTags(input.TargetTags) : policy.targetTags,
    })
    awaitNextRun(changed, context)
    return {}
  },
)

/** Deletes a policy and takes it off its disks; the snapshots it made stay as long as they were to. */
export const DeleteAutoSnapshotPolicy = ecs('DeleteAutoSnapshotPolicy', ['autoSnapshotPolicyId'], ({ autoSnapshotPolicyId }, context) => {
  const { state } = context
  const policy = policyOf(autoSnapshotPolicyId, context)
  for (const disk of state.disks.by('policy', policy.id))
    state.disks.put({ ...disk, autoSnapshotPolicyIds: (disk.autoSnapshotPolicyIds ?? []).filter((id) => id !== policy.id) })
  state.agenda.cancel(`snapshotPolicy.due:${policy.id}`)
  state.autoSnapshotPolicies.delete(policy.id)
  return {}
})
