import type { Text } from '../../api/text.ts'
import { ApiError } from '../../client/api-error.ts'
import { type Command, connection, type Invocation } from '../command.ts'
import { connect, type Connection } from '../connect.ts'
import { CommandError, exit } from '../errors.ts'
import { failureLine, failureOf } from '../failure.ts'
import { type Instance, instances } from '../instances/instance.ts'
import { say } from '../language.ts'
import { painted, placeOf } from '../place.ts'
import { agree, countsOf, guard, guardOptions } from '../safety/guard.ts'
import { planLines } from '../safety/plan.ts'
import { named, select, selectOptions } from '../select/select.ts'
import { type Begun, begin, notRun, type Order } from './begin.ts'
import { type Outcome, outcomeLines } from './outcomes.ts'
import { followAndReport, followOutput, openPrinter } from './report.ts'
import { savedCommands } from './saved.ts'
import { contentOf, kindOf, parametersOf, scriptInput, scriptOf, scriptOptions, systemFor, systemOf, typeOf } from './script.ts'

const verb = { en: 'run', zh: '执行' } as const
/** As it is asked: `to run this on them`. */
const onThem = { en: 'run this on', zh: '执行' } as const
const example = 'commands run web-1 -- df -h'
/** The service ends a script when its time is up; what is then not told has this long to come. */
const graceMs = 120_000

const options: Command['options'] = {
  ...connection,
  ...followOutput,
  ...selectOptions(instances.filters),
  command: { type: 'string', value: 'ID|NAME', help: { en: 'a saved command, in place of a script', zh: '执行已保存的命令，而不是脚本' } },
  ...scriptOptions,
  user: {
    type: 'string',
    value: 'NAME',
    help: { en: 'user that it runs as; root or System by default', zh: '执行用户；默认 root 或 System' },
  },
  param: {
    type: 'string',
    multiple: true,
    value: 'KEY=VALUE',
    help: { en: 'value for {{KEY}} of the script', zh: '脚本中 {{KEY}} 的值' },
  },
  'no-wait': { type: 'boolean', help: { en: 'begin it, and do not wait for its end', zh: '只下发，不等待结束' } },
  'dry-run': {
    type: 'boolean',
    help: { en: 'show where it would run and let the service check it; run nothing', zh: '显示将在何处执行并由服务端校验，不实际执行' },
  },
  ...guardOptions(50),
}

/** What is to be run, but for where. Without a type it is the shell of the instances' system. */
interface Wanted {
  readonly order: (system: 'linux' | 'windows') => Order
  /** The system it is for; undefined where any will do. */
  readonly system: 'linux' | 'windows' | undefined
  /** Of the script, in milliseconds. */
  readonly timeoutMs: number
}

const defaultTimeout = 60

async function savedWanted(word: string, connected: Connection, invocation: Invocation): Promise<Wanted> {
  const [command] = await named([word], savedCommands, connected, invocation.world.signal)
  const input = scriptInput(invocation)
  const saved = {
    CommandId: command?.CommandId ?? word,
    ...input,
    Username: invocation.values.text('user'),
    Parameters: parametersOf(invocation),
  }
  const seconds = input.Timeout ?? command?.Timeout ?? defaultTimeout
  return { order: () => ({ saved }), system: command && systemFor(command.Type), timeoutMs: seconds * 1_000 }
}

function scriptWanted(script: string, invocation: Invocation): Wanted {
  const type = typeOf(invocation)
  const input = scriptInput(invocation)
  const Parameters = parametersOf(invocation)
  const common = {
    ...contentOf(script),
    ...input,
    Username: invocation.values.text('user'),
    ...(Parameters && { Parameters, EnableParameter: true }),
  }
  return {
    order: (system) => ({ script: { ...common, ...kindOf(type ?? (system === 'windows' ? 'powershell' : 'shell')) } }),
    system: type && systemFor(kindOf(type).Type),
    timeoutMs: (input.Timeout ?? defaultTimeout) * 1_000,
  }
}

/** Reads what is to be run before anything is called, as far as that goes. */
async function wantedOf(invocation: Invocation): Promise<(connected: Connection) => Promise<Wanted>> {
  const { values, trailing } = invocation
  const saved = values.text('command')
  if (saved === undefined) {
    const wanted = scriptWanted(await scriptOf(invocation, example), invocation)
    return () => Promise.resolve(wanted)
  }
  if (trailing !== undefined || values.text('type') !== undefined)
    throw new CommandError({
      en: '--command names what is run: it does not go with --type or a script',
      zh: '--command 已指定要执行的命令，不能与 --type 或脚本同用',
    })
  scriptInput(invocation)
  parametersOf(invocation)
  return (connected) => savedWanted(saved, connected, invocation)
}

const mixed = () =>
  new CommandError({
    en: 'some of these are Linux and some Windows: one script fits only one of them; say --type, and the others are left out',
    zh: '所选实例既有 Linux 也有 Windows，一个脚本只适用于其中一种；请用 --type 指定类型，其余实例将被跳过',
  })

