import { appendFileSync } from 'node:fs'
import { CommandError, exit } from './errors.ts'

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (value: number) => String(value).padStart(2, '0')

/** `Tue, 24 Nov 2026 04:26:11`, local time, English names whatever the locale. */
function stamp(ms: number): string {
  const at = new Date(ms)
  const date = `${days[at.getDay()]}, ${two(at.getDate())} ${months[at.getMonth()]} ${at.getFullYear()}`
  return `${date} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
}

/** One line in the shape of the tutorial's log: time, file[line], level, message. */
export const logLine = (ms: number, place: string, level: 'INFO' | 'ERROR', message: string): string =>
  `${stamp(ms)} ${place} ${level} ${message.replace(/[\r\n]+/g, ' ')}\n`

/** Where the stack of a new error was taken: `tutorial.ts[line:17]`. */
export function placeOf(stack: string | undefined): string {
  const match = /([\w.-]+):(\d+):\d+\)?$/.exec(stack?.split('\n')[1] ?? '')
  return match ? `${match[1]}[line:${match[2]}]` : 'tanxing[line:0]'
}

/**
 * Appends to a file, made 0600 when it is new. The file is tried at once, so that a wrong path fails before anything is done.
 * @throws CommandError when the file cannot be written
 */
export function fileWriter(path: string): (text: string) => void {
  const write = (text: string) => {
    try {
      appendFileSync(path, text, { mode: 0o600 })
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      throw new CommandError({ en: `cannot write ${path} (${code})`, zh: `无法写入 ${path}（${code}）` }, exit.failed)
    }
  }
  write('')
  return write
}
