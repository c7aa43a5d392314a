import { type InstanceType, instanceTypeOf } from '../../api/instance-types.ts'

/**
 * What follows from a type's family, where no table tells it. The real answer about ecs.g7.xlarge bears out the seventh generation; what
 * is said of the eighth and later, and of ARM, is unconfirmed throughout.
 */
export interface Traits {
  /** Physical cores, and threads of each: their product is the number of vCPUs. */
  readonly cores: number
  readonly threads: number
  /** Whether the threads can be turned off, which leaves one vCPU a core. */
  readonly adjustable: boolean
  readonly topologies: readonly string[]
  /** Whether an instance can be a host of others itself. */
  readonly nested: boolean
  /** Large frames: 8,500 bytes. */
  readonly jumboFrame: boolean
  readonly networkEncryption: boolean
  /** SR-IOV, several receive queues and express in the guest. */
  readonly enhanced: boolean
  /** Whether bandwidth can be moved between network and disks. */
  readonly weights: boolean
  /** Queues of a depth that is chosen. */
  readonly queueSizes: boolean
  /** A trusted platform module, and enclaves with it. */
  readonly trusted: boolean
  readonly bootModes: readonly string[]
}

/** How bandwidth can be shared between network and disks. */
export const weightings: readonly string[] = ['Default', 'Vpc-L1', 'Vpc-L2', 'Ebs-L1', 'Ebs-L2']

/** The number in a family's name: 7 for `ecs.g7ne`, 0 where there is none. */
const numberOf = (family: string) => Number(/^ecs\.[a-z]+(\d+)/.exec(family)?.[1] ?? 0)

/** Those that the launch parameters of trusted instances name. */
const trustedFamilies = /^ecs\.[cgr]7t?$/

/** By the digit of the family's name: g5 is of ecs-4, g6 of ecs-5, g7 of ecs-6, as is what is newer (unconfirmed); names of older families count as ecs-3 (unconfirmed). */
export const generationOf = (family: string): string => `ecs-${Math.min(Math.max(Number(/\d/.exec(family)?.[0] ?? 4) - 1, 3), 6)}`

/** @param type an instance type, as the table of all types has it */
export function traitsOf(type: InstanceType): Traits {
  const generation = numberOf(type.InstanceTypeFamily)
  const x86 = type.CpuArchitecture === 'X86'
  const threads = x86 && type.CpuCoreCount > 1 ? 2 : 1
  const [seventh, eighth] = [generation >= 7, generation >= 8]
  return {
    cores: type.CpuCoreCount / threads,
    threads,
    adjustable: threads > 1 && type.InstanceFamilyLevel === 'EnterpriseLevel',
    topologies: seventh && threads > 1 ? ['ContinuousCoreToHTMapping', 'DiscreteCoreToHTMapping'] : [],
    nested: eighth && x86,
    jumboFrame: seventh,
    networkEncryption: eighth,
    enhanced: eighth,
    weights: eighth,
    queueSizes: seventh,
    trusted: trustedFamilies.test(type.InstanceTypeFamily),
    bootModes: x86 ? (seventh ? ['BIOS', 'UEFI'] : ['BIOS']) : ['UEFI'],
  }
}

/** The same by a type's id; undefined for one that no table has. */
export function traitsOfId(id: string): Traits | undefined {
  const type = instanceTypeOf(id)
  return type && traitsOf(type)
}
