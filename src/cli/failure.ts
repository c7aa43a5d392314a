import type { Text } from '../api/text.ts'
import { ApiError } from '../client/api-error.ts'
import { TanxingError, TimeoutError, UsageError } from '../client/errors.ts'
import { CommandError, exit } from './errors.ts'
import { type Language, say } from './language.ts'

/** What a failure is to a script and to a person. */
export interface Failure {
  readonly exitCode: number
  readonly code: string
  readonly message: string
  readonly hint?: string
  readonly action?: string
  readonly regionId?: string
  readonly status?: number
  readonly requestId?: string
}

/** What the command line says better than the client, which does not know that there is one. */
const inOurWords: { readonly [code: string]: Text } = {
  NoCredentials: {
    en: 'no credentials: set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, save a profile with `tanxing configure`, or try --local',
    zh: '没有凭证：请设置 ALIBABA_CLOUD_ACCESS_KEY_ID 和 ALIBABA_CLOUD_ACCESS_KEY_SECRET，或用 `tanxing configure` 保存配置，或用 --local 试用',
  },
}

const notPermitted = new Set([
  'NoCredentials',
  'ProfileNotFound',
  'UnsupportedProfileMode',
  'InvalidConfigFile',
  'InvalidCredentials',
  'ExpiredLogin',
  'ExternalCommandFailed',
  'MetadataUnavailable',
  'OidcTokenMissing',
  'UnusableCredentials',
])

function apiExitCode({ code, class: kind }: ApiError): number {
  if (kind === 'permission' || kind === 'credentials' || code.startsWith('InvalidAccessKeyId')) return exit.notPermitted
  return kind === 'not-found' ? exit.notFound : exit.failed
}

/** The kind of any error, and its words in the language. */
export function failureOf(error: unknown, language: Language): Failure {
  if (error instanceof CommandError) return { exitCode: error.exitCode, code: 'Usage', message: say(error.text, language) }
  if (error instanceof ApiError) {
    const { code, status, requestId, action, regionId } = error
    return {
      exitCode: apiExitCode(error),
      code,
      message: error.reason,
      hint: say(error.hint, language),
      action,
      regionId,
      status,
      requestId,
    }
  }
  if (error instanceof TanxingError) {
    const { code, message } = error
    const words = inOurWords[code]
    const usage = notPermitted.has(code) ? exit.notPermitted : code === 'ListIncomplete' ? exit.failed : exit.usage
    const exitCode = error instanceof TimeoutError ? exit.timedOut : error instanceof UsageError ? usage : exit.failed
    if (words !== undefined) return { exitCode, code, message: say(words, language) }
    return { exitCode, code, message, hint: say(error.hint, language) }
  }
  const message = error instanceof Error ? error.message : String(error)
  const code = (error as { code?: unknown } | null)?.code
  return { exitCode: exit.failed, code: typeof code === 'string' ? code : 'Failed', message }
}

/** Control characters of a message would otherwise reach the terminal. */
const oneLine = (text: string) => text.replace(/[\p{Cc}\s]+/gu, ' ').trim()

/** One line for a person: what failed, what to do about it, and what to name to support. */
export function failureLine({ code, message, hint, action, requestId }: Failure, language: Language): string {
  const what = action === undefined ? message : `${code}: ${message}`
  const ended = hint === undefined || /[.!?。！？]$/.test(what) ? what : `${what}${language === 'zh' ? '。' : '.'}`
  const request = requestId ? [say({ en: `request ${requestId}`, zh: `请求 ID ${requestId}` }, language)] : []
  const from = action === undefined ? [] : [`(${[action, ...request].join(', ')})`]
  const parts = [ended, ...(hint === undefined ? [] : [hint]), ...from]
  // Chinese full stops bring their own blank.
  return oneLine(parts.join(' ')).replaceAll(/([。！？]) /g, '$1')
}
