import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { toMinutes } from '../../../api/time.ts'
import { orderId, periodEnd } from '../instance/charge.ts'
import { isWithin, type Recurrence } from '../market/recurrence.ts'
import { shownTags } from '../tags.ts'
import { demandOneOf } from '../values.ts'
import { allocation, listPools, listUsers, poolView } from './list.ts'
import { demandPoolDescription, demandPoolName, newPool, resizedPool } from './new-pool.ts'
import type { Pool } from './records.ts'
import { monthlyRenewal, termOf } from './term.ts'

/** A window is at least so many hours long. */
const leastHours = 4

/** @throws Fault InvalidParameter */
function windowsOf(rules: readonly Recurrence[] | undefined): readonly Recurrence[] {
  const { length } = rules ?? []
  demand(length <= 20, 'InvalidParameter', 'At most 20 RecurrenceRules can be given.')
  for (const rule of rules ?? []) {
    isWithin([rule], 0)
    const said = rule.RecurrenceType && rule.RecurrenceValue && rule.StartHour !== undefined && rule.EndHour !== undefined
    demand(said, 'InvalidParameter', 'A recurrence rule has a type, a value, a start and an end.')
    const long = (rule.EndHour ?? 0) - (rule.StartHour ?? 0) >= leastHours
    demand(long, 'InvalidParameter', `A window of RecurrenceRules is at least ${leastHours} hours long.`)
  }
  return rules ?? []
}

/** Takes room for pay-as-you-go instances out of the market for a time that is paid in advance. */
export const CreateElasticityAssurance = ecs(
  'CreateElasticityAssurance',
  [
    'PrivatePoolOptions.MatchCriteria',
    'PrivatePoolOptions.Name',
    'AssuranceTimes',
    'AutoRenew',
    'AutoRenewPeriod',
    'Description',
    'InstanceAmount',
    'InstanceType',
    'Period',
    'PeriodUnit',
    'RecurrenceRules.EndHour',
    'RecurrenceRules.RecurrenceType',
    'RecurrenceRules.RecurrenceValue',
    'RecurrenceRules.StartHour',
    'ResourceGroupId',
    'StartTime',
    'Tag',
    'ZoneId',
  ],
  (input, context) => {
    const [type = '', ...others] = input.InstanceType
    demand(others.length === 0, 'Invalid.TooManyInstanceTypes', 'A private pool is for one instance type.')
    demand(input.InstanceAmount !== undefined, 'MissingParameter.InstanceAmount', 'InstanceAmount must be specified.')
    demandOneOf(input.AssuranceTimes, ['Unlimited'], 'AssuranceTimes', 'Invalid.AssuranceTimes.NotSupported')
    const windows = windowsOf(input.RecurrenceRules)
    const term = termOf(input, windows.length > 0 ? ['Day'] : [])
    const renewal = monthlyRenewal(input)
    const rest = { kind: 'assurance', platform: 'linux', windows, renewal } as const
    const endOf = (startsAt: number) => periodEnd(startsAt, term.period, term.unit)
    const pool = newPool({ ...input, InstanceType: type }, rest, endOf, context)
    return { PrivatePoolOptionsId: pool.id, OrderId: orderId(context) }
  },
)

/** @throws Fault InvalidPrivatePoolId.NotFound, InvalidPrivatePoolOptions.Id for a reservation, IncorrectPrivatePoolStatus for one that is over */
function changeable(id: string | undefined, context: Context): Pool {
  const pool = owned(context.state.privatePools.get(id ?? ''), context)
  demand(pool, 'InvalidPrivatePoolId.NotFound', 'The specified private pool does not exist.')
  demand(pool.kind === 'assurance', 'InvalidPrivatePoolOptions.Id', 'The specified private pool is no elasticity assurance.')
  demand(pool.status !== 'Released', 'IncorrectPrivatePoolStatus', 'The private pool is released.')
  return pool
}

