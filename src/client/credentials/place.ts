import type { Text } from '../../api/text.ts'
import { modeOf, noOther, provide } from './modes.ts'
import { nameOf, type Profile } from './profile.ts'
import type { Why } from './refusals.ts'
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
  readonly look: (surroundings: Surroundings, asked: string | undefined) => Promise<CredentialSource | Why>
}

/** The profile asked for by the environment. */
export const profileAskedFor = ({ env }: Surroundings): string | undefined =>
  // The last two are aliyun-cli's other names.
  env.ALIBABA_CLOUD_PROFILE || env.ALIBABACLOUD_PROFILE || env.ALICLOUD_PROFILE || undefined

/** A source over a profile that stands alone. */
export function sourceOfProfile(profile: Profile, surroundings: Surroundings, source: Text, regionId: string | undefined) {
  const other = noOther(profile)
  const read = (one: Profile): Provision => provide(one, { surroundings, other, provide: read })
  return sourceOf(read(profile), surroundings, source, regionId)
}

/** For people: a profile, where it is and its mode. */
export function titleOf(profile: Profile): Text {
  const { en, zh } = nameOf(profile)
  const mode = modeOf(profile)
  return { en: `${en} (${mode})`, zh: `${zh}（${mode}）` }
}
