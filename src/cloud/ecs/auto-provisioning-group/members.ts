import type { LifeContext } from '../../lifecycle.ts'
import type { State } from '../../state.ts'
import { beginRelease } from '../instance/delete.ts'
import { holdsStock } from '../instance/spot-watch.ts'
import type { Instance } from '../records.ts'
import type { Group, Kind } from './records.ts'

export const kindOf = ({ spotStrategy }: Pick<Instance, 'spotStrategy'>): Kind => (spotStrategy === 'NoSpot' ? 'payAsYouGo' : 'spot')

/** The instances of a group, the oldest first. */
export const membersOf = ({ id }: Group, { instances }: State): readonly Instance[] => instances.by('provisioning', id)

/** Those that count: an instance on its way out does not, nor one that is stopped in economical mode (unconfirmed). */
export const countingMembers = (group: Group, kind: Kind, state: State): readonly Instance[] =>
  membersOf(group, state).filter((instance) => kindOf(instance) === kind && !instance.releasing && holdsStock(instance))

const weightOf = ({ provisioning }: Instance) => provisioning?.weight ?? 0

/** What a group has of a kind, in weighted units; of some types alone, where they are given. */
export const capacityOf = (group: Group, kind: Kind, state: State, types?: readonly string[]): number =>
  countingMembers(group, kind, state)
    .filter(({ instanceType }) => types === undefined || types.includes(instanceType))
    .reduce((sum, instance) => sum + weightOf(instance), 0)

/** What a group is to have of each kind. */
export function targetsOf({ targets }: Group): Readonly<Record<Kind, number>> {
  const { total, payAsYouGo, spot, defaultKind } = targets
  const rest = total - payAsYouGo - spot
  return { payAsYouGo: payAsYouGo + (defaultKind === 'payAsYouGo' ? rest : 0), spot: spot + (defaultKind === 'spot' ? rest : 0) }
}

export const isFulfilled = (group: Group, state: State): boolean => {
  const wanted = targetsOf(group)
  return capacityOf(group, 'spot', state) >= wanted.spot && capacityOf(group, 'payAsYouGo', state) >= wanted.payAsYouGo
}

/** Lets instances leave their group: released, or as they are. One that is protected against deletion is never released, nor a subscription. */
export function letGo(instances: readonly Instance[], terminate: boolean, context: LifeContext): void {
  for (const instance of instances)
    if (terminate && !instance.deletionProtection && instance.instanceChargeType === 'PostPaid') {
      if (!instance.releasing) beginRelease(instance, context)
    } else context.state.instances.put({ ...instance, provisioning: undefined })
}

/** The newest members that are not needed for what a group is to have of a kind (which ones leave is unconfirmed). */
export function excessOf(group: Group, kind: Kind, state: State): Instance[] {
  const wanted = targetsOf(group)[kind]
  let left = capacityOf(group, kind, state)
  const excess: Instance[] = []
  for (const instance of countingMembers(group, kind, state).toReversed())
    if (left - weightOf(instance) >= wanted) {
      excess.push(instance)
      left -= weightOf(instance)
    }
  return excess
}
