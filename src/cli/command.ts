import type { Text } from '../api/text.ts'
import type { Language } from './language.ts'

/** An option of a command, as data: parsing and help are made from it. */
export interface Option {
  readonly type: 'string' | 'boolean'
  /** One letter: `-o` for `--output`. */
  readonly short?: string
  readonly multiple?: true
  /** Stands for the value in help: `--region REGION`. */
  readonly value?: string
  /** The only values it takes; they stand in help too. */
  readonly choices?: readonly string[]
  /** The value when the option is not given; help tells it. */
  readonly default?: string
  readonly help: Text
}

/** What stands for an option's value in help and in errors. */
export const valueName = ({ choices, value }: Option): string => choices?.join('|') ?? value ?? 'VALUE'

export type Options = { readonly [name: string]: Option }

/** What was given for the options; a default counts as given. */
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
  /** Columns of the terminal that stderr is; undefined when it is none. Colours and progress show there alone. */
  readonly stderrColumns?: number | undefined
  /** Asks a yes-or-no question; undefined when there is nobody to ask. */
  readonly ask: ((question: string) => Promise<boolean>) | undefined
  /** Asks for a line of text, without showing it when it is hidden; undefined when there is nobody to ask. */
  readonly prompt?: ((question: string, hidden?: boolean) => Promise<string>) | undefined
  /** Everything on standard input; absent where there is none. */
  readonly stdin?: (() => Promise<string>) | undefined
  /** Ends long-running commands. */
  readonly signal: AbortSignal
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Waits between polls; a test hands in one that does not. By default the client's own. */
  readonly sleep?: ((ms: number) => Promise<void>) | undefined
}

export interface Invocation {
  readonly world: World
  readonly values: Values
  readonly rest: readonly string[]
  /** Words after `--`, where the command takes them apart from `rest`; undefined where there is no `--`. */
  readonly trailing?: readonly string[] | undefined
  /** Options that are none of the command's own, where it takes them; true stands for one without a value. */
  readonly parameters: readonly (readonly [name: string, value: string | true])[]
  readonly language: Language
}

export interface Command {
  /** What follows the command's name in help: `[OPTIONS] -- COMMAND…`. */
  readonly usage?: string
  readonly options: Options
  /** True when the command takes words of its own. */
  readonly takesRest?: true
  /** What the first of them may be, where it is one of a few, each with the words that follow it. */
  readonly verbs?: { readonly [verb: string]: readonly string[] }
  /** True when words after `--` are something else than those before. */
  readonly takesTrailing?: true
  /** True when options that are not its own are parameters of an operation. */
  readonly takesParameters?: true
  /** Help beyond what the options tell; undefined where there is none. */
  readonly help?: (invocation: Invocation) => Promise<string | undefined>
  /** Does the work and returns the exit code. */
  readonly run: (invocation: Invocation) => Promise<number>
}

/** Options that every command takes. */
export const everywhere: Options = {
  lang: { type: 'string', choices: ['en', 'zh'], help: { en: 'language of help and messages', zh: '帮助和消息的语言' } },
  help: { type: 'boolean', short: 'h', help: { en: 'show this help', zh: '显示本帮助' } },
}

/** Options of every command that calls the API. */
export const connection: Options = {
  region: { type: 'string', short: 'r', value: 'REGION', help: { en: 'region, e.g. cn-hangzhou', zh: '地域，例如 cn-hangzhou' } },
  profile: {
    type: 'string',
    short: 'p',
    value: 'NAME',
    help: { en: 'profile of ~/.aliyun/config.json', zh: '~/.aliyun/config.json 中的配置名' },
  },
  endpoint: {
    type: 'string',
    value: 'URL',
    help: {
      en: 'where calls go; else TANXING_ENDPOINT, else Alibaba Cloud',
      zh: '服务端点；默认取 TANXING_ENDPOINT，未设置则为阿里云',
    },
  },
  local: {
    type: 'boolean',
    help: { en: 'use a local cloud in this process, with a demo estate', zh: '使用内置于本进程的本地云，含示例资源' },
  },
}
