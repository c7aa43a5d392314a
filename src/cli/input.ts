import type { World } from './command.ts'
import { CommandError, exit } from './errors.ts'

/** More than any operation takes; in bytes. */
const most = 4 * 1024 * 1024

const tooLong = (what: string) =>
  new CommandError({ en: `${what} is longer than ${most / 1024 / 1024} MiB`, zh: `${what} 超过 ${most / 1024 / 1024} MiB` })

/** A stream of bytes to its end, as text. @throws CommandError when it is longer than 4 MiB */
export async function readBounded(stream: AsyncIterable<string | Uint8Array>, what = 'stdin'): Promise<string> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of stream) {
    const bytes = typeof part === 'string' ? new TextEncoder().encode(part) : part
    length += bytes.length
    if (length > most) throw tooLong(what)
    parts.push(bytes)
  }
  return new TextDecoder().decode(Buffer.concat(parts))
}

async function fileText(path: string): Promise<string> {
  const { createReadStream } = await import('node:fs')
  try {
    return await readBounded(createReadStream(path), path)
  } catch (error) {
    if (error instanceof CommandError) throw error
    const { code } = error as NodeJS.ErrnoException
    throw new CommandError({ en: `cannot read ${path} (${code})`, zh: `无法读取 ${path}（${code}）` }, exit.failed)
  }
}

/**
 * What a word on the command line stands for: `@file` for the file's text, `-` for standard input, `@@x` for `@x`, else itself.
 * @throws CommandError when the file cannot be read, or either is longer than 4 MiB
 */
export async function textOf(word: string, { stdin }: Pick<World, 'stdin'>): Promise<string> {
  if (word.startsWith('@@')) return word.slice(1)
  if (word.startsWith('@')) return fileText(word.slice(1))
  if (word !== '-') return word
  if (stdin === undefined) throw new CommandError({ en: 'there is no standard input to read', zh: '没有可读取的标准输入' })
  return stdin()
}

/** Words with `@file` and `-` replaced by the words in them, which lie apart by blanks and lines. @throws CommandError as `textOf` */
export async function wordsOf(words: readonly string[], world: Pick<World, 'stdin'>): Promise<string[]> {
  const read = words.map(async (word) => (/^(?:-$|@)/.test(word) ? (await textOf(word, world)).split(/\s+/).filter(Boolean) : [word]))
  return (await Promise.all(read)).flat()
}
