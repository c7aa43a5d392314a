import type { Text } from '../api/text.ts'
import type { Language } from './language.ts'

/** An option of a command, as data: parsing and help are made from it. */
export interface Option {
  readonly type: 'string' | 'boolean'
  readonly multiple?: true
  /** Stands for the value in help: `--region REGION`. */
  readonly value?: string
  readonly help: Text
}

export type Options = { readonly [name: string]: Option }

export interface Values {
  readonly text: (name: string) => string | undefined
  readonly list: (name: string) => readonly string[]
  readonly flag: (name: string) => boolean
}

/** Everything a command touches of the world, so that it runs in a test without a process. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
  /** Columns of the terminal; undefined when nobody watches. */
  readonly columns: number | undefined
  /** Asks a yes-or-no question; undefined when there is nobody to ask. */
  readonly ask: ((question: string) => Promise<boolean>) | undefined
  /** Ends long-running commands. */
  readonly signal: AbortSignal
  /** Milliseconds since 1970. */
  readonly now: () => number
}

export interface Invocation {
  readonly world: World
  readonly values: Values
  readonly rest: readonly string[]
  readonly language: Language
}

export interface Command {
  /** What follows the command's name in help: `[OPTIONS] -- COMMAND…`. */
  readonly usage?: string
  readonly options: Options
  /** True when the command takes words of its own. */
  readonly takesRest?: true
  /** Does the work and returns the exit code. */
  readonly run: (invocation: Invocation) => Promise<number>
}

/** Options that every command takes. */
export const everywhere: Options = {
  help: { type: 'boolean', help: { en: 'show this help', zh: '显示本帮助' } },
  lang: { type: 'string', value: 'en|zh', help: { en: 'language of help and messages', zh: '帮助和消息的语言' } },
}

/** Options of every command that calls the API. */
export const connection: Options = {
  region: { type: 'string', value: 'REGION', help: { en: 'region, e.g. cn-hangzhou', zh: '地域，例如 cn-hangzhou' } },
  profile: { type: 'string', value: 'NAME', help: { en: 'profile of ~/.aliyun/config.json', zh: '~/.aliyun/config.json 中的配置名' } },
  endpoint: {
    type: 'string',
    value: 'URL',
    help: { en: 'where to send calls, e.g. http://127.0.0.1:20140', zh: '请求发往的端点，例如 http://127.0.0.1:20140' },
  },
  local: { type: 'boolean', help: { en: 'use a local cloud in this process', zh: '使用本进程内的本地云' } },
}
