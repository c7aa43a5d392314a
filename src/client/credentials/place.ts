import { modeOf, noOther, provide } from './modes.ts'
import type { Profile } from './profile.ts'
import { type CredentialSource, type Provision, sourceOf } from './source.ts'
import type { Surroundings } from './surroundings.ts'

/** One place where credentials may be. */
export interface Place {
  /** True when it holds profiles by name; the others are passed over when a profile is named. */
  readonly named: boolean
  /**
   * The credentials there, or for people why there are none. What is there but cannot be used is thrown: it was meant to be used.
   * @param asked A profile's name, or undefined for the place's own choice.
   */
  readonly look: (surroundings: Surroundings, asked: string | undefined) => Promise<CredentialSource | string>
}

/** The profile asked for by the environment. */
export const profileAskedFor = ({ env }: Surroundings): string | undefined =>
  // The last two are aliyun-cli's other names.
  env.ALIBABA_CLOUD_PROFILE || env.ALIBABACLOUD_PROFILE || env.ALICLOUD_PROFILE || undefined

/** A source over a profile that stands alone. */
export function sourceOfProfile(profile: Profile, surroundings: Surroundings, source: string, regionId: string | undefined) {
  const other = noOther(profile)
  const read = (one: Profile): Provision => provide(one, { surroundings, other, provide: read })
  return sourceOf(read(profile), surroundings, source, regionId)
}

/** For people: a profile, where it is and its mode. */
export const titleOf = (profile: Profile): string => `profile ${profile.name} of ${profile.place} (${modeOf(profile)})`
