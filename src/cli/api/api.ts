import type { Product } from '../../api/products.ts'
import type { Text } from '../../api/text.ts'
import type { ApiError } from '../../client/api-error.ts'
import type { Call } from '../../client/call.ts'
import type { ClientOptions } from '../../client/index.ts'
import { type Command, connection, everywhere, type Invocation } from '../command.ts'
import { connect, type Connection, inRegion } from '../connect.ts'
import { CommandError, exit } from '../errors.ts'
import { say } from '../language.ts'
import { answerOptions, openAnswerOutput } from '../output.ts'
import { guardOptions } from '../safety/guard.ts'
import { ofOperations } from '../undo/kinds.ts'
import { recordDeed, recordOptions } from '../undo/record.ts'
import { asksFirst } from './destructive.ts'
import type { Found } from './operation.ts'

/** A product's `call`. */
async function callOf(product: Product, options: ClientOptions): Promise<Call> {
  const clients = {
    ecs: async () => new (await import('../../client/ecs.ts')).EcsClient(options),
    vpc: async () => new (await import('../../client/vpc.ts')).VpcClient(options),
    ram: async () => new (await import('../../client/ram.ts')).RamClient(options),
    sts: async () => new (await import('../../client/sts.ts')).StsClient(options),
    location: async () => {
      const { ProductClient } = await import('../../client/client.ts')
      return new ProductClient('location', { DescribeEndpoints: { readOnly: true } }, options)
    },
  } as const
  const client = await clients[product]()
  return (action, input, more) => client.call(action, input, more)
}

async function found({ rest, values }: Invocation): Promise<Found> {
  const [action, ...more] = rest
  if (action === undefined)
    throw new CommandError({ en: 'name an operation: tanxing api DescribeInstances', zh: '请给出 API 名称：tanxing api DescribeInstances' })
  if (more.length > 0)
    throw new CommandError({
      en: `${action} takes no "${more[0]}": parameters are --Name VALUE`,
      zh: `${action} 不接受“${more[0]}”：参数的形式为 --Name VALUE`,
    })
  return (await import('./operation.ts')).findOperation(action, values.text('product'))
}

const options = {
  ...connection,
  product: {
    type: 'string',
    choices: ['ecs', 'vpc', 'ram', 'sts', 'location'],
    help: { en: 'whose operation it is, where several have one of that name', zh: 'API 所属的产品（重名时指定）' },
  },
  page: { type: 'boolean', help: { en: 'one page as it comes, not the whole list', zh: '只取一页，不读取完整列表' } },
  wait: {
    type: 'string',
    value: 'STATE',
    help: {
      en: 'wait until what the call was about is so, e.g. Running or Deleted',
      zh: '等待相关资源到达该状态，例如 Running 或 Deleted',
    },
  },
  unchecked: {
    type: 'boolean',
    help: { en: 'send the parameters as written, unchecked by the catalogue', zh: '原样发送参数，不作检查' },
  },
  'dry-run': {
    type: 'boolean',
    help: { en: 'let the service check the call and do nothing, where the operation has that', zh: '只由服务端校验，不执行（API 支持时）' },
  },
  ...guardOptions(50),
  ...recordOptions,
  ...answerOptions,
} as const satisfies Command['options']

/** What was said of the call before it was made: that it, or a parameter of it, is deprecated. */
function tellDeprecated({ action, operation }: Found, { world, parameters, language }: Invocation): void {
  const roots = new Set(parameters.map(([name]) => name.replaceAll(/\.\d+(?=\.|$)/g, '')))
  const old = (operation.deprecatedInput ?? []).filter((path) => roots.has(path)).map((path) => `--${path}`)
  const all = [...(operation.deprecated ? [action] : []), ...new Set(old)]
  const verb = all.length === 1 ? 'is' : 'are'
  if (all.length > 0) world.stderr(`${say({ en: `${all.join(', ')} ${verb} deprecated`, zh: `${all.join('、')} 已弃用` }, language)}\n`)
}

/** What the command line asks for, read and checked before anything is called. */
async function read(invocation: Invocation, { action, product, operation }: Found) {
  const { world, values, parameters } = invocation
  const { inputOf, uncheckedInput } = await import('./parameters.ts')
  const goal = values.text('wait')
  if (goal !== undefined) (await import('./wait.ts')).checkGoal(goal, product)
  // RegionId leads the call even where the operation has no such parameter.
  const leads = (name: string) => name === 'RegionId' && !Object.hasOwn(operation.input, name)
  const regionId = parameters.find(([name]) => leads(name))?.[1]
  const own = parameters.filter(([name]) => !leads(name))
  const unchecked = values.flag('unchecked')
  const given = unchecked ? await uncheckedInput(own, world) : await inputOf(action, operation, own, world, { ...options, ...everywhere })
  const dry = values.flag('dry-run') || String(given.DryRun) === 'true'
  const input = dry && Object.hasOwn(operation.input, 'DryRun') ? { ...given, DryRun: true } : given
  // Where the operation has such a parameter, what it is about is there too.
  const elsewhere = regionId ?? input.RegionId
  return {
    input,
    dry,
    goal,
    unchecked,
    region: typeof regionId === 'string' ? { regionId } : {},
    elsewhere: typeof elsewhere === 'string' ? elsewhere : undefined,
  }
}

