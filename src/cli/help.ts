import { type Command, everywhere, type Options } from './command.ts'
import { commands } from './commands.ts'
import { type Language, say } from './language.ts'

const heads = {
  commands: { en: 'Commands:', zh: '命令：' },
  options: { en: 'Options:', zh: '选项：' },
  usage: { en: 'Usage:', zh: '用法：' },
  about: { en: 'Manage Alibaba Cloud ECS, on the real cloud or on a local one.', zh: '管理阿里云 ECS：真实云或本地云。' },
  more: {
    en: '`tanxing COMMAND --help` tells more. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not found, 4 not permitted or no credentials, 5 timed out, 6 refused, 130 interrupted.',
    zh: '`tanxing 命令 --help` 查看详情。退出码：0 完成，1 失败，2 用法错误，3 未找到，4 无权限或无凭证，5 超时，6 被拒绝，130 中断。',
  },
} as const

const optionLines = (options: Options, language: Language): string[] => {
  const names = Object.entries(options).map(([name, option]) => `--${name}${option.value ? ` ${option.value}` : ''}`)
  const width = Math.max(...names.map((name) => name.length))
  return Object.values(options).map((option, at) => `  ${(names[at] as string).padEnd(width)}  ${say(option.help, language)}`)
}

/** What `tanxing --help` prints. */
export function overview(language: Language): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length))
  return [
    say(heads.about, language),
    '',
    say(heads.commands, language),
    ...Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${say(summary, language)}`),
    '',
    say(heads.options, language),
    ...optionLines({ ...everywhere, version: { type: 'boolean', help: { en: 'print the version', zh: '显示版本' } } }, language),
    '',
    say(heads.more, language),
    '',
  ].join('\n')
}

/** What `tanxing <command> --help` prints. */
export function commandHelp(name: string, command: Command, language: Language): string {
  return [
    say(commands[name]?.summary ?? { en: '', zh: '' }, language),
    '',
    `${say(heads.usage, language)} tanxing ${name} ${command.usage ?? '[OPTIONS]'}`,
    '',
    say(heads.options, language),
    ...optionLines({ ...command.options, ...everywhere }, language),
    '',
  ].join('\n')
}
