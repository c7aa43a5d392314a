import type { Text } from '../api/text.ts'
import { ApiError } from '../client/api-error.ts'
import { NetworkError, TanxingError, TimeoutError, UsageError } from '../client/errors.ts'
import { wordsOf } from './client-errors.ts'
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

/** What a script reads in place of a code where the command line itself refuses, by exit code. */
const ownCodes: { readonly [exitCode: number]: string } = {
  [exit.failed]: 'Failed',
  [exit.notFound]: 'NotFound',
  [exit.notPermitted]: 'NotPermitted',
  [exit.timedOut]: 'TimedOut',
  [exit.refused]: 'Refused',
}

const maybe: Text = { en: ' The call may have been carried out.', zh: '该调用可能已生效。' }

/** The client's hint, but for those that name fields of its errors, and where our words are the hint. */
function hintOf(error: TanxingError): Text | undefined {
  if (error.code === 'NoCredentials') return undefined
  const own: Text | undefined =
    error instanceof NetworkError
      ? { en: 'Check the network, the proxy and the endpoint.', zh: '请检查网络、代理和端点。' }
      : error instanceof TimeoutError
        ? { en: 'Allow more time, or find out what is slow.', zh: '请放宽时限，或查明缓慢的原因。' }
        : undefined
  if (own === undefined) return error.hint
  return error.effectUnknown ? { en: `${own.en}${maybe.en}`, zh: `${own.zh}${maybe.zh}` } : own
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
  if (error instanceof CommandError) {
    const { exitCode, text } = error
    return { exitCode, code: ownCodes[exitCode] ?? 'Usage', message: say(text, language) }
  }
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
    const { code } = error
    const message = say(wordsOf(error), language)
    const usage = notPermitted.has(code) ? exit.notPermitted : code === 'ListIncomplete' ? exit.failed : exit.usage
    const exitCode = error instanceof TimeoutError ? exit.timedOut : error instanceof UsageError ? usage : exit.failed
    const hint = hintOf(error)
    return { exitCode, code, message, ...(hint && { hint: say(hint, language) }) }
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
  const from =
    action === undefined
      ? []
      : [say({ en: `(${[action, ...request].join(', ')})`, zh: `（${[action, ...request].join('，')}）` }, language)]
  const parts = [ended, ...(hint === undefined ? [] : [hint]), ...from]
  // Chinese marks bring their own blank.
  return oneLine(parts.join(' ')).replaceAll(/([。！？）]) | (?=（)/g, '$1')
}