/** Whether a dry run was refused with the code that says that it would have gone well. */
const wouldDo = ({ code }: ApiError) => /^(?:DryRunOperation|DRYRUN\.SUCCESS)$/.test(code)

async function call(invocation: Invocation, what: Found): Promise<void> {
  const { world, values, language } = invocation
  const { action, product, operation } = what
  const tell = (text: Text) => world.stderr(`${say(text, language)}\n`)
  const { input, dry, goal, unchecked, region, elsewhere } = await read(invocation, what)
  const print = await openAnswerOutput(invocation)
  tellDeprecated(what, invocation)
  const here = await connect(invocation)
  const connected = elsewhere === undefined ? here : inRegion(here, elsewhere)
  const send = await callOf(product, here.options)
  const more = { signal: world.signal, ...region }
  if (operation.paging !== undefined && !values.flag('page') && !unchecked && !dry && input.PageNumber === undefined) {
    const { readWhole } = await import('./whole.ts')
    const { answer, items } = await readWhole(send, action, operation.paging, input, more)
    await print(answer, items)
    const count = items.length.toLocaleString('en')
    tell({ en: `${count} of ${count}`, zh: `共 ${count} 项，已列出 ${count} 项` })
    return
  }
  const asks = asksFirst(action, input, operation.readOnly === true)
  if (asks) {
    const clientOf = (one: Product) => callOf(one, connected.options)
    const { askFirst } = await import('./guarded.ts')
    await askFirst({ action, product, input, connection: connected, clientOf, dry }, invocation)
  }
  if (dry && !('DryRun' in input)) {
    tell({ en: `${action} has no dry run; nothing was sent`, zh: `${action} 不支持试运行；未发送请求` })
    return
  }
  const recording = asks && !dry && product === 'ecs' ? await recorded(action, input, connected, invocation) : undefined
  try {
    const answer = await send(action, input, more)
    await recording?.(true)
    if (goal !== undefined && !dry) {
      const { idsToWaitFor } = await import('./wait.ts')
      await connected.ecs.waitUntil(goal as 'Deleted', idsToWaitFor(goal, input, answer), more)
    }
    const { itemsIn } = await import('./whole.ts')
    await print(answer, itemsIn(answer) ?? answer)
    if (dry) tell({ en: `${action} would be carried out`, zh: `试运行：${action} 可以执行` })
  } catch (error) {
    const { ApiError: Refusal } = await import('../../client/api-error.ts')
    const refusal = error instanceof Refusal ? error : undefined
    if (dry && refusal !== undefined && wouldDo(refusal))
      return tell({ en: `${action} would be carried out`, zh: `试运行：${action} 可以执行` })
    if (refusal !== undefined) await recording?.(false)
    if (world.signal.aborted && operation.readOnly !== true)
      tell({
        en: `interrupted; ${action} may have been carried out: look before you repeat it`,
        zh: `已中断；${action} 可能已执行，重试前请先查看`,
      })
    throw error
  }
}

/** The undo recipe of an operation that is a deed, written before it is called; undefined where there is none. */
async function recorded(
  action: string,
  input: Readonly<Record<string, unknown>>,
  connected: Connection,
  invocation: Invocation,
): Promise<((went: boolean) => Promise<void>) | undefined> {
  const deed = Object.hasOwn(ofOperations, action) ? ofOperations[action] : undefined
  const ids = deed && (await import('./targets.ts')).namedIn(input).get(deed.ids)
  if (deed === undefined || ids === undefined) return undefined
  const { ended } = await recordDeed(deed.kind, ids, connected, invocation)
  // An answer does not prove that it was done to each: what is there is looked at when it is undone.
  return (went) => ended(ids.map((Id) => ({ Id, Result: went ? ('done' as const) : ('failed' as const) })))
}

/** `tanxing api <Action>`: any operation of any product of the catalogue, its parameters checked before the call. */
export const command: Command = {
  usage: 'ACTION [--PARAMETER VALUE]… [OPTIONS]',
  takesRest: true,
  takesParameters: true,
  options,
  async help(invocation) {
    if (invocation.rest.length === 0) return undefined
    const { describeOperation } = await import('./describe.ts')
    return describeOperation(await found(invocation), invocation.language)
  },
  async run(invocation) {
    await call(invocation, await found(invocation))
    return exit.done
  },
}
