import type { Product } from '../../api/products.ts'
import type { Call } from '../../client/call.ts'
import type { ClientOptions } from '../../client/index.ts'
import { type Command, connection, everywhere, type Invocation } from '../command.ts'
import { connect } from '../connect.ts'
import { CommandError, exit } from '../errors.ts'
import { say } from '../language.ts'
import { answerOptions, openValueOutput } from '../output.ts'
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
    throw new CommandError({ en: 'name an operation: tanxing api DescribeInstances', zh: '请给出操作名：tanxing api DescribeInstances' })
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
    help: { en: 'whose operation it is, where several have one of that name', zh: '操作所属的产品（重名时指定）' },
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
    help: { en: 'send the parameters as written, unchecked by the catalogue', zh: '按原样发送参数，不按目录检查' },
  },
  ...answerOptions,
} as const satisfies Command['options']

async function call(invocation: Invocation, { action, product, operation }: Found): Promise<void> {
  const { world, values, parameters, language } = invocation
  const { inputOf, uncheckedInput } = await import('./parameters.ts')
  const goal = values.text('wait')
  if (goal !== undefined) (await import('./wait.ts')).checkGoal(goal, product)
  const unchecked = values.flag('unchecked')
  // RegionId leads the call even where the operation has no such parameter.
  const leads = (name: string) => name === 'RegionId' && !Object.hasOwn(operation.input, name)
  const regionId = parameters.find(([name]) => leads(name))?.[1]
  const own = parameters.filter(([name]) => !leads(name))
  const input = unchecked ? await uncheckedInput(own, world) : await inputOf(action, operation, own, world, { ...options, ...everywhere })
  const print = await openValueOutput(invocation, 'json')
  const connected = await connect(invocation)
  const send = await callOf(product, connected.options)
  const more = { signal: world.signal, ...(typeof regionId === 'string' && { regionId }) }
  if (operation.paging !== undefined && !values.flag('page') && !unchecked && input.PageNumber === undefined) {
    const { readWhole } = await import('./whole.ts')
    const { answer, items } = await readWhole(send, action, operation.paging, input, more)
    await print(answer, items)
    const count = items.length.toLocaleString('en')
    world.stderr(`${say({ en: `${count} of ${count}`, zh: `共 ${count} 项，已列出 ${count} 项` }, language)}\n`)
    return
  }
  const answer = await send(action, input, more)
  if (goal !== undefined) {
    const { idsToWaitFor } = await import('./wait.ts')
    await connected.ecs.waitUntil(goal as 'Deleted', idsToWaitFor(goal, input, answer), more)
  }
  await print(answer)
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
