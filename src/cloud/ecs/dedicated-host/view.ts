import { toMinutes } from '../../../api/time.ts'
import type { Context } from '../../operation.ts'
import { shownTags } from '../tags.ts'
import { instancesOn, kindOf, localDisksOf, roomOn, socketsOf, totalsOf } from './capacity.ts'
import type { DedicatedHost } from './records.ts'
import { type HostType, typesOn } from './types.ts'

/** What a pay-as-you-go host says of its end. */
const never = '2999-09-08T16:00Z'
const time = (ms: number | undefined, otherwise: string) => (ms === undefined ? otherwise : toMinutes(ms))

/** How many more instances of each type there is room for. */
export const availableTypes = (room: ReadonlyMap<string, number>) => ({
  AvailableInstanceType: [...room].map(([InstanceType, AvailableInstanceCapacity]) => ({ InstanceType, AvailableInstanceCapacity })),
})

/** What of a host is shown only when it is asked for. */
export interface Details {
  readonly sockets: boolean
  readonly inventory: boolean
  readonly hardware: boolean
}

function capacityView(host: DedicatedHost, details: Details, context: Context) {
  const sockets = socketsOf(host, context)
  const totals = totalsOf(sockets)
  const disks = localDisksOf(host, context)
  return {
    TotalVcpus: totals.vcpus,
    AvailableVcpus: totals.freeVcpus,
    TotalMemory: totals.memory,
    AvailableMemory: totals.freeMemory,
    TotalVgpus: 0,
    AvailableVgpus: 0,
    LocalStorageCategory: disks.category,
    TotalLocalStorage: disks.total,
    AvailableLocalStorage: disks.free,
    SocketCapacities: {
      SocketCapacity: (details.sockets ? sockets : []).map((socket, at) => ({
        SocketId: at,
        TotalVcpu: socket.vcpus,
        AvailableVcpu: socket.freeVcpus,
        TotalMemory: socket.memory,
        AvailableMemory: socket.freeMemory,
      })),
    },
    ...(details.inventory && { AvailableInstanceTypes: availableTypes(roomOn(host, context)) }),
  }
}

/** What a kind of host takes; with a custom family, types of any size. */
export const supported = (kind: HostType) => ({
  SupportedInstanceTypeFamilies: { SupportedInstanceTypeFamily: [...kind.families, ...(kind.custom ? [kind.custom] : [])] },
  SupportedInstanceTypesList: { SupportedInstanceTypesList: typesOn(kind).map(({ InstanceTypeId }) => InstanceTypeId) },
})

/** A host as DescribeDedicatedHosts shows it. Its instances are rows of their own, so that no text of it can be kept. */
export function hostView(host: DedicatedHost, details: Details, context: Context) {
  const kind = kindOf(host)
  return {
    DedicatedHostId: host.id,
    DedicatedHostName: host.hostName,
    Description: host.description,
    DedicatedHostType: host.hostType,
    DedicatedHostClusterId: host.clusterId,
    DedicatedHostOwnerId: Number(host.accountId),
    RegionId: host.regionId,
    ZoneId: host.zoneId,
    Status: host.status,
    MachineId: host.machineId,
    ChargeType: host.chargeType,
    SaleCycle: '',
    CreationTime: toMinutes(host.createdAt),
    ExpiredTime: time(host.expiresAt, never),
    AutoReleaseTime: time(host.autoReleaseAt, ''),
    AutoPlacement: host.autoPlacement,
    ActionOnMaintenance: host.actionOnMaintenance,
    ...(kind.overCommit !== undefined && { CpuOverCommitRatio: host.cpuOverCommitRatio }),
    NetworkAttributes: {
      ...(host.slbUdpTimeout !== undefined && { SlbUdpTimeout: host.slbUdpTimeout }),
      ...(host.udpTimeout !== undefined && { UdpTimeout: host.udpTimeout }),
    },
    Sockets: kind.sockets,
    Cores: kind.cores,
    PhysicalGpus: 0,
    GPUSpec: '',
    Capacity: capacityView(host, details, context),
    Instances: {
      Instance: instancesOn(host, context).map((instance) => ({
        InstanceId: instance.id,
        InstanceType: instance.instanceType,
        InstanceOwnerId: Number(instance.accountId),
        // Empty for one that takes all of them (unconfirmed).
        SocketId: String(Math.max(-1, instance.dedicatedHost?.socket ?? -1)).replace('-1', ''),
      })),
    },
    ...supported(kind),
    SupportedCustomInstanceTypeFamilies: { SupportedCustomInstanceTypeFamily: kind.custom ? [kind.custom] : [] },
    SchedulerOptions: { ManagedPrivateSpaceId: '' },
    ...(details.hardware && { HostDetailInfo: { SerialNumber: host.machineId.slice(0, 16), VgpuVersion: '' } }),
    OperationLocks: { OperationLock: host.locked ? [{ LockReason: host.locked }] : [] },
    ResourceGroupId: host.resourceGroupId,
    Tags: shownTags(host.tags),
  }
}
