import { toSeconds } from '../../api/time.ts'
import { demand, fault } from '../fault.ts'
import { type Context, ram } from '../operation.ts'
import { needed, policyText } from './fields.ts'
import { type AnyPolicy, policyNamed } from './find.ts'
import { namedId } from './identity.ts'
import { mostVersions, spare } from './quotas.ts'
import type { Policy, PolicyVersion, PolicyVersions } from './records.ts'

/** All versions of a policy; one that was never given another has `v1`. */
const versionsOf = ({ versions, document, createdAt }: Pick<AnyPolicy, 'versions' | 'document' | 'createdAt'>): PolicyVersions =>
  versions ?? { default: 1, newest: 1, list: [{ number: 1, document, createdAt }] }

const view = ({ number, document, createdAt }: PolicyVersion, versions: PolicyVersions) => ({
  VersionId: `v${number}`,
  IsDefaultVersion: number === versions.default,
  PolicyDocument: document,
  CreateDate: toSeconds(createdAt),
})

/** @throws Fault InvalidParameter.VersionId.Format, EntityNotExist.Policy.Version */
function versionIn(versions: PolicyVersions, versionId: string | undefined): PolicyVersion {
  const id = needed(versionId, 'VersionId')
  demand(/^v\d{1,9}$/.test(id), 'InvalidParameter.VersionId.Format', 'The format of the parameter - "VersionId" is incorrect.')
  const version = versions.list.find(({ number }) => `v${number}` === id)
  if (version === undefined) throw fault('EntityNotExist.Policy.Version', 'The policy version does not exist.', 404)
  return version
}

/** A policy that has versions to be changed: a custom one. */
function custom(policyName: string | undefined, context: Context): Policy {
  const found = policyNamed({ PolicyType: 'Custom', PolicyName: policyName }, context)
  const row = context.state.policies.get(namedId(context.accountId, found.policyName))
  if (row === undefined) throw fault('EntityNotExist.Policy', 'The policy does not exist.', 404)
  return row
}

/** Without the oldest one that is not the default, where the strategy is to make room that way. */
function withRoom(versions: PolicyVersions, strategy: string): readonly PolicyVersion[] {
  demand(
    strategy === 'None' || strategy === 'DeleteOldestNonDefaultVersionWhenLimitExceeded',
    'InvalidParameter.RotateStrategy',
    'The specified RotateStrategy is not valid.',
  )
  const { list } = versions
  if (strategy === 'None') spare('LimitExceeded.Policy.Version', list.length)
  if (list.length < mostVersions) return list
  const oldest = list.find(({ number }) => number !== versions.default)
  return list.filter((version) => version !== oldest)
}

export const CreatePolicyVersion = ram(
  'CreatePolicyVersion',
  ['PolicyName', 'PolicyDocument', 'SetAsDefault', 'RotateStrategy'],
  (input, context) => {
    const policy = custom(input.PolicyName, context)
    const document = policyText(input.PolicyDocument, 'PolicyDocument', 'identity')
    const before = versionsOf(policy)
    const number = before.newest + 1
    const made = { number, document, createdAt: context.now }
    const list = [...withRoom(before, input.RotateStrategy || 'None'), made]
    const counts = input.SetAsDefault === true
    const versions = { default: counts ? number : before.default, newest: number, list }
    context.state.policies.put({ ...policy, versions, ...(counts && { document, updatedAt: context.now }) })
    return { PolicyVersion: view(made, versions) }
  },
)

export const GetPolicyVersion = ram('GetPolicyVersion', ['PolicyType', 'PolicyName', 'VersionId'], (input, context) => {
  const versions = versionsOf(policyNamed(input, context))
  return { PolicyVersion: view(versionIn(versions, input.VersionId), versions) }
})

/** Newest first (unconfirmed). */
export const ListPolicyVersions = ram('ListPolicyVersions', ['PolicyType', 'PolicyName'], (input, context) => {
  const versions = versionsOf(policyNamed(input, context))
  return { PolicyVersions: { PolicyVersion: versions.list.toReversed().map((version) => view(version, versions)) } }
})

export const SetDefaultPolicyVersion = ram('SetDefaultPolicyVersion', ['PolicyName', 'VersionId'], (input, context) => {
  const policy = custom(input.PolicyName, context)
  const versions = versionsOf(policy)
  const { number, document } = versionIn(versions, input.VersionId)
  context.state.policies.put({ ...policy, document, versions: { ...versions, default: number }, updatedAt: context.now })
  return {}
})

export const DeletePolicyVersion = ram('DeletePolicyVersion', ['PolicyName', 'VersionId'], (input, context) => {
  const policy = custom(input.PolicyName, context)
  const versions = versionsOf(policy)
  const version = versionIn(versions, input.VersionId)
  demand(
    version.number !== versions.default,
    'DeleteConflict.Policy.Version.Default',
    'The default version of a policy cannot be deleted: make another one the default first.',
    409,
  )
  const list = versions.list.filter((each) => each !== version)
  context.state.policies.put({ ...policy, versions: { ...versions, list } })
  return {}
})
