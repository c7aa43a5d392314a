import { toSeconds } from '../../../api/time.ts'
import { internetLoad, wayOf } from '../../ecs/instance/monitor-model.ts'
import { pointsOf, type RangeInput, ranAt } from '../../ecs/instance/monitor-range.ts'
import { type Context, vpc } from '../../operation.ts'
import type { Instance } from '../../ecs/records.ts'
import { bandwidthOf } from './bandwidth.ts'
import { eipOf } from './find.ts'

/** From memory: unconfirmed. */
const periods = [60, 300, 900, 3600]
/** Bytes of one packet, as the model has them. */
const packet = 800

/** What an address carries for its instance, as the instance's own figures tell it: bytes of the period, and bytes a second. */
function pointOf(bandwidth: number, instance: Instance, at: number, periodMs: number) {
  const seconds = periodMs / 1000
  const { received, sent } = internetLoad(instance.id, wayOf(instance.tags), bandwidth, at, periodMs)
  // kbit a second.
  const [EipRX, EipTX] = [received * 125 * seconds, sent * 125 * seconds]
  const EipFlow = EipRX + EipTX
  return {
    EipRX,
    EipTX,
    EipFlow,
    EipBandwidth: Math.round(EipFlow / seconds),
    EipPackets: Math.round(EipFlow / packet),
    TimeStamp: toSeconds(at),
  }
}

/**
 * An address has figures for the time in which the instance that it is bound to ran, as if it had been bound from that one's creation
 * or its own. Of an interface there are none: the model knows only what instances have to do with the internet.
 */
export function monitorData({ AllocationId, ...range }: RangeInput & { readonly AllocationId: string }, context: Context) {
  const eip = eipOf(AllocationId, context)
  const { at, periodMs } = pointsOf(range, context.now, 'InvalidStartTime.ValueNotSupported', periods)
  const instance = eip.status === 'InUse' && eip.instanceType === 'EcsInstance' ? context.state.instances.get(eip.instanceId) : undefined
  if (instance === undefined) return { EipMonitorDatas: { EipMonitorData: [] } }
  const ran = ranAt(instance)
  const points = at.filter((from) => from >= eip.createdAt && ran(from))
  return { EipMonitorDatas: { EipMonitorData: points.map((from) => pointOf(bandwidthOf(eip, context.state), instance, from, periodMs)) } }
}

/** What the operations that ask for these figures honour. */
export const monitorParameters = ['AllocationId', 'StartTime', 'EndTime', 'Period'] as const

/** Figures of the model, not of a measurement. */
export const DescribeEipMonitorData = vpc('DescribeEipMonitorData', monitorParameters, monitorData)
