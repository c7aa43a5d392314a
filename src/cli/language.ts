import { readFileSync, statSync } from 'node:fs'
import type { Text } from '../api/text.ts'
import type { World } from './command.ts'

export type Language = 'en' | 'zh'

const languageIn = (text: string): Language | undefined => /^(?:en|zh)(?![a-z])/i.exec(text)?.[0].toLowerCase() as Language | undefined

/** In bytes; what is longer is no configuration. */
const longestFile = 1024 * 1024

/** The language of a profile of aliyun-cli's file; undefined where the file does not tell: a broken one is told by what needs it. */
function languageOfProfile({ env, home }: Pick<World, 'env' | 'home'>, asked: string | undefined): Language | undefined {
  const path = env.ALIBABA_CLOUD_CONFIG_FILE || `${home}/.aliyun/config.json`
  try {
    if (statSync(path).size > longestFile) return undefined
    const file = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, '')) as { current?: unknown; profiles?: unknown }
    const profiles = (Array.isArray(file.profiles) ? file.profiles : []) as ({ name?: unknown; language?: unknown } | null)[]
    const name = asked ?? (env.ALIBABA_CLOUD_PROFILE || file.current)
    return languageIn(String(profiles.find((profile) => profile?.name === name)?.language ?? ''))
  } catch {
    return undefined
  }
}

/** The language asked for, else the one of the locale variables, else the profile's, else English. */
export function languageOf(asked: string | undefined, world: Pick<World, 'env' | 'home'>, profile?: string): Language {
  const { env } = world
  const told = languageIn(asked ?? '') ?? languageIn(env.LC_ALL || env.LC_MESSAGES || env.LANG || '')
  return told ?? languageOfProfile(world, profile) ?? 'en'
}

export const say = (text: Text, language: Language): string => text[language]
