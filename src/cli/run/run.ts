import { type StdioOptions, spawn } from 'node:child_process'
import type { EventEmitter } from 'node:events'
import { constants } from 'node:os'
import type { Text } from '../../api/text.ts'

export interface RunOptions {
  readonly command: string
  readonly args: readonly string[]
  /** The whole environment of the command. */
  readonly env: NodeJS.ProcessEnv
  /** `inherit` by default. */
  readonly stdio?: StdioOptions
  /** Told the one line to print when the command cannot be started. */
  readonly say: (line: Text) => void
  /** Where signals arrive; this process by default. */
  readonly signals?: EventEmitter
  /** True when a terminal sends Ctrl-C to the command as well as to this process; by default, when stdin is one. */
  readonly terminal?: boolean
}

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

const notFound = (command: string): Text => ({
  en: `${command}: command not found`,
  zh: `找不到命令 ${command}`,
})
const notStarted = (command: string, cause: string): Text => ({
  en: `${command} cannot be started (${cause})`,
  zh: `无法启动 ${command}（${cause}）`,
})

/**
 * Runs a command to its end and resolves to the exit code for this process: the command's own, 128 and the signal's number when a signal
 * ended it, 127 when it is not found, 126 when it cannot be run. SIGINT, SIGTERM and SIGHUP are passed on to it, but for a Ctrl-C that the
 * terminal has given it already. Never rejects.
 */
export function runCommand({ command, args, env, stdio = 'inherit', say, signals = process, terminal }: RunOptions): Promise<number> {
  const ctrlCReachesIt = terminal ?? process.stdin.isTTY
  return new Promise((resolve) => {
    const child = spawn(command, args, { env, stdio })
    const passOn = forwarded.map((signal) => [signal, () => void ((signal === 'SIGINT' && ctrlCReachesIt) || child.kill(signal))] as const)
    for (const [signal, pass] of passOn) signals.on(signal, pass)
    const end = (code: number) => {
      for (const [signal, pass] of passOn) signals.off(signal, pass)
      resolve(code)
    }
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (child.pid !== undefined) return
      const missing = error.code === 'ENOENT'
      say(missing ? notFound(command) : notStarted(command, error.code ?? error.message))
      end(missing ? 127 : 126)
    })
    child.on('close', (code, signal) => end(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
  })
}
