import { brokenFile, noConfiguration } from '../credentials/refusals.ts'
import { ownSurroundings, readText, shown, type Surroundings } from '../credentials/surroundings.ts'
import { UsageError } from '../errors.ts'
import { jsonObject } from '../json.ts'
import { type AcrossOptions, type Ended, visitAll } from './outcome.ts'

/** How the visit to one profile's account ended. */
export type ProfileOutcome<T> = { readonly profile: string } & Ended<T>

/** What `acrossProfiles` takes beside the profiles. */
export interface ProfilesOptions extends AcrossOptions {
  /** Where `'all'` looks for the profiles; the process's own by default. */
  readonly surroundings?: Surroundings | undefined
}

/**
 * The names of all profiles of aliyun-cli's `~/.aliyun/config.json`, or the file ALIBABA_CLOUD_CONFIG_FILE names, in its order.
 * @example console.log(await profileNames())
 * @throws UsageError NoProfiles when there is no such file or nothing in it, InvalidConfigFile
 */
export async function profileNames(surroundings?: Surroundings): Promise<string[]> {
  const own = surroundings ?? (await ownSurroundings())
  const path = own.env.ALIBABA_CLOUD_CONFIG_FILE || `${own.home}/.aliyun/config.json`
  const place = shown(path, own.home)
  const content = await readText(own, path)
  const file = content === undefined ? {} : jsonObject(content)
  if (file === undefined) throw brokenFile(place, noConfiguration)
  const profiles = Array.isArray(file.profiles) ? (file.profiles as ({ name?: unknown } | null)[]) : []
  const names = profiles.map((profile) => profile?.name).filter((name) => typeof name === 'string' && name !== '') as string[]
  if (names.length > 0) return [...new Set(names)]
  throw new UsageError(
    'NoProfiles',
    { en: `${place} has no profiles`, zh: `${place} 中没有配置` },
    {
      en: 'Save one with aliyun-cli, or name the profiles.',
      zh: '请用 aliyun-cli 保存配置，或指定配置名。',
    },
  )
}

/**
 * Does the same with many profiles, some at a time. Every profile has an outcome, in the order of `profiles`: one that fails, for
 * want of credentials too, is named with its error, and stops no other.
 * @param profiles names, each visited once, or `'all'` of the configuration file
 * @param open makes the client of a profile
 * @example await acrossProfiles('all', (profile) => new EcsClient({ profile }), (client) => client.describeRegions())
 * @throws UsageError NoProfiles, InvalidConfigFile, InvalidOption, UnknownOption
 */
export async function acrossProfiles<Client, T>(
  profiles: readonly string[] | 'all',
  open: (profile: string) => Client,
  visit: (client: Client, profile: string) => Promise<T>,
  { surroundings, ...options }: ProfilesOptions = {},
): Promise<ProfileOutcome<T>[]> {
  const names = profiles === 'all' ? await profileNames(surroundings) : [...new Set(profiles)]
  // A client that cannot be made is that profile's failure, too.
  const ended = await visitAll(names, async (profile) => visit(open(profile), profile), options)
  return ended.map(([profile, outcome]) => ({ profile, ...outcome }))
}
