import { instanceTypeOf } from '../../../api/instance-types.ts'
import { toSeconds } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { primaryInterfaceId } from '../../ids.ts'
import { ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import type { State } from '../../state.ts'
import type { Disk, Instance } from '../records.ts'
import { burstable } from './launch-input.ts'
import { diskLoad, interfaceLoad, internetLoad, level, type Way, wayOf } from './monitor-model.ts'
import { pointsOf, ranAt } from './monitor-range.ts'
import { instanceOf } from './power.ts'

const total = (loads: readonly number[]) => loads.reduce((sum, load) => sum + load, 0)

const interfacesOf = (instance: Instance) => [primaryInterfaceId(instance.id), ...(instance.attachedInterfaces ?? []).map(({ id }) => id)]
const mayReachInternet = (instance: Instance) =>
  instance.publicIpAddress === '' && !instance.eip ? 0 : instance.internetMaxBandwidthOut || (instance.eip?.bandwidth ?? 0)

/** What burstable instances earn and spend: a credit is one vCPU for a minute. The balance stands still here. */
function credits(instance: Instance, cpu: number, periodMs: number) {
  const type = instanceTypeOf(instance.instanceType)
  if (type === undefined || !burstable(type)) return {}
  return {
    CPUCreditUsage: Number((((cpu / 100) * type.CpuCoreCount * periodMs) / 60_000).toFixed(2)),
    CPUCreditBalance: type.CpuCoreCount * 30,
    CPUAdvanceCreditBalance: 0,
    CPUNotpaidSurplusCreditUsage: 0,
  }
}

function instancePoint(instance: Instance, disks: readonly Disk[], way: Way, at: number, periodMs: number) {
  const seconds = periodMs / 1000
  const diskLoads = disks.map((disk) => diskLoad(disk.id, way, at, periodMs))
  const loads = interfacesOf(instance).map((id) => interfaceLoad(id, way, at, periodMs))
  const [received, sent] = [total(loads.map((load) => load.received)), total(loads.map((load) => load.sent))]
  const internet = internetLoad(instance.id, way, mayReachInternet(instance), at, periodMs)
  const CPU = Math.round(level(instance.id, 'cpu', way, at, periodMs) * 100)
  return {
    InstanceId: instance.id,
    TimeStamp: toSeconds(at),
    CPU,
    // Traffic is what passed in the period, in kbit; a bandwidth is kbit a second.
    IntranetRX: received * seconds,
    IntranetTX: sent * seconds,
    IntranetBandwidth: received + sent,
    InternetRX: internet.received * seconds,
    InternetTX: internet.sent * seconds,
    InternetBandwidth: internet.received + internet.sent,
    BPSRead: total(diskLoads.map((load) => load.bytesRead)),
    BPSWrite: total(diskLoads.map((load) => load.bytesWritten)),
    IOPSRead: total(diskLoads.map((load) => load.reads)),
    IOPSWrite: total(diskLoads.map((load) => load.writes)),
    ...credits(instance, CPU, periodMs),
  }
}

/** Made up by the model of `monitor-model.ts`; an instance's disk and network figures are the sums of those of its disks and interfaces. */
export const DescribeInstanceMonitorData = ecs(
  'DescribeInstanceMonitorData',
  ['InstanceId', 'StartTime', 'EndTime', 'Period'],
  (input, context) => {
    const instance = instanceOf(input.InstanceId, context)
    const { at, periodMs } = pointsOf(input, context.now, 'InvalidStartTime.ValueNotSupported')
    const disks = context.state.disks.by('instance', instance.id)
    const way = wayOf(instance.tags)
    const points = at.filter(ranAt(instance)).map((from) => instancePoint(instance, disks, way, from, periodMs))
    return { MonitorData: { InstanceMonitorData: points } }
  },
)

/** The instance that a disk works for, if it works. */
const hostOf = (disk: Disk, { instances }: State) => (disk.status === 'In_use' ? instances.get(disk.instanceId) : undefined)

/** A disk has figures while it is attached to an instance that runs. */
export const DescribeDiskMonitorData = ecs('DescribeDiskMonitorData', ['DiskId', 'StartTime', 'EndTime', 'Period'], (input, context) => {
  const disk = owned<Disk>(context.state.disks.get(input.DiskId), context)
  demand(disk, 'InvalidDiskId.NotFound', 'The specified disk does not exist.', 404)
  const { at, periodMs } = pointsOf(input, context.now, 'InvalidParameter.EndTime')
  const host = hostOf(disk, context.state)
  if (host === undefined) return { TotalCount: 0, MonitorData: { DiskMonitorData: [] } }
  const way = wayOf(host.tags)
  const ran = ranAt(host)
  const since = disk.attachedAt ?? disk.createdAt
  const points = at
    .filter((from) => from >= since && ran(from))
    .map((from) => {
      const { bytesRead, bytesWritten, reads, writes } = diskLoad(disk.id, way, from, periodMs)
      return {
        DiskId: disk.id,
        TimeStamp: toSeconds(from),
        BPSRead: bytesRead,
        BPSWrite: bytesWritten,
        BPSTotal: bytesRead + bytesWritten,
        IOPSRead: reads,
        IOPSWrite: writes,
        IOPSTotal: reads + writes,
        // Microseconds.
        LatencyRead: 200 + Math.round(level(disk.id, 'read latency', way, from, periodMs) * 800),
        LatencyWrite: 300 + Math.round(level(disk.id, 'write latency', way, from, periodMs) * 1200),
      }
    })
  return { TotalCount: points.length, MonitorData: { DiskMonitorData: points } }
})

/** All figures of an interface are text. Of one interface, or of all that the instance has. */
export const DescribeEniMonitorData = ecs(
  'DescribeEniMonitorData',
  ['InstanceId', 'EniId', 'StartTime', 'EndTime', 'Period'],
  (input, context) => {
    const instance = instanceOf(input.InstanceId, context)
    const { at, periodMs } = pointsOf(input, context.now, 'InvalidParameter.EndTime')
    const all = interfacesOf(instance)
    demand(!input.EniId || all.includes(input.EniId), 'InvalidEniId.NotFound', 'The instance has no interface of the specified EniId.', 404)
    const way = wayOf(instance.tags)
    const seconds = periodMs / 1000
    const points = at.filter(ranAt(instance)).flatMap((from) =>
      (input.EniId ? [input.EniId] : all).map((id) => {
        const { received, sent, packetsReceived, packetsSent } = interfaceLoad(id, way, from, periodMs)
        return {
          EniId: id,
          TimeStamp: toSeconds(from),
          IntranetRx: String(received * seconds),
          IntranetTx: String(sent * seconds),
          PacketRx: String(packetsReceived * seconds),
          PacketTx: String(packetsSent * seconds),
          DropPacketRx: '0',
          DropPacketTx: '0',
        }
      }),
    )
    return { TotalCount: points.length, MonitorData: { EniMonitorData: points } }
  },
)
