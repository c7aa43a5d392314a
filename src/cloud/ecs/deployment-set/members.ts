import { demand } from '../../fault.ts'
import { instanceTypeOf } from '../../../api/instance-types.ts'
import type { Context } from '../../operation.ts'
import { owned } from '../../owned.ts'
import type { InDeploymentSet, Instance } from '../records.ts'
import { familiesOf } from './families.ts'
import type { DeploymentSet } from './records.ts'

/** Instances of one zone in a set, for each that may share a machine (the page of 2025; 7 until then). */
const mostPerZone = 20

/**
 * How many instances a set takes in one zone: of a set with groups, so many for each of them (unconfirmed); of one that keeps instances
 * close, no more than of the others (unconfirmed).
 */
export const mostIn = ({ affinity, groupCount }: DeploymentSet): number => mostPerZone * affinity * Math.max(1, groupCount)

export const membersOf = ({ id }: DeploymentSet, { state }: Pick<Context, 'state'>): readonly Instance[] => state.instances.by('placed', id)

/** The caller's set of that id, if there is one. */
export const findSet = (id: string, context: Pick<Context, 'state' | 'accountId' | 'regionId'>): DeploymentSet | undefined =>
  owned(context.state.deploymentSets.get(id), context)

/** @throws Fault InvalidDeploymentSetId.NotFound, with the status that the operation answers */
export function deploymentSetOf(id: string, context: Context, status = 404): DeploymentSet {
  const set = findSet(id, context)
  demand(set, 'InvalidDeploymentSetId.NotFound', 'The specified DeploymentSetId does not exist.', status)
  return set
}

/** What wants to join a set. */
export interface Joining extends Pick<Instance, 'zoneId' | 'instanceType'> {
  /** Undefined: the group that has the fewest. */
  readonly groupNo: number | undefined
  /** Its own id, where it is there already and may be in the set. */
  readonly id?: string
}

/** The codes differ by who asks. */
export interface JoinCodes {
  readonly full: string
  readonly elsewhere: string
}

function demandGroup(groupNo: number | undefined, { groupCount }: DeploymentSet): void {
  // A set without groups refuses a number, since it would mean nothing (unconfirmed).
  const fits = groupNo === undefined || (Number.isInteger(groupNo) && groupNo >= 1 && groupNo <= groupCount)
  demand(fits, 'InvalidParameter', 'The specified DeploymentSetGroupNo is not valid.')
}

/**
 * What up to `amount` instances are in a set, at least `least` of them: one for each that there is room for.
 * @throws Fault InvalidParameter, InvalidInstanceType.NotSupport, and the codes given
 */
export function join(
  set: DeploymentSet,
  joining: Joining,
  { amount, least }: { readonly amount: number; readonly least: number },
  codes: JoinCodes,
  context: Pick<Context, 'state'>,
): InDeploymentSet[] {
  const { zoneId, groupNo } = joining
  demandGroup(groupNo, set)
  const family = instanceTypeOf(joining.instanceType)?.InstanceTypeFamily ?? ''
  // The code is that of a dedicated host; for a set it is unconfirmed.
  const takes = familiesOf(set.strategy).includes(family)
  demand(takes, 'InvalidInstanceType.NotSupport', 'The deployment set does not support the specified instance type.', 400)
  const others = membersOf(set, context).filter(({ id }) => id !== joining.id)
  const oneZone = set.strategy !== 'LowLatency' || others.every((one) => one.zoneId === zoneId)
  demand(oneZone, codes.elsewhere, 'The instances of the deployment set are in another zone.')
  const near = others.filter((one) => one.zoneId === zoneId)
  const counts = Array.from({ length: set.groupCount }, (_, at) => near.filter((one) => one.deploymentSet?.groupNo === at + 1).length)
  const asked = groupNo === undefined ? undefined : counts[groupNo - 1]
  const room = asked === undefined ? mostIn(set) - near.length : mostPerZone - asked
  demand(room >= least, codes.full, 'The deployment set has no room for more instances in the zone.', 403)
  return Array.from({ length: Math.min(amount, room) }, () => {
    if (set.groupCount === 0) return { id: set.id, groupNo: 0 }
    const at = groupNo === undefined ? counts.indexOf(Math.min(...counts)) : groupNo - 1
    counts[at] = (counts[at] ?? 0) + 1
    return { id: set.id, groupNo: at + 1 }
  })
}