/** The number of instances is changed in a call of its own. */
export const ModifyElasticityAssurance = ecs(
  'ModifyElasticityAssurance',
  [
    'PrivatePoolOptions.Id',
    'PrivatePoolOptions.Name',
    'Description',
    'InstanceAmount',
    'RecurrenceRules.EndHour',
    'RecurrenceRules.RecurrenceType',
    'RecurrenceRules.RecurrenceValue',
    'RecurrenceRules.StartHour',
  ],
  (input, context) => {
    const { Id, Name } = input.PrivatePoolOptions ?? {}
    const { Description, InstanceAmount, RecurrenceRules } = input
    const pool = changeable(Id, context)
    const more = Boolean(Name) || Description !== undefined || RecurrenceRules !== undefined
    const message = 'InstanceAmount cannot be changed together with anything else.'
    demand(InstanceAmount === undefined || !more, 'InvalidParameter', message)
    demandPoolName(Name)
    demandPoolDescription(Description)
    const timed = RecurrenceRules === undefined || pool.windows.length > 0
    demand(timed, 'InvalidParameter', 'The elasticity assurance was made without RecurrenceRules.')
    context.state.privatePools.put({
      ...(InstanceAmount === undefined ? pool : resizedPool(pool, InstanceAmount, context)),
      name: Name || pool.name,
      description: Description ?? pool.description,
      windows: RecurrenceRules === undefined ? pool.windows : windowsOf(RecurrenceRules),
    })
    return {}
  },
)

const packageOf = (pool: Pool) => (pool.windows.length > 0 ? 'TimeDivisionElasticityAssurance' : 'ElasticityAssurance')

function assuranceView(pool: Pool, { state }: Context) {
  const { resource, usages } = allocation(pool, state)
  return {
    ...poolView(pool),
    ElasticityAssuranceOwnerId: pool.accountId,
    EndTime: toMinutes(pool.endsAt ?? pool.startsAt),
    LatestStartTime: '',
    PackageType: packageOf(pool),
    RecurrenceRules: {
      RecurrenceRule: pool.windows.map(({ RecurrenceType = '', RecurrenceValue = '', StartHour = 0, EndHour = 0 }) => ({
        RecurrenceType,
        RecurrenceValue,
        StartHour,
        EndHour,
      })),
    },
    TotalAssuranceTimes: 'Unlimited',
    UsedAssuranceTimes: pool.timesUsed,
    AllocatedResources: { AllocatedResource: [{ ...resource, ElasticityAssuranceUsages: { ElasticityAssuranceUsage: usages } }] },
    Tags: shownTags(pool.tags),
  }
}

/** Platform means nothing any more: assurances are of no system. */
export const DescribeElasticityAssurances = ecs(
  'DescribeElasticityAssurances',
  [
    'PrivatePoolOptions.Ids',
    'InstanceChargeType',
    'InstanceType',
    'MaxResults',
    'NextToken',
    'PackageType',
    'Platform',
    'ResourceGroupId',
    'Status',
    'Tag',
    'ZoneId',
  ],
  (input, context) => {
    const { PackageType: type } = input
    demandOneOf(type, ['ElasticityAssurance', 'TimeDivisionElasticityAssurance'], 'PackageType', 'Invalid.PackageType')
    const { rows, fields } = listPools('assurance', input, (pool) => !type || packageOf(pool) === type, context)
    return { ElasticityAssuranceSet: { ElasticityAssuranceItem: rows.map((pool) => assuranceView(pool, context)) }, ...fields }
  },
)

export const DescribeElasticityAssuranceInstances = ecs(
  'DescribeElasticityAssuranceInstances',
  ['PrivatePoolOptions.Id', 'MaxResults', 'NextToken'],
  (input, context) => {
    const pool = owned(context.state.privatePools.get(input.PrivatePoolOptions?.Id ?? ''), context)
    demand(pool?.kind === 'assurance', 'InvalidParameter.PrivatePoolOptions.Id', 'The specified PrivatePoolOptions.Id is not valid.')
    const { item, fields } = listUsers(pool, input, context)
    return { ElasticityAssuranceItem: item, ...fields }
  },
)
