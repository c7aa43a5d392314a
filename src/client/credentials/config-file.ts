import { jsonObject, nonEmpty } from '../json.ts'
import { provide } from './modes.ts'
import { type Place, titleOf } from './place.ts'
import { brokenProfile, type Profile } from './profile.ts'
import { brokenFile, isSet, noConfiguration, notThere } from './refusals.ts'
import { type Provision, sourceOf } from './source.ts'
import { isOn, readText, shown, type Surroundings } from './surroundings.ts'

/** The profiles of the file by name. */
function profilesOf(content: unknown, place: string): ReadonlyMap<string, Profile> {
  const profiles = new Map<string, Profile>()
  for (const one of Array.isArray(content) ? (content as unknown[]) : []) {
    const values = (typeof one === 'object' && one !== null ? one : {}) as Readonly<Record<string, unknown>>
    const name = nonEmpty(values.name)
    if (name !== undefined && !profiles.has(name)) profiles.set(name, { name, place, values })
  }
  return profiles
}

const circle = (profile: Profile, way: string) =>
  brokenProfile(profile, { en: `source_profile goes in a circle: ${way}`, zh: `source_profile 循环引用：${way}` })

/** A profile's provision, and those of the profiles it is built upon. `above` are the profiles on the way there. */
function provisionOf(
  profile: Profile,
  profiles: ReadonlyMap<string, Profile>,
  surroundings: Surroundings,
  above: readonly string[] = [],
): Provision {
  const path = [...above, profile.name]
  const other = (name: string) => {
    if (path.includes(name)) throw circle(profile, [...path, name].join(' → '))
    const source = profiles.get(name)
    if (source === undefined)
      throw brokenProfile(profile, { en: `its source_profile ${name} is not in the file`, zh: `文件中没有它的 source_profile ${name}` })
    return provisionOf(source, profiles, surroundings, path)
  }
  const read = (one: Profile): Provision => provide(one, { surroundings, other, provide: read })
  return read(profile)
}

/**
 * aliyun-cli's `~/.aliyun/config.json`, or the file ALIBABA_CLOUD_CONFIG_FILE names: the profile asked for, else the file's current one.
 * Read once, and never written.
 */
export const configFile: Place = {
  named: true,
  async look(surroundings, asked) {
    const { env, home } = surroundings
    const off = ['ALIBABA_CLOUD_CLI_PROFILE_DISABLED', 'ALIBABA_CLOUD_IGNORE_PROFILE'].find((name) => isOn(surroundings, name))
    if (off !== undefined) return isSet(off)
    const path = env.ALIBABA_CLOUD_CONFIG_FILE || `${home}/.aliyun/config.json`
    const place = shown(path, home)
    const content = await readText(surroundings, path)
    if (content === undefined) return notThere(place)
    const file = jsonObject(content)
    if (file === undefined) throw brokenFile(place, noConfiguration)
    const profiles = profilesOf(file.profiles, place)
    const name = asked ?? nonEmpty(file.current) ?? 'default'
    const profile = profiles.get(name)
    if (profile === undefined) return { why: { en: `${place} has no profile ${name}`, zh: `${place} 中没有配置 ${name}` } }
    return sourceOf(provisionOf(profile, profiles, surroundings), surroundings, titleOf(profile), nonEmpty(profile.values.region_id))
  },
}
