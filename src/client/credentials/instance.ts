import { UsageError } from '../errors.ts'
import { instanceRole, instanceRoleName } from './metadata.ts'
import type { Place } from './place.ts'
import { sourceOf } from './source.ts'
import { isOn } from './surroundings.ts'

/** How long an instance has to say that it is one. */
const patienceMs = 1_000

/** The role of the ECS instance this runs on: the one ALIBABA_CLOUD_ECS_METADATA names, else the one the instance names within 1 s. */
export const instance: Place = {
  named: false,
  async look(surroundings) {
    const { env } = surroundings
    if (isOn(surroundings, 'ALIBABA_CLOUD_ECS_METADATA_DISABLED')) return 'ALIBABA_CLOUD_ECS_METADATA_DISABLED is set'
    const regionId = env.ALIBABA_CLOUD_REGION_ID || undefined
    try {
      const role = env.ALIBABA_CLOUD_ECS_METADATA || (await instanceRoleName(surroundings, patienceMs))
      return sourceOf({ fetch: instanceRole(surroundings, role) }, surroundings, `instance role ${role} (ECS metadata)`, regionId)
    } catch (error) {
      if (error instanceof UsageError && error.code === 'MetadataUnavailable') return error.message
      throw error
    }
  },
}
