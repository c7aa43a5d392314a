import { type InstanceType, instanceTypeOf } from '../../../api/instance-types.ts'
import { traitsOf } from '../instance-type-traits.ts'
import type { Instance } from '../records.ts'
import { burstable } from './launch-input.ts'

/** The transitions of a change of type or bandwidth, for whoever removes an instance. */
export const specTransitions = [
  'instance.respecified',
  'instance.reboot',
  'instance.formerType',
  'instance.moreBandwidth',
  'instance.lessBandwidth',
] as const

/** What of an instance's options another type has as well. */
function optionsWith(type: InstanceType | undefined, { networkEncryption, jumboFrame, bandwidthWeighting }: Instance) {
  const traits = type && traitsOf(type)
  return {
    ...(networkEncryption !== undefined && { networkEncryption: networkEncryption && traits?.networkEncryption === true }),
    ...(jumboFrame !== undefined && { jumboFrame: jumboFrame && traits?.jumboFrame === true }),
    ...(bandwidthWeighting && traits?.weights && { bandwidthWeighting }),
  }
}

/** An instance as it is with another type, whose processor is as it comes; options that the type lacks are off (both unconfirmed). */
export function withType(instance: Instance, instanceType: string, now: number): Instance {
  const type = instanceTypeOf(instanceType)
  const credit = type && burstable(type) ? instance.creditSpecification || 'Standard' : ''
  const { cpu: _cpu, networkEncryption: _encryption, jumboFrame: _jumbo, bandwidthWeighting: _weighting, ...rest } = instance
  return { ...rest, ...optionsWith(type, instance), instanceType, creditSpecification: credit, specChangedAt: now }
}

/** An instance that starts: with the type that was ordered, once the order is done. */
export function respecified(instance: Instance, now: number): Instance {
  if (!instance.becoming?.ready) return instance
  const { becoming, ...rest } = instance
  return withType(rest, becoming.instanceType, now)
}
