import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import type { Instance, OnDedicatedHost } from '../records.ts'
import { kindOf, type Socket, socketFor, socketsOf, withOne } from './capacity.ts'
import { hostOf, isUsable } from './find.ts'
import type { DedicatedHost } from './records.ts'
import { typesOn } from './types.ts'
import { instanceTypeOf } from '../../../api/instance-types.ts'

/** What is to be put on a host. */
export interface Wanted extends Pick<Instance, 'zoneId' | 'instanceType' | 'instanceChargeType' | 'expiresAt'> {
  /** Its own id, where it is there already: what it has of a host now is free for it. */
  readonly id?: string
  /** Empty: any that takes what names none. */
  readonly hostId: string
  /** Only hosts of this cluster; empty for all. */
  readonly clusterId: string
  readonly affinity: OnDedicatedHost['affinity']
}

/** In which an operation's refusals differ: no such host, a type that it does not take, no room. */
export interface PlaceCodes {
  readonly unknown: number
  readonly type: readonly [code: string, status: number]
  readonly full: readonly [code: string, status: number]
}

const takes = (host: DedicatedHost, instanceType: string): boolean =>
  typesOn(kindOf(host)).some(({ InstanceTypeId }) => InstanceTypeId === instanceType)

/**
 * A subscription is on a host that is one as well, and ends no later.
 * @throws Fault ChargeTypeViolation.PostPaidDedicatedHost, InvalidPeriod.ExceededDedicatedHost
 */
export function demandPaidSo(
  { instanceChargeType, expiresAt }: Pick<Instance, 'instanceChargeType' | 'expiresAt'>,
  host: DedicatedHost,
): void {
  if (instanceChargeType === 'PostPaid') return
  const code = 'ChargeTypeViolation.PostPaidDedicatedHost'
  demand(host.chargeType === 'PrePaid', code, 'A subscription cannot be on a pay-as-you-go dedicated host.', 400)
  const within = (expiresAt ?? 0) <= (host.expiresAt ?? 0)
  demand(within, 'InvalidPeriod.ExceededDedicatedHost', 'The instance would end later than its dedicated host.', 400)
}

/**
 * An instance that is on a dedicated host may be paid for so.
 * @throws Fault ChargeTypeViolation.PostPaidDedicatedHost, InvalidPeriod.ExceededDedicatedHost
 */
export function demandWithinHost(
  instance: Pick<Instance, 'instanceChargeType' | 'expiresAt' | 'dedicatedHost'>,
  { state }: Pick<Context, 'state'>,
): void {
  const host = instance.dedicatedHost && state.dedicatedHosts.get(instance.dedicatedHost.id)
  if (host) demandPaidSo(instance, host)
}

/** The host that is named, which has to take the instance. */
function namedHost(wanted: Wanted, codes: PlaceCodes, context: Context): DedicatedHost {
  const host = hostOf(wanted.hostId, context, codes.unknown)
  const inCluster = wanted.clusterId === '' || host.clusterId === wanted.clusterId
  // Both codes are unconfirmed.
  demand(inCluster, 'InvalidParameter.Conflict', 'The dedicated host is not in the specified cluster.')
  demand(host.zoneId === wanted.zoneId, 'InvalidParameter.Mismatch', 'The dedicated host is in another zone than the instance.')
  demand(isUsable(host), 'InvalidDedicatedHostStatus.NotSupport', 'Operation denied due to dedicated host status.', 400)
  const [code, status] = codes.type
  demand(takes(host, wanted.instanceType), code, 'The dedicated host does not support the specified instance type.', status)
  demandPaidSo(wanted, host)
  return host
}

const isPaidSo = ({ instanceChargeType, expiresAt }: Wanted, host: DedicatedHost): boolean =>
  instanceChargeType === 'PostPaid' || (host.chargeType === 'PrePaid' && (expiresAt ?? 0) <= (host.expiresAt ?? 0))

/** The hosts that take what names none: of the cluster, where one is said. The oldest first (unconfirmed). A zone lies in one region. */
const openHosts = (wanted: Wanted, { state, accountId }: Context): DedicatedHost[] =>
  state.dedicatedHosts
    .select({
      accountId,
      by: { cluster: wanted.clusterId || undefined },
      where: (host) =>
        host.autoPlacement === 'on' &&
        host.zoneId === wanted.zoneId &&
        isUsable(host) &&
        takes(host, wanted.instanceType) &&
        isPaidSo(wanted, host),
    })
    .reverse()

/**
 * Where up to `amount` instances go on dedicated hosts, at least `least` of them: one place for each that there is room for.
 * @throws Fault InvalidDedicatedHostId.NotFound, InvalidParameter.Conflict, InvalidParameter.Mismatch, InvalidDedicatedHostStatus.NotSupport,
 * ChargeTypeViolation.PostPaidDedicatedHost, InvalidPeriod.ExceededDedicatedHost, and the codes given
 */
export function hostsFor(
  wanted: Wanted,
  { amount, least }: { readonly amount: number; readonly least: number },
  codes: PlaceCodes,
  context: Context,
): OnDedicatedHost[] {
  const { instanceType, affinity, id } = wanted
  const size = instanceTypeOf(instanceType)
  const hosts = wanted.hostId === '' ? openHosts(wanted, context) : [namedHost(wanted, codes, context)]
  const places: OnDedicatedHost[] = []
  for (const host of hosts) {
    let sockets: readonly Socket[] = socketsOf(host, context, id)
    while (places.length < amount && size) {
      const socket = socketFor(sockets, instanceType)
      if (socket === undefined) break
      sockets = withOne(sockets, socket, size)
      places.push({ id: host.id, name: host.hostName, clusterId: host.clusterId, affinity, socket })
    }
  }
  const [code, status] = codes.full
  demand(places.length >= least, code, 'No dedicated host has room for the instance.', status)
  return places
}

const startCodes: PlaceCodes = {
  unknown: 404,
  type: ['InvalidInstanceType.NotSupport', 404],
  full: ['OperationDenied.NoStock', 403],
}

/**
 * Where an instance goes that has given its place on a host back, or is to be of another type there: its own host, and another one that
 * takes what names none where that is full and the instance is not bound to it.
 * @throws Fault as `hostsFor` does
 */
export function placedAgain(
  instance: Instance & { readonly dedicatedHost: OnDedicatedHost },
  moves: boolean,
  context: Context,
): OnDedicatedHost {
  const { id, affinity } = instance.dedicatedHost
  const one = { amount: 1, least: 1 }
  const own: Wanted = { ...instance, hostId: id, clusterId: '', affinity }
  const mayMove = moves && affinity === 'default'
  const [place] = hostsFor(own, mayMove ? { ...one, least: 0 } : one, startCodes, context)
  const [other] = place ? [place] : hostsFor({ ...own, hostId: '' }, one, startCodes, context)
  return other as OnDedicatedHost
}
