import { instanceTypes } from '../../../api/instance-types.ts'
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

/** An instance as it is with another type, whose processor is as it comes (unconfirmed). */
export function withType(instance: Instance, instanceType: string, now: number): Instance {
  const type = instanceTypes().get(instanceType)
  const credit = type && burstable(type) ? instance.creditSpecification || 'Standard' : ''
  const { cpu: _, ...rest } = instance
  return { ...rest, instanceType, creditSpecification: credit, specChangedAt: now }
}

/** An instance that starts: with the type that was ordered, once the order is done. */
export function respecified(instance: Instance, now: number): Instance {
  if (!instance.becoming?.ready) return instance
  const { becoming, ...rest } = instance
  return withType(rest, becoming.instanceType, now)
}
