import { fstatSync, writeSync } from 'node:fs'
import { systemNow } from '../api/system.ts'
import type { World } from './command.ts'

interface Writer {
  readonly write: (text: string) => void
  /** Resolves once all that was written has left, or cannot. */
  readonly flushed: () => Promise<void>
}

/** So many bytes fit into a pipe that nobody reads yet. */
const mostAtOnce = 16 * 1024

/** What is at the other end of a descriptor; undefined where that cannot be told. */
function kindOf(descriptor: number): 'file' | 'pipe' | 'device' | undefined {
  if (process.platform === 'win32') return undefined
  try {
    const status = fstatSync(descriptor)
    if (status.isFile()) return 'file'
    if (status.isCharacterDevice()) return 'device'
    return status.isFIFO() || status.isSocket() ? 'pipe' : undefined
  } catch {
    return undefined
  }
}

/** How many bytes may be written without a stream, whose making takes longer than many a command. A file and a terminal take any number. */
const roomOf = { file: Number.POSITIVE_INFINITY, device: Number.POSITIVE_INFINITY, pipe: mostAtOnce, none: 0 }

/** Writes bytes at once, and returns what a pipe did not take. */
function writeNow(descriptor: number, bytes: Buffer): Buffer {
  let left = bytes
  try {
    while (left.length > 0) left = left.subarray(writeSync(descriptor, left))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
  }
  return left
}

/** Writes to a descriptor while that takes no stream, then to one. That it cannot be written to is told once; then it is left alone. */
function writerTo(descriptor: 1 | 2, stream: () => NodeJS.WriteStream, onBroken: (error: NodeJS.ErrnoException) => void): Writer {
  let room: number | undefined
  let opened: NodeJS.WriteStream | undefined
  let closed = false
  const broken = (error: NodeJS.ErrnoException) => {
    if (closed) return
    closed = true
    onBroken(error)
  }
  return {
    write(text) {
      if (closed) return
      let bytes: Buffer = Buffer.from(text)
      room ??= roomOf[kindOf(descriptor) ?? 'none']
      if (opened === undefined && bytes.length <= room) {
        room -= bytes.length
        try {
          bytes = writeNow(descriptor, bytes)
        } catch (error) {
          broken(error as NodeJS.ErrnoException)
          return
        }
        if (bytes.length === 0) return
      }
      opened ??= stream().on('error', broken)
      opened.write(bytes)
    },
    flushed: () => new Promise((resolve) => (opened === undefined || closed ? resolve() : void opened.write('', () => resolve()))),
  }
}

/** How wide the terminal is; undefined where there is none. The stream is not made to find that out where a file or a pipe is. */
function columnsOf(descriptor: 1 | 2, stream: () => NodeJS.WriteStream): number | undefined {
  const kind = kindOf(descriptor)
  return kind === 'file' || kind === 'pipe' || !stream().isTTY ? undefined : stream().columns
}

/**
 * The world of this process. Streams are touched when they are needed: Node.js makes each on first use, and help needs none but stdout.
 * @param interrupted ends what is under way: aborted by Ctrl-C that is read as a key
 * @param onUnread called when nobody reads stdout any more
 * @returns the world, and what resolves once all that was said there has left
 */
export function worldOf(
  interrupted: AbortController,
  onUnread: () => void,
): { readonly world: World; readonly flushed: () => Promise<unknown> } {
  const { signal } = interrupted
  /** Asks at the terminal. Readline shows what is typed by writing it; hidden, it writes nowhere. */
  const prompt: World['prompt'] = async (question, hidden = false) => {
    const [{ createInterface }, { Writable }] = await Promise.all([import('node:readline/promises'), import('node:stream')])
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
    const terminal = createInterface({ input: process.stdin, output: hidden ? nowhere : process.stderr, terminal: true })
    if (hidden) process.stderr.write(question)
    // A terminal that readline reads gives it Ctrl-C as a key.
    terminal.on('SIGINT', () => interrupted.abort())
    try {
      return (await terminal.question(question, { signal })).trim()
    } finally {
      terminal.close()
      if (hidden) process.stderr.write('\n')
    }
  }
  const watched = () => process.stdin.isTTY && process.stderr.isTTY
  const [toStdout, toStderr] = [() => process.stdout, () => process.stderr]
  const stdout = writerTo(1, toStdout, (error) => {
    if (error.code !== 'EPIPE') throw error
    onUnread()
  })
  // Talk that nobody can read does not make the work fail.
  const stderr = writerTo(2, toStderr, () => undefined)
  const world: World = {
    env: process.env,
    home: process.env.HOME ?? process.env.USERPROFILE ?? '.',
    stdout: stdout.write,
    stderr: stderr.write,
    get columns() {
      return columnsOf(1, toStdout)
    },
    get stderrColumns() {
      return columnsOf(2, toStderr)
    },
    get ask() {
      return watched() ? async (question: string) => /^y(es)?$/i.test(await prompt(question)) : undefined
    },
    get prompt() {
      return watched() ? prompt : undefined
    },
    // To its end; more than any operation takes is refused.
    stdin: async () => (await import('./input.ts')).readBounded(process.stdin),
    signal,
    now: systemNow,
  }
  return { world, flushed: () => Promise.all([stdout.flushed(), stderr.flushed()]) }
}
