import { parseTime, toMinutes } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { shownTags } from '../tags.ts'
import { demandOneOf } from '../values.ts'
import { releasePool, schedulePoolEnd } from './life.ts'
import { allocation, listPools, listUsers, poolView } from './list.ts'
import { demandPoolDescription, demandPoolName, newPool, resizedPool } from './new-pool.ts'
import type { Pool } from './records.ts'

/** What a reservation without an end says of it (unconfirmed). */
const never = '2099-12-31T15:59Z'
const manual = { status: 'NotRenewal', duration: 0, unit: '' } as const

interface EndInput {
  readonly EndTime?: string | undefined
  readonly EndTimeType?: string | undefined
}

/** When a reservation ends; a time without a type is taken as its end (unconfirmed). */
function endOf({ EndTime, EndTimeType }: EndInput, after: number): number | undefined {
  demandOneOf(EndTimeType, ['Limited', 'Unlimited'], 'EndTimeType', 'InvalidParameter')
  if (EndTimeType === 'Unlimited' || (!EndTimeType && !EndTime)) return undefined
  const at = parseTime(EndTime ?? '')
  demand(at !== undefined && at > after, 'InvalidEndTime.ValueNotSupported', 'The specified EndTime is not valid.')
  return at
}

function platformOf(text = ''): Pool['platform'] {
  const platform = text.toLowerCase()
  const known = platform === '' || platform === 'linux' || platform === 'windows'
  demand(known, 'InvalidPlatform.ValueNotSupported', 'The specified Platform is not valid.', 403)
  return platform === 'windows' ? 'windows' : 'linux'
}

/** Takes room for pay-as-you-go instances out of the market, until it is released. */
export const CreateCapacityReservation = ecs(
  'CreateCapacityReservation',
  [
    'PrivatePoolOptions.MatchCriteria',
    'PrivatePoolOptions.Name',
    'Description',
    'EndTime',
    'EndTimeType',
    'InstanceAmount',
    'InstanceChargeType',
    'InstanceType',
    'Platform',
    'ResourceGroupId',
    'StartTime',
    'Tag',
    'ZoneId',
  ],
  (input, context) => {
    demandOneOf(input.InstanceChargeType, ['PostPaid'], 'InstanceChargeType', 'Invalid.InstanceChargeType', 400)
    const rest = { kind: 'reservation', platform: platformOf(input.Platform), windows: [], renewal: manual } as const
    const pool = newPool(input, rest, (startsAt) => endOf(input, startsAt), context)
    return { PrivatePoolOptionsId: pool.id }
  },
)

/** @throws Fault InvalidPrivatePoolId.NotFound, InvalidPrivatePoolOptions.Id for an assurance, IncorrectPrivatePoolStatus for one that is over */
function changeable(id: string | undefined, context: Context): Pool {
  const pool = owned(context.state.privatePools.get(id ?? ''), context)
  demand(pool, 'InvalidPrivatePoolId.NotFound', 'The specified private pool does not exist.')
  demand(pool.kind === 'reservation', 'InvalidPrivatePoolOptions.Id', 'The specified private pool is no capacity reservation.')
  demand(pool.status !== 'Released', 'IncorrectPrivatePoolStatus', 'The private pool is released.')
  return pool
}

export const ModifyCapacityReservation = ecs(
  'ModifyCapacityReservation',
  ['PrivatePoolOptions.Id', 'PrivatePoolOptions.Name', 'Description', 'EndTime', 'EndTimeType', 'InstanceAmount', 'Platform', 'StartTime'],
  (input, context) => {
    const { Id, Name } = input.PrivatePoolOptions ?? {}
    const { Description, EndTime, EndTimeType, InstanceAmount, Platform, StartTime } = input
    const pool = changeable(Id, context)
    demandPoolName(Name)
    demandPoolDescription(Description)
    // Reservations start at once, or when it was said at first.
    demand(!StartTime || StartTime === 'Now', 'OperationDenied.StartTimeNotSupported', 'The start of a reservation stays.')
    const ends = EndTime || EndTimeType
    const sized = InstanceAmount === undefined ? pool : resizedPool(pool, InstanceAmount, context)
    const changed = context.state.privatePools.put({
      ...sized,
      name: Name || pool.name,
      description: Description ?? pool.description,
      platform: Platform ? platformOf(Platform) : pool.platform,
      endsAt: ends ? endOf(input, context.now) : pool.endsAt,
    })
    schedulePoolEnd(changed, context)
    return {}
  },
)

/** Only what has no end of its own is released by hand. */
export const ReleaseCapacityReservation = ecs('ReleaseCapacityReservation', ['PrivatePoolOptions.Id'], (input, context) => {
  const pool = owned(context.state.privatePools.get(input.PrivatePoolOptions?.Id ?? ''), context)
  // As terraform's provider expects of one that is not there.
  demand(pool && pool.status !== 'Released', 'Invalid.PrivatePoolOptions.Ids', 'The specified private pool does not exist.')
  demand(pool.kind === 'reservation', 'Invalid.PrivatePoolOptions.Id', 'The specified private pool cannot be released.')
  const message = 'A reservation that ends at a time is not released by hand: change its EndTimeType to Unlimited first.'
  demand(pool.endsAt === undefined, 'Invalid.Action.ReleaseCapacityReservation', message)
  releasePool(pool, context)
  return {}
})

function reservationView(pool: Pool, { state }: Context) {
  const { resource, usages } = allocation(pool, state)
  return {
    ...poolView(pool),
    CapacityReservationOwnerId: pool.accountId,
    Platform: pool.platform,
    EndTime: pool.endsAt === undefined ? never : toMinutes(pool.endsAt),
    EndTimeType: pool.endsAt === undefined ? 'Unlimited' : 'Limited',
    DeliveryTime: '',
    UnlockedTime: '',
    TimeSlot: '',
    SavingPlanId: '',
    ReservedInstanceId: '',
    AllocatedResources: { AllocatedResource: [{ ...resource, CapacityReservationUsages: { CapacityReservationUsage: usages } }] },
    Tags: shownTags(pool.tags),
  }
}

export const DescribeCapacityReservations = ecs(
  'DescribeCapacityReservations',
  [
    'PrivatePoolOptions.Ids',
    'InstanceChargeType',
    'InstanceType',
    'MaxResults',
    'NextToken',
    'Platform',
    'ResourceGroupId',
    'Status',
    'Tag',
    'ZoneId',
  ],
  (input, context) => {
    const platform = (input.Platform ?? '').toLowerCase()
    demandOneOf(platform, ['windows', 'linux', 'all'], 'Platform', 'InvalidPlatform.ValueNotSupported', 400)
    const fits = (pool: Pool) => platform === '' || platform === 'all' || pool.platform === platform
    const { rows, fields } = listPools('reservation', input, fits, context)
    return { CapacityReservationSet: { CapacityReservationItem: rows.map((pool) => reservationView(pool, context)) }, ...fields }
  },
)

export const DescribeCapacityReservationInstances = ecs(
  'DescribeCapacityReservationInstances',
  ['PrivatePoolOptions.Id', 'MaxResults', 'NextToken'],
  (input, context) => {
    const pool = owned(context.state.privatePools.get(input.PrivatePoolOptions?.Id ?? ''), context)
    demand(pool?.kind === 'reservation', 'InvalidParameter.PrivatePoolOptions.Id', 'The specified PrivatePoolOptions.Id is not valid.')
    const { item, fields } = listUsers(pool, input, context)
    return { CapacityReservationItem: item, ...fields }
  },
)
