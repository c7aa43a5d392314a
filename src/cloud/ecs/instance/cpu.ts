import { instanceTypeOf } from '../../../api/instance-types.ts'
import { demand } from '../../fault.ts'
import { traitsOfId } from '../instance-type-traits.ts'
import type { Cpu, Instance } from '../records.ts'
import { demandOneOf } from '../values.ts'

export interface CpuInput {
  readonly Core?: number | undefined
  readonly ThreadsPerCore?: number | undefined
  readonly TopologyType?: string | undefined
  readonly NestedVirtualization?: string | undefined
}

const topologies = ['ContinuousCoreToHTMapping', 'DiscreteCoreToHTMapping']

/**
 * What a call says of the processor, over what was said before. The number of cores is the type's and can only be repeated.
 * @throws Fault InvalidParameter for what the type does not have (the code is unconfirmed)
 */
export function cpuOf(asked: CpuInput, instanceType: string, before: Cpu = {}): Cpu {
  const { Core, ThreadsPerCore: threads, TopologyType: topology, NestedVirtualization: nested } = asked
  const traits = traitsOfId(instanceType)
  demand(traits, 'InvalidInstanceType.ValueNotSupported', 'The specified InstanceType does not exist or is not supported here.', 400)
  demand(Core === undefined || Core === traits.cores, 'InvalidParameter', 'CpuOptions.Core can only be what the instance type has.')
  const threaded = threads === undefined || threads === traits.threads || (threads === 1 && traits.adjustable)
  demand(threaded, 'InvalidParameter', 'The instance type does not support the specified CpuOptions.ThreadsPerCore.')
  demandOneOf(topology, topologies, 'CpuOptions.TopologyType', 'InvalidParameter')
  const laidOut = !topology || traits.topologies.includes(topology)
  demand(laidOut, 'InvalidParameter', 'The instance type does not support the specified CpuOptions.TopologyType.')
  demandOneOf(nested, ['enabled', 'disabled'], 'CpuOptions.NestedVirtualization', 'InvalidParameter')
  const nests = nested !== 'enabled' || traits.nested
  demand(nests, 'InvalidParameter', 'The instance type does not support CpuOptions.NestedVirtualization.')
  return {
    ...before,
    ...(threads !== undefined && { threadsPerCore: threads }),
    ...(topology && { topology }),
    ...(nested && { nested: nested === 'enabled' }),
  }
}

/** The processor as DescribeInstances shows it: with its threads off, an instance has a vCPU for each core. */
export function cpuView({ cpu, instanceType }: Instance) {
  const traits = traitsOfId(instanceType)
  const threads = cpu?.threadsPerCore ?? traits?.threads ?? 1
  const cores = traits?.cores ?? 0
  return {
    Cpu: traits ? cores * threads : (instanceTypeOf(instanceType)?.CpuCoreCount ?? 0),
    CpuOptions: {
      CoreCount: cores,
      ThreadsPerCore: threads,
      Numa: '',
      TopologyType: cpu?.topology ?? '',
      ...(cpu?.nested !== undefined && { NestedVirtualization: cpu.nested ? 'enabled' : 'disabled' }),
    },
  }
}
