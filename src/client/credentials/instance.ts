import { UsageError } from '../errors.ts'
import { instanceRole, instanceRoleName } from './metadata.ts'
import type { Place } from './place.ts'
import { isSet } from './refusals.ts'
import { sourceOf } from './source.ts'
import { isOn } from './surroundings.ts'

/** How long an instance has to say that it is one. */
const patienceMs = 1_000

/** The role of the ECS instance this runs on: the one ALIBABA_CLOUD_ECS_METADATA names, else the one the instance names within 1 s. */
export const instance: Place = {
  named: false,
  async look(surroundings) {
    const { env } = surroundings
    if (isOn(surroundings, 'ALIBABA_CLOUD_ECS_METADATA_DISABLED')) return isSet('ALIBABA_CLOUD_ECS_METADATA_DISABLED')
    const regionId = env.ALIBABA_CLOUD_REGION_ID || undefined
    try {
      const role = env.ALIBABA_CLOUD_ECS_METADATA || (await instanceRoleName(surroundings, patienceMs))
      const source = { en: `instance role ${role} (ECS metadata)`, zh: `实例角色 ${role}（ECS 元数据）` }
      return sourceOf({ fetch: instanceRole(surroundings, role) }, surroundings, source, regionId)
    } catch (error) {
      if (error instanceof UsageError && error.code === 'MetadataUnavailable') return { why: error.text }
      throw error
    }
  },
}
