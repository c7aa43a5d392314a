import type { Text } from '../api/text.ts'
import { type Command, everywhere, type Option, type Options, valueName } from './command.ts'
import { commands } from './commands.ts'
import { grouped } from './help/groups.ts'
import { type Language, say } from './language.ts'

const texts = {
  about: { en: 'Manage Alibaba Cloud ECS, on the real cloud or on a local one.', zh: '管理阿里云 ECS：真实云或本地云。' },
  commands: { en: 'Commands:', zh: '命令：' },
  options: { en: 'Options:', zh: '选项：' },
  usage: { en: 'Usage: ', zh: '用法：' },
  start: { en: 'First time here? Try: tanxing hello --local', zh: '初次使用？试试：tanxing hello --local' },
  more: { en: '`tanxing COMMAND --help` tells more about a command.', zh: '`tanxing 命令 --help` 查看该命令的详情。' },
  exits: {
    en: [
      'Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not found, 4 not permitted or',
      '  no credentials, 5 timed out, 6 refused by a safety limit, 130 interrupted.',
    ].join('\n'),
    zh: ['退出码：0 完成，1 失败，2 用法错误，3 未找到，4 无权限或无凭证，', '  5 等待超时，6 被安全限制拒绝，130 中断。'].join('\n'),
  },
  version: { en: 'print the version', zh: '显示版本' },
} as const satisfies Record<string, Text>

/** The left column is no wider than this; what is longer has its right column on the next line. */
const widest = 32

/** How wide the left column is: as its widest text, of those that are not too wide. */
const leftWidth = (lefts: readonly string[]) => Math.max(...lefts.map(({ length }) => length).filter((length) => length <= widest))

/** Left and right columns; what stands left is ASCII, so its length is its width. */
const twoColumns = (rows: readonly (readonly [string, string])[], width = leftWidth(rows.map(([left]) => left))): string[] =>
  rows.map(([left, right]) => `  ${left.padEnd(width)}${left.length > width ? `\n  ${' '.repeat(width)}` : ''}  ${right}`)

function optionRow(name: string, option: Option, language: Language): [string, string] {
  const flag = `${option.short ? `-${option.short}, ` : '    '}--${name}${option.type === 'string' ? ` ${valueName(option)}` : ''}`
  const notes = [
    ...(option.multiple ? [say({ en: 'repeatable', zh: '可重复' }, language)] : []),
    ...(option.default === undefined ? [] : [say({ en: `default ${option.default}`, zh: `默认 ${option.default}` }, language)]),
  ]
  const text = say(option.help, language)
  return [flag, notes.length === 0 ? text : say({ en: `${text} (${notes.join(', ')})`, zh: `${text}（${notes.join('，')}）` }, language)]
}

const optionLines = (options: Options, language: Language) =>
  twoColumns(Object.entries(options).map(([name, option]) => optionRow(name, option, language)))

const commandLines = (names: readonly string[], language: Language, width?: number) =>
  twoColumns(
    names.map((name) => [name, say((commands[name] as (typeof commands)[string]).summary, language)]),
    width,
  )

/** What `tanxing --help` prints. */
export function overview(language: Language): string {
  const version: Option = { type: 'boolean', short: 'v', help: texts.version }
  const names = Object.keys(commands)
  return [
    say(texts.about, language),
    '',
    say(texts.start, language),
    '',
    ...grouped(names).flatMap((group) => [
      say({ en: `${group.head.en}:`, zh: `${group.head.zh}：` }, language),
      ...commandLines(group.names, language, leftWidth(names)),
      '',
    ]),
    say(texts.options, language),
    ...optionLines({ ...everywhere, version }, language),
    '',
    say(texts.more, language),
    say(texts.exits, language),
    '',
  ].join('\n')
}

/** What `tanxing <noun>` prints: the noun's verbs. */
export const nounHelp = (names: readonly string[], language: Language): string =>
  [say(texts.commands, language), ...commandLines(names, language), '', say(texts.more, language), ''].join('\n')

/** What `tanxing <command> --help` prints. */
export function commandHelp(name: string, command: Command, language: Language): string {
  return [
    say((commands[name] as (typeof commands)[string]).summary, language),
    '',
    `${say(texts.usage, language)}tanxing ${name} ${command.usage ?? '[OPTIONS]'}`,
    '',
    say(texts.options, language),
    ...optionLines({ ...command.options, ...everywhere }, language),
    '',
  ].join('\n')
}
