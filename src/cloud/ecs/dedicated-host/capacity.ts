import { type InstanceType, instanceTypeOf } from '../../../api/instance-types.ts'
import type { Context } from '../../operation.ts'
import { holdsStock } from '../instance/spot-watch.ts'
import type { Instance } from '../records.ts'
import type { DedicatedHost } from './records.ts'
import { type HostType, hostTypes, typesOn } from './types.ts'

type Size = Pick<InstanceType, 'CpuCoreCount' | 'MemorySize'>

/** What one socket has, and how much of it nobody uses. Memory in GiB. */
export interface Socket {
  readonly vcpus: number
  readonly memory: number
  readonly freeVcpus: number
  readonly freeMemory: number
}

/** The kind of a host. Rows name only kinds that there are. */
export const kindOf = ({ hostType }: Pick<DedicatedHost, 'hostType'>): HostType => hostTypes.get(hostType) as HostType

const sizeOf = (instanceType: string): Size => instanceTypeOf(instanceType) ?? { CpuCoreCount: 0, MemorySize: 0 }

/** All instances on a host, those in economical mode included, which use nothing of it. */
export const instancesOn = ({ id }: Pick<DedicatedHost, 'id'>, { state }: Pick<Context, 'state'>): readonly Instance[] =>
  state.instances.by('placed', id)

function less(socket: Socket, { CpuCoreCount, MemorySize }: Size, share: number): Socket {
  return { ...socket, freeVcpus: socket.freeVcpus - CpuCoreCount / share, freeMemory: socket.freeMemory - MemorySize / share }
}

/** The sockets once something more is on one of them, or on all (-1). */
export const withOne = (sockets: readonly Socket[], at: number, size: Size): Socket[] =>
  sockets.map((socket, index) => (at < 0 ? less(socket, size, sockets.length) : at === index ? less(socket, size, 1) : socket))

/**
 * The sockets of a host, with what its instances leave of them.
 * @param without the id of an instance that counts as if it were not there
 */
export function socketsOf(host: DedicatedHost, context: Pick<Context, 'state'>, without = ''): readonly Socket[] {
  const { sockets, vcpus, memory } = kindOf(host)
  const each = { vcpus: Math.floor((vcpus * host.cpuOverCommitRatio) / sockets), memory: memory / sockets }
  let all: readonly Socket[] = Array.from({ length: sockets }, () => ({ ...each, freeVcpus: each.vcpus, freeMemory: each.memory }))
  for (const { id, instanceType, dedicatedHost, ...rest } of instancesOn(host, context))
    if (id !== without && dedicatedHost && holdsStock(rest)) all = withOne(all, dedicatedHost.socket, sizeOf(instanceType))
  return all
}

const fits = ({ freeVcpus, freeMemory }: Socket, { CpuCoreCount, MemorySize }: Size, share: number): boolean =>
  freeVcpus >= CpuCoreCount / share && freeMemory >= MemorySize / share

/** The socket that something goes on: an instance is on one, or on all of them (-1) when one is too small for it. Undefined when there is no room. */
export function socketFor(sockets: readonly Socket[], instanceType: string): number | undefined {
  const size = sizeOf(instanceType)
  const [first] = sockets
  if (first === undefined) return undefined
  const { vcpus, memory } = first
  if (size.CpuCoreCount > vcpus || size.MemorySize > memory) return sockets.every((one) => fits(one, size, sockets.length)) ? -1 : undefined
  const at = sockets.findIndex((one) => fits(one, size, 1))
  return at < 0 ? undefined : at
}

/** How many more of a type there is room for. */
function roomFor(sockets: readonly Socket[], type: InstanceType): number {
  let [rest, count] = [sockets, 0]
  for (let at = socketFor(rest, type.InstanceTypeId); at !== undefined; at = socketFor(rest, type.InstanceTypeId)) {
    rest = withOne(rest, at, type)
    count++
  }
  return count
}

/** How many more of each type that a host takes there is room for; types without room are left out. */
export const roomOn = (host: DedicatedHost, context: Pick<Context, 'state'>): ReadonlyMap<string, number> => {
  const sockets = socketsOf(host, context)
  return new Map(
    typesOn(kindOf(host)).flatMap((type) => {
      const room = roomFor(sockets, type)
      return room > 0 ? [[type.InstanceTypeId, room] as const] : []
    }),
  )
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** vCPUs and GiB of a whole host. */
export function totalsOf(sockets: readonly Socket[]) {
  return {
    vcpus: sum(sockets.map((one) => one.vcpus)),
    memory: sum(sockets.map((one) => one.memory)),
    freeVcpus: sum(sockets.map((one) => one.freeVcpus)),
    freeMemory: sum(sockets.map((one) => one.freeMemory)),
  }
}

/** GiB of a host's local disks, and how much of them no instance uses. */
export function localDisksOf(host: DedicatedHost, context: Pick<Context, 'state'>) {
  const { amount = 0, capacity = 0, category = '' } = kindOf(host).disks ?? {}
  const used = instancesOn(host, context).map(({ instanceType }) => {
    const { LocalStorageAmount = 0, LocalStorageCapacity = 0 } = instanceTypeOf(instanceType) ?? {}
    return LocalStorageAmount * LocalStorageCapacity
  })
  return { category, total: amount * capacity, free: amount * capacity - sum(used) }
}
