import { parseTime } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import type { Instance } from '../records.ts'
import { demandOneOf } from '../values.ts'
import { orderId } from './charge.ts'
import { demandUnlocked } from './locks.ts'
import { instanceOf } from './power.ts'
import { demandSettled, givePublicAddress } from './public-ip.ts'

/**
 * Gives an instance more bandwidth for a while. What was to come before of that kind is taken back.
 * @param at when that begins
 */
export function raiseBandwidth(instance: Instance, out: number, at: number, until: number, { state, now, schedule }: Context): void {
  const before = instance.moreBandwidth?.before
  const { moreBandwidth: _, ...rest } = instance
  state.instances.put({ ...rest, internetMaxBandwidthOut: before ?? rest.internetMaxBandwidthOut, moreBandwidth: { out, until } })
  state.agenda.cancel(`instance.lessBandwidth:${instance.id}`)
  schedule('instance.moreBandwidth', instance.id, Math.max(0, at - now))
}

/** An instance without more bandwidth for a while: what is set from now on is there to stay. */
function steady(instance: Instance, { state }: Pick<Context, 'state'>): Instance {
  if (instance.moreBandwidth === undefined) return instance
  for (const kind of ['instance.moreBandwidth', 'instance.lessBandwidth']) state.agenda.cancel(`${kind}:${instance.id}`)
  const { moreBandwidth: _, ...rest } = instance
  return rest
}

/** The hour alone is a time as well. */
const timeOf = (text: string) => parseTime(text.replace(/^(.{10}T\d\d)Z$/, '$1:00Z'))

interface Bandwidth {
  readonly InternetMaxBandwidthIn?: number | undefined
  readonly InternetMaxBandwidthOut?: number | undefined
}

const isWhole = (value: number, least: number, most: number) => Number.isInteger(value) && value >= least && value <= most

/** What bandwidth an instance has after a change; what is not given stays, except that into it there is as much as out of it (unconfirmed). */
function changed({ InternetMaxBandwidthIn, InternetMaxBandwidthOut }: Bandwidth, instance: Instance) {
  const out = InternetMaxBandwidthOut ?? instance.internetMaxBandwidthOut
  const into = InternetMaxBandwidthIn ?? Math.max(instance.internetMaxBandwidthIn, out)
  return { internetMaxBandwidthIn: into, internetMaxBandwidthOut: out }
}

/** The most Mbit/s to the internet. */
export const mostOut = ({ instanceChargeType }: Pick<Instance, 'instanceChargeType'>): number =>
  instanceChargeType === 'PrePaid' ? 200 : 100

/**
 * An instance with an elastic address has the bandwidth of that one.
 * @throws Fault BandwidthUpgradeDenied.EipBoundInstance
 */
export const demandNoEip = ({ eip }: Instance, { InternetMaxBandwidthOut: out }: Bandwidth) =>
  demand(
    eip === undefined || out === undefined,
    'BandwidthUpgradeDenied.EipBoundInstance',
    'The bandwidth of an instance with an elastic address is that of the address.',
  )

/**
 * Changes the bandwidth of a pay-as-you-go instance as ModifyInstanceSpec does. It gets no address by that.
 * @throws Fault InvalidParameter.Bandwidth, BandwidthUpgradeDenied.EipBoundInstance
 */
export function changeBandwidth(input: Bandwidth, instance: Instance, context: Pick<Context, 'state'>): void {
  demandNoEip(instance, input)
  const bandwidth = changed(input, instance)
  const fits = isWhole(bandwidth.internetMaxBandwidthOut, 0, mostOut(instance)) && isWhole(bandwidth.internetMaxBandwidthIn, 1, 200)
  demand(fits, 'InvalidParameter.Bandwidth', 'The specified parameter Bandwidth is not valid.')
  context.state.instances.put({ ...steady(instance, context), ...bandwidth })
}

interface While {
  readonly StartTime?: string | undefined
  readonly EndTime?: string | undefined
}

/**
 * From when until when a change holds; undefined when it is there to stay. Without a start it begins at once (unconfirmed).
 * @throws Fault InvalidStartTime.ValueNotSupported
 */
function whileOf({ StartTime, EndTime }: While, now: number): { readonly at: number; readonly until: number } | undefined {
  if (!StartTime && !EndTime) return undefined
  const at = StartTime ? timeOf(StartTime) : now
  const until = EndTime ? timeOf(EndTime) : undefined
  // That an end is refused by the code of a start is unconfirmed.
  const fits = at !== undefined && until !== undefined && at >= now && until > at
  demand(fits, 'InvalidStartTime.ValueNotSupported', 'The specified StartTime and EndTime are not valid.')
  return { at, until }
}

/**
 * A subscription gets a public address when its bandwidth rises from 0, another instance when that is asked for.
 * The address stays when the bandwidth falls to 0 (unconfirmed). An order that is not paid at once changes nothing.
 */
export const ModifyInstanceNetworkSpec = ecs(
  'ModifyInstanceNetworkSpec',
  [
    'InstanceId',
    'InternetMaxBandwidthIn',
    'InternetMaxBandwidthOut',
    'NetworkChargeType',
    'AllocatePublicIp',
    'AutoPay',
    'StartTime',
    'EndTime',
  ],
  (input, context) => {
    const { NetworkChargeType, AllocatePublicIp, AutoPay } = input
    const instance = instanceOf(input.InstanceId, context)
    demandUnlocked('ModifyInstanceNetworkSpec', instance)
    const expired = instance.expiresAt !== undefined && instance.expiresAt <= context.now
    demand(!expired, 'InstanceExpiredOrInArrears', 'The specified instance has expired or is in arrears.', 403)
    demandSettled(instance)
    const charges = ['PayByTraffic', 'PayByBandwidth']
    demandOneOf(NetworkChargeType, charges, 'NetworkChargeType', 'InvalidInternetChargeType.ValueNotSupported')
    demandNoEip(instance, input)
    const bandwidth = changed(input, instance)
    const { internetMaxBandwidthIn: into, internetMaxBandwidthOut: out } = bandwidth
    const message = 'The specified bandwidth is not valid.'
    demand(isWhole(out, 0, mostOut(instance)), 'InvalidInternetMaxBandwidthOut.ValueNotSupported', message)
    demand(isWhole(into, 1, 200), 'InvalidInternetMaxBandwidthIn.ValueNotSupported', message)
    demand(AllocatePublicIp !== true || out > 0, 'InvalidParam.AllocatePublicIp', 'A public address needs bandwidth to the internet.')
    const prePaid = instance.instanceChargeType === 'PrePaid'
    const passing = whileOf(input, context.now)
    if (prePaid && AutoPay === false) return { OrderId: orderId(context) }
    if (passing) {
      raiseBandwidth(instance, out, passing.at, passing.until, context)
      return prePaid ? { OrderId: orderId(context) } : {}
    }
    const internetChargeType = NetworkChargeType || instance.internetChargeType
    const put = context.state.instances.put({ ...steady(instance, context), ...bandwidth, internetChargeType })
    const opened = prePaid && instance.internetMaxBandwidthOut === 0 && out > 0
    if (opened || AllocatePublicIp === true) givePublicAddress(put, undefined, context)
    return prePaid ? { OrderId: orderId(context) } : {}
  },
)
