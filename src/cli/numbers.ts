import type { Invocation } from './command.ts'
import { CommandError } from './errors.ts'

/** A whole number that an option gives, from 1 to `most`; undefined where it is not given. @throws CommandError for anything else */
export function wholeNumber({ values }: Invocation, option: string, most: number): number | undefined {
  const text = values.text(option)
  if (text === undefined) return undefined
  if (/^\d{1,6}$/.test(text) && Number(text) >= 1 && Number(text) <= most) return Number(text)
  throw new CommandError({ en: `--${option} is a number from 1 to ${most}`, zh: `--${option} 为 1 到 ${most} 的整数` })
}

/** An option without which the command cannot go on. @param see a command that shows what there is to choose from */
export function demanded({ values }: Invocation, option: string, see?: string): string {
  const text = values.text(option)
  if (text !== undefined) return text
  const hint = see === undefined ? { en: '', zh: '' } : { en: `; see \`tanxing ${see}\``, zh: `；参见 \`tanxing ${see}\`` }
  throw new CommandError({ en: `--${option} is needed${hint.en}`, zh: `缺少 --${option}${hint.zh}` })
}
