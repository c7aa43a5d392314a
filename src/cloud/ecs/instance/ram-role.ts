import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { page } from '../../paging.ts'
import { namedId } from '../../ram/identity.ts'
import { readPolicy } from '../../ram/policy-document.ts'
import { listed } from '../../rows.ts'
import type { Instance } from '../records.ts'
import { passes, type Test } from '../values.ts'
import { demandEcsRole } from './login.ts'
import { instanceOf } from './power.ts'

const mostInstances = 100
const longestPolicy = 1024

/** The instances named, all of which must exist: a misspelt id changes nothing (that one fails the whole call is unconfirmed). */
function instancesOf(ids: readonly string[], context: Context): Instance[] {
  const fits = ids.length >= 1 && ids.length <= mostInstances && new Set(ids).size === ids.length
  demand(fits, 'InvalidInstanceIds.Malformed', 'The specified InstanceIds is not valid.')
  return ids.map((id) => instanceOf(id, context))
}

const roleExists = (name: string, { state, accountId }: Context) => state.roles.get(namedId(accountId, name)) !== undefined

function demandRole(name: string | undefined, context: Context): void {
  demand(!name || roleExists(name, context), 'InvalidRamRole.NotFound', 'The specified RamRoleName does not exist.')
}

/** The codes are those of a session's policy (unconfirmed). */
function demandPolicy(policy: string | undefined): void {
  if (policy === undefined) return
  demand(policy.length <= longestPolicy, 'InvalidParameter.PolicySize', 'The specified Policy is too long.')
  demand(!('malformed' in readPolicy(policy, 'identity')), 'InvalidParameter.PolicyGrammar', 'The specified Policy is not a valid policy.')
}

interface Refused {
  readonly code: string
  readonly message: string
}

const outcome = (instance: Instance, refused: Refused | undefined) => ({
  InstanceId: instance.id,
  Code: refused?.code ?? '200',
  Message: refused?.message ?? 'success',
  Success: refused === undefined,
})

const counts = (results: readonly { readonly Success: boolean }[]) => ({
  TotalCount: results.length,
  FailCount: results.filter(({ Success }) => !Success).length,
})

/** An instance has one role at a time. The code for one that has another already is not published (unconfirmed). */
const occupied: Refused = { code: 'OperationDenied', message: 'The instance already has another RAM role: detach it first.' }

export const AttachInstanceRamRole = ecs('AttachInstanceRamRole', ['InstanceIds', 'RamRoleName', 'Policy'], (input, context) => {
  const { RamRoleName, Policy } = input
  const instances = instancesOf(input.InstanceIds, context)
  demandPolicy(Policy)
  demandEcsRole(RamRoleName, context)
  const results = instances.map((instance) => {
    const refused = instance.ramRoleName === '' || instance.ramRoleName === RamRoleName ? undefined : occupied
    const { ramRolePolicy: _, ...kept } = instance
    const attached = { ...kept, ramRoleName: RamRoleName, ...(Policy !== undefined && { ramRolePolicy: Policy }) }
    if (refused === undefined) context.state.instances.put(attached)
    return outcome(instance, refused)
  })
  return { RamRoleName, ...counts(results), AttachInstanceRamRoleResults: { AttachInstanceRamRoleResult: results } }
})

/** How an instance without the role is told is not published (unconfirmed). */
const without: Refused = { code: 'InvalidRamRole.NotFound', message: 'The instance does not have the RAM role.' }

const roleView = ({ id, ramRoleName }: Instance) => ({ InstanceId: id, RamRoleName: ramRoleName })

export const DetachInstanceRamRole = ecs('DetachInstanceRamRole', ['InstanceIds', 'RamRoleName'], (input, context) => {
  const { RamRoleName } = input
  const instances = instancesOf(input.InstanceIds, context)
  const held = instances.some(({ ramRoleName }) => ramRoleName === RamRoleName)
  if (!held) demandRole(RamRoleName, context)
  const results = instances.map((instance) => {
    const { ramRolePolicy: _, ...kept } = instance
    const has = instance.ramRoleName !== '' && (!RamRoleName || instance.ramRoleName === RamRoleName)
    if (has) context.state.instances.put({ ...kept, ramRoleName: '' })
    return {
      ...outcome(instance, has ? undefined : without),
      InstanceRamRoleSets: { InstanceRamRoleSet: has ? [roleView(instance)] : [] },
    }
  })
  return { RamRoleName: RamRoleName ?? '', ...counts(results), DetachInstanceRamRoleResults: { DetachInstanceRamRoleResult: results } }
})

/** Instances named are listed with or without a role (unconfirmed: with none, RamRoleName is empty); a role lists those that have it. */
export const DescribeInstanceRamRole = ecs(
  'DescribeInstanceRamRole',
  ['InstanceIds', 'RamRoleName', 'PageNumber', 'PageSize'],
  (input, context) => {
    const { InstanceIds: ids, RamRoleName } = input
    const { state, accountId, regionId } = context
    demand(ids?.length || RamRoleName, 'InvalidParameter.AllEmpty', 'InstanceIds and RamRoleName are both empty.')
    if (ids?.length) instancesOf(ids, context)
    demandRole(RamRoleName, context)
    const ofRole: Test<Instance> = RamRoleName ? ({ ramRoleName }) => ramRoleName === RamRoleName : undefined
    const found = state.instances.list({ accountId, regionId, ids: ids?.length ? ids : undefined, where: passes([ofRole]) })
    const { rows, fields } = page(found, input, { maxSize: 50 })
    return { RegionId: regionId, TotalCount: fields.TotalCount, InstanceRamRoleSets: { InstanceRamRoleSet: listed(rows, roleView) } }
  },
)
