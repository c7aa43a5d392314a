import type { JSONValue } from '@jmespath-community/jmespath'
import { CommandError } from '../errors.ts'

/**
 * Reads a JMESPath expression, the language of aliyun-cli's `--cli-query`. The library is loaded by whoever asks.
 * @returns a function that picks from a value; undefined picks null
 * @throws CommandError when it is no expression, or fails on a value
 */
export async function queryOf(expression: string): Promise<(value: unknown) => unknown> {
  const { compile, TreeInterpreter } = await import('@jmespath-community/jmespath')
  const wrong = (error: unknown) => {
    const why = error instanceof Error ? error.message : String(error)
    return new CommandError({ en: `--query is no JMESPath: ${why}`, zh: `--query 不是有效的 JMESPath：${why}` })
  }
  try {
    // A bare word between backquotes is a text in aliyun-cli, and in what people have written for it.
    const tree = compile(expression, { enable_legacy_literals: true })
    return (value) => {
      try {
        return TreeInterpreter.search(tree, value as JSONValue) ?? null
      } catch (error) {
        throw wrong(error)
      }
    }
  } catch (error) {
    throw error instanceof CommandError ? error : wrong(error)
  }
}
