import { type Command, connection, type Invocation } from '../command.ts'
import { connect, type Connection } from '../connect.ts'
import { CommandError, exit } from '../errors.ts'
import { say } from '../language.ts'
import { collect } from '../output.ts'
import { tagsOf } from '../select/filters.ts'
import { type SavedCommand, savedCommands } from './saved.ts'
import { contentOf, kindOf, scriptInput, scriptOf, scriptOptions, typeNames, typeOf } from './script.ts'

const example = 'commands save cleanup -- @cleanup.sh'

function nameOf({ rest }: Invocation): string {
  const [name, ...more] = rest
  if (name !== undefined && more.length === 0) return name
  throw new CommandError({ en: `give the command one name: tanxing ${example}`, zh: `请给出一个命令名称：tanxing ${example}` })
}

/** The command that has the name already; of several nobody could say which is meant. */
async function sameNamed(name: string, connected: Connection, { world, values }: Invocation): Promise<SavedCommand | undefined> {
  const found = await collect(savedCommands.read(connected, savedCommands.withName(name), world.signal))
  const [one, ...more] = found.filter(({ Name }) => Name === name)
  if (one !== undefined && (more.length > 0 || !values.flag('replace')))
    throw new CommandError({
      en: `there is a command ${name} already: ${[one, ...more].map(savedCommands.id).join(', ')}${more.length > 0 ? '' : '; --replace gives it the new script'}`,
      zh: `已有名为 ${name} 的命令：${[one, ...more].map(savedCommands.id).join('、')}${more.length > 0 ? '' : '；用 --replace 替换其脚本'}`,
    })
  return one
}

/** What cannot be changed must be as it was. */
function demandSame({ Type, Launcher, EnableParameter }: SavedCommand, { values }: Invocation, script: string): void {
  const type = values.text('type')
  if (type !== undefined && type !== typeNames(Type, Launcher))
    throw new CommandError({
      en: `its type is ${typeNames(Type, Launcher)}, which cannot be changed: delete it, and save it anew`,
      zh: `其类型为 ${typeNames(Type, Launcher)}，无法修改：请删除后重新保存`,
    })
  if (values.flag('with-params') !== EnableParameter && (values.flag('with-params') || /\{\{/.test(script)))
    throw new CommandError({
      en: 'whether it takes parameters cannot be changed: delete it, and save it anew',
      zh: '是否使用参数无法修改：请删除后重新保存',
    })
}

/** `tanxing commands save`: keeps a script under a name, to be run with `commands run --command`. */
export const command: Command = {
  usage: 'NAME [OPTIONS] -- SCRIPT…|@FILE|-',
  takesRest: true,
  takesTrailing: true,
  options: {
    ...connection,
    ...scriptOptions,
    description: { type: 'string', value: 'TEXT', help: { en: 'what it is for', zh: '命令描述' } },
    'with-params': { type: 'boolean', help: { en: 'its {{KEY}} are parameters', zh: '脚本中的 {{KEY}} 为自定义参数' } },
    tag: { type: 'string', multiple: true, value: 'KEY=VALUE', help: { en: 'tag', zh: '标签' } },
    replace: { type: 'boolean', help: { en: 'give the command of that name the new script', zh: '替换同名命令的脚本' } },
    'dry-run': { type: 'boolean', help: { en: 'say what would be done; change nothing', zh: '只说明将做什么，不作任何改动' } },
  },
  async run(invocation) {
    const { world, values, language } = invocation
    const { signal } = world
    const Name = nameOf(invocation)
    const script = await scriptOf(invocation, example)
    const Description = values.text('description')
    const input = { ...scriptInput(invocation), ...(Description !== undefined && { Description }) }
    const Tag = tagsOf(values)
    const connected = await connect(invocation)
    const old = await sameNamed(Name, connected, invocation)
    if (old !== undefined) demandSame(old, invocation, script)
    if (values.flag('dry-run')) {
      const text = old
        ? { en: `it would replace the script of ${old.CommandId} ${Name}`, zh: `试运行：将替换 ${old.CommandId} ${Name} 的脚本` }
        : { en: `it would be saved as ${Name}`, zh: `试运行：将保存为 ${Name}` }
      world.stderr(`${say(text, language)}\n`)
      return exit.done
    }
    const content = contentOf(script)
    const id = old
      ? await connected.ecs
          .modifyCommand({ CommandId: old.CommandId, CommandContent: content.CommandContent, ...input }, { signal })
          .then(() => old.CommandId)
      : (
          await connected.ecs.createCommand(
            {
              Name,
              ...content,
              ...kindOf(typeOf(invocation) ?? 'shell'),
              ...input,
              ...(values.flag('with-params') && { EnableParameter: true }),
              ...(Tag.length > 0 && { Tag }),
            },
            { signal },
          )
        ).CommandId
    world.stdout(`${id}\n`)
    world.stderr(`${say({ en: `saved as ${Name}`, zh: `已保存为 ${Name}` }, language)}\n`)
    return exit.done
  },
}
