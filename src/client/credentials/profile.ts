import { saidOf, type Text } from '../../api/text.ts'
import type { UsageError } from '../errors.ts'
import { nonEmpty } from '../json.ts'
import { brokenFile } from './refusals.ts'
import type { Provision } from './source.ts'
import type { Surroundings } from './surroundings.ts'

/** A profile of any place, with the keys of aliyun-cli's config.json. */
export interface Profile {
  readonly name: string
  /** For people: where it is written. */
  readonly place: string
  readonly values: Readonly<Record<string, unknown>>
  /** What the place calls a key, when it is not what config.json calls it. */
  readonly keyNames?: Readonly<Record<string, string>> | undefined
}

/** What a mode may need besides its profile. */
export interface Context {
  readonly surroundings: Surroundings
  /** Another profile of the same place, for a role that is played with its credentials. */
  readonly other: (name: string) => Provision
  /** Reads another profile's mode; what an External command prints is one. */
  readonly provide: (profile: Profile) => Provision
}

/** One mode of profile. */
export type Mode = (profile: Profile, context: Context) => Provision

/** A key's text, or undefined when it is absent, empty or no text. */
export const text = ({ values }: Profile, key: string): string | undefined => nonEmpty(values[key])

export const brokenProfile = ({ name, place }: Profile, why: Text): UsageError =>
  brokenFile(place, saidOf({ en: `profile ${name}`, zh: `配置 ${name}` }, why))

/** That a key is not there. */
export const missing = (key: string): Text => ({ en: `${key} is missing`, zh: `缺少 ${key}` })

/** A key's text. @throws UsageError InvalidConfigFile when there is none */
export function need(profile: Profile, key: string): string {
  const value = text(profile, key)
  if (value !== undefined) return value
  throw brokenProfile(profile, missing(profile.keyNames?.[key] ?? key))
}

/** A key's number, or undefined when it is absent or 0, which aliyun-cli writes for "not set". @throws UsageError InvalidConfigFile */
export function number(profile: Profile, key: string): number | undefined {
  const value = profile.values[key]
  if (value === undefined || value === null || value === '' || value === 0) return undefined
  const read = typeof value === 'string' ? Number(value) : value
  if (typeof read === 'number' && Number.isSafeInteger(read) && read > 0) return read
  const name = profile.keyNames?.[key] ?? key
  throw brokenProfile(profile, { en: `${name} is not a whole number`, zh: `${name} 不是整数` })
}

/** For people: which profile of which place. */
export const nameOf = ({ name, place }: Profile): Text => ({ en: `profile ${name} of ${place}`, zh: `${place} 的配置 ${name}` })

/** For people: which profile, and where it asks. */
export function nameAt(profile: Profile, { host }: URL): Text {
  const { en, zh } = nameOf(profile)
  return { en: `${en} (${host})`, zh: `${zh}（${host}）` }
}
