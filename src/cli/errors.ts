import type { Text } from '../api/text.ts'

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
