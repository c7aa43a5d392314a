import type { Text } from '../api/text.ts'
import { ApiError, TanxingError, TimeoutError, UsageError } from '../client/errors.ts'
import { type Language, say } from './language.ts'

/** Exit codes, in one place. */
export const exit = {
  done: 0,
  failed: 1,
  usage: 2,
  notFound: 3,
  notPermitted: 4,
  timedOut: 5,
  refused: 6,
  interrupted: 130,
} as const

/** A command that was called wrongly, or cannot go on. */
export class CommandError extends Error {
  readonly exitCode: number
  readonly text: Text
  constructor(text: Text, exitCode: number = exit.usage) {
    super(text.en)
    this.text = text
    this.exitCode = exitCode
  }
}

/** The exit code that tells a script what kind of failure it was. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommandError) return error.exitCode
  if (error instanceof TimeoutError) return exit.timedOut
  if (error instanceof ApiError) {
    if (error.class === 'not-found' && error.code !== 'InvalidAccessKeyId.NotFound') return exit.notFound
    return error.class === 'permission' || error.class === 'credentials' || error.code.startsWith('InvalidAccessKeyId')
      ? exit.notPermitted
      : exit.failed
  }
  if (error instanceof UsageError)
    return ['NoCredentials', 'ProfileNotFound', 'UnsupportedProfileMode'].includes(error.code) ? exit.notPermitted : exit.usage
  return exit.failed
}

/** One line for a person: what failed, and what to do about it. */
export function describe(error: unknown, language: Language): string {
  if (error instanceof CommandError) return say(error.text, language)
  if (error instanceof TanxingError) return `${error.message.replaceAll('\n', ' ')} ${say(error.hint, language)}`
  return error instanceof Error ? error.message : String(error)
}
