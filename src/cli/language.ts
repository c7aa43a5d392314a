import type { Text } from '../api/text.ts'

export type Language = 'en' | 'zh'

/** The language asked for, else the one of the locale variables, else English. */
export function languageOf(asked: string | undefined, env: Readonly<Record<string, string | undefined>>): Language {
  if (asked === 'zh' || asked === 'en') return asked
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  return locale.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

export const say = (text: Text, language: Language): string => text[language]
