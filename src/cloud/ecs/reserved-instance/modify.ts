import { instanceTypeOf } from '../../../api/instance-types.ts'
import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { hourOf } from '../term-life.ts'
import { demandStrictName } from '../values.ts'
import { reservedOf } from './find.ts'
import { replaceReserved } from './life.ts'
import { createReserved, demandAmount, placeOf } from './purchase.ts'
import type { ReservedInstance } from './records.ts'

const mostSources = 20
const mostTargets = 100
/** Of these families, one cannot be split. */
const whole: ReadonlySet<string> = new Set(['ecs.gn6i', 'ecs.t5'])

interface Configuration {
  readonly InstanceAmount?: number | undefined
  readonly InstanceType?: string | undefined
  readonly ReservedInstanceName?: string | undefined
  readonly Scope?: string | undefined
  readonly ZoneId?: string | undefined
}

type Target = Pick<ReservedInstance, 'name' | 'instanceType' | 'amount' | 'scope' | 'zoneId'>

const typeOf = (instanceType: string) => instanceTypeOf(instanceType)
const familyOf = ({ instanceType }: Pick<Target, 'instanceType'>) => typeOf(instanceType)?.InstanceTypeFamily
/** The factor of a type goes by its vCPUs. */
const powerOf = (all: readonly Target[]) => all.reduce((sum, one) => sum + (typeOf(one.instanceType)?.CpuCoreCount ?? 0) * one.amount, 0)

/** @throws Fault InvalidParameter.ValueNotSupported unless all are the same in this */
function demandSame<T>(all: readonly T[], part: (one: T) => unknown, what: string): void {
  const [first] = all
  const same = first !== undefined && all.every((one) => part(one) === part(first))
  demand(same, 'InvalidParameter.ValueNotSupported', `The ${what} of the reserved instances has to be the same.`)
}

/** What one is to be. Without a type it is of that type which its source has, and it is for one instance unless an amount says more. */
function targetOf(wish: Configuration, source: ReservedInstance, context: Context): Target {
  const { InstanceType, InstanceAmount, ReservedInstanceName } = wish
  const said = Boolean(InstanceType) || InstanceAmount !== undefined
  demand(said, 'MissingParameter.InstanceTypeAndAmountBothEmpty', 'InstanceType and InstanceAmount cannot both be left out.')
  const instanceType = InstanceType || source.instanceType
  demand(typeOf(instanceType), 'InvalidInstanceType.ValueNotSupported', 'The specified InstanceType is not supported.', 400)
  demandAmount(InstanceAmount ?? 1)
  demandStrictName(ReservedInstanceName, 'ReservedInstanceName', 'InvalidReservedInstanceName.Malformed')
  const place = placeOf(wish.Scope, wish.ZoneId, context.regionId)
  return { name: ReservedInstanceName || source.name, instanceType, amount: InstanceAmount ?? 1, ...place }
}

/** Those of a merger have to be of one place, of one kind, and end together. */
function demandMergeable(sources: readonly ReservedInstance[]): void {
  demandSame(sources, (one) => one.endsAt, 'expiration time')
  demandSame(sources, (one) => one.offeringType, 'OfferingType')
  demandSame(sources, (one) => one.platform, 'Platform')
}

/** One becomes another in another place, or as many of another size; it is split or merged where it is. */
function demandFits(sources: readonly ReservedInstance[], source: ReservedInstance, targets: readonly Target[]): void {
  demandSame<Pick<Target, 'instanceType'>>([...sources, ...targets], familyOf, 'instance family')
  const split = targets.length > 1
  demand(
    !split || !whole.has(familyOf(source) ?? ''),
    'InvalidParameter.ValueNotSupported',
    'A reserved instance of this family is not split.',
  )
  const equal = powerOf(sources) === powerOf(targets)
  demand(equal, 'InvalidParameter.ValueNotSupported', 'The computing power has to be the same before and after.')
  if (sources.length === 1 && targets.length === 1) {
    const changed = targets.some(
      (one) => one.instanceType !== source.instanceType || one.scope !== source.scope || one.zoneId !== source.zoneId,
    )
    demand(changed, 'OperationDenied.OnlyModifyName', 'Nothing but the name would change.')
    return
  }
  for (const { scope, zoneId } of [...sources, ...targets]) {
    demand(scope === source.scope, 'InvalidParameter.Scope', 'The Scope cannot be changed when reserved instances are split or merged.')
    demand(zoneId === source.zoneId, 'InvalidZoneId.ValueNotSupported', 'The zone has to be the same.')
  }
}

/** Splits one, merges many into one, or lets one count for another size or place. What they are made of ends at once, and they end with it. */
export const ModifyReservedInstances = ecs(
  'ModifyReservedInstances',
  [
    'Configuration.InstanceAmount',
    'Configuration.InstanceType',
    'Configuration.ReservedInstanceName',
    'Configuration.Scope',
    'Configuration.ZoneId',
    'ReservedInstanceId',
  ],
  (input, context) => {
    const ids = [...new Set(input.ReservedInstanceId)]
    const wishes = input.Configuration ?? []
    demand(ids.length <= mostSources, 'InvalidParameter', `At most ${mostSources} ReservedInstanceId can be given.`, 403)
    demand(wishes.length > 0, 'MissingParameter.ReservedInstanceConfiguration', 'Configuration must be specified.')
    demand(wishes.length <= mostTargets, 'InvalidParameter', `At most ${mostTargets} Configuration can be given.`, 403)
    demand(ids.length <= 1 || wishes.length === 1, 'InvalidParameter.SplitOrMerge', 'Many cannot become many.')
    const sources = ids.map((id) => {
      const row = reservedOf(id, ['InvalidReservedInstanceId.NotFound', 403], context)
      demand(row.status === 'Active', 'IncorrectInstanceStatus', 'The reserved instance is not Active.', 403)
      return row
    })
    const [source] = sources
    demand(source, 'MissingParameter.ReservedInstanceId', 'ReservedInstanceId must be specified.')
    demandMergeable(sources)
    const targets = wishes.map((wish) => targetOf(wish, source, context))
    demandFits(sources, source, targets)
    const { description, platform, offeringType, endsAt, renewal, resourceGroupId, tags } = source
    const kept = { description, platform, offeringType, endsAt, renewal, resourceGroupId, tags, startsAt: hourOf(context.now) }
    const made = targets.map((target) => createReserved({ ...kept, ...target }, context))
    for (const row of sources) replaceReserved(row, context)
    return { ReservedInstanceIdSets: { ReservedInstanceId: made } }
  },
)