/** Why it cannot run on an instance; undefined when it can. One that is unfit would fail the call for all. */
function unfit(instance: Instance, system: 'linux' | 'windows'): Text | undefined {
  if (instance.Status !== 'Running') return { en: `the instance is ${instance.Status}`, zh: `实例状态为 ${instance.Status}` }
  if (systemOf(instance) === system) return undefined
  const is = systemOf(instance) === 'windows' ? 'Windows' : 'Linux'
  return { en: `it is for ${system === 'windows' ? 'Windows' : 'Linux'}, and this is ${is}`, zh: `脚本类型与实例的操作系统 ${is} 不匹配` }
}

function refusedOf(begun: readonly Begun[], { world, language }: Invocation): Outcome[] {
  return begun.flatMap(({ error, instances: some }) => {
    if (error === undefined) return []
    const lost = world.signal.aborted && !(error instanceof ApiError)
    const why = lost
      ? say({ en: 'interrupted; not begun, or not seen to be', zh: '已中断；未下发或未确认' }, language)
      : failureLine(failureOf(error, language), language)
    return some.map((instance) => notRun(instance, why))
  })
}

interface Sent {
  readonly going: readonly Instance[]
  readonly invokeIds: readonly string[]
  readonly before: readonly Outcome[]
  readonly dry: boolean
}

/** Says what was begun, or would be, where nobody waits for its end; on stdout the ids of the runs. */
function unwatched({ going, invokeIds, before, dry }: Sent, mark: Text, { world, language }: Invocation): number {
  world.stdout(invokeIds.map((id) => `${id}\n`).join(''))
  for (const line of outcomeLines(before, undefined, { language }).slice(0, -1)) world.stderr(`${line}\n`)
  const total = going.length + before.length
  const text = dry
    ? {
        en: `it would run on ${going.length} of ${total} (${mark.en})`,
        zh: `试运行：共 ${total} 台实例，${going.length} 个可以执行（${mark.zh}）`,
      }
    : { en: `begun on ${going.length} of ${total} (${mark.en})`, zh: `共 ${total} 台实例，已下发 ${going.length} 个（${mark.zh}）` }
  world.stderr(`${say(text, language)}\n`)
  if (world.signal.aborted) return exit.interrupted
  return before.length > 0 ? exit.failed : exit.done
}

/** `tanxing commands run`: runs a script or a saved command on instances, prints its output, and ends as the script did. */
export const command: Command = {
  usage: 'ID|NAME… [OPTIONS] -- SCRIPT…|@FILE|-',
  takesRest: true,
  takesTrailing: true,
  options,
  async run(invocation) {
    const { world, values, language } = invocation
    const { signal } = world
    const read = await wantedOf(invocation)
    const { yes, limit } = countsOf(invocation)
    const printer = await openPrinter(invocation)
    const dry = values.flag('dry-run')
    const connected = await connect(invocation)
    const wanted = await read(connected)
    const selected = await select(instances, connected, invocation)
    const systems = [...new Set(selected.map(systemOf))]
    if (wanted.system === undefined && systems.length > 1) throw mixed()
    const system = wanted.system ?? systems[0] ?? 'linux'
    const fit = selected.filter((instance) => unfit(instance, system) === undefined)
    const left = selected.flatMap((instance) => {
      const why = unfit(instance, system)
      return why === undefined ? [] : [notRun(instance, say(why, language))]
    })
    const plan = fit.map(({ InstanceId, InstanceName, Status, OSName }) => ({
      id: InstanceId,
      name: InstanceName,
      about: `${Status}  ${OSName}`,
      losses: [],
    }))
    const place = await placeOf(connected, signal)
    const mark = painted(place.mark, place, world)
    // Whoever names instances knows which they are; what a filter comes to is shown, and asked about.
    const asked = invocation.rest.length === 0
    if (plan.length > 0 && (dry || asked))
      for (const line of planLines(
        { noun: instances, verb, headed: { en: 'run on …', zh: '在 … 上执行' } },
        plan,
        painted(place.text, place, world),
        language,
      ))
        world.stderr(`${line}\n`)
    guard({ noun: instances, verb }, plan, limit)
    if (asked && !dry && plan.length > 0) await agree({ noun: instances, verb: onThem }, plan, yes, invocation, mark)
    const begun = await begin(wanted.order(system), fit, connected.ecs, signal, dry)
    const before = [...left, ...refusedOf(begun, invocation)]
    const invokeIds = begun.flatMap(({ invokeId }) => (invokeId === '' ? [] : [invokeId]))
    const names = new Map(fit.map(({ InstanceId, InstanceName }) => [InstanceId, InstanceName]))
    const going = begun.filter(({ error }) => error === undefined).flatMap((one) => one.instances)
    if (dry || values.flag('no-wait') || invokeIds.length === 0) return unwatched({ going, invokeIds, before, dry }, mark, invocation)
    const followed = { invokeIds, names, total: going.length }
    return followAndReport(followed, before, printer, connected, invocation, wanted.timeoutMs + graceMs, mark)
  },
}
