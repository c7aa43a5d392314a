import { expect } from 'vitest'
import { catalogue } from '../../../src/api/catalogue.ts'
import { flatten } from '../../../src/api/flatten.ts'
import { type Product, products } from '../../../src/api/products.ts'
import type { Credentials } from '../../../src/cloud/index.ts'
import type { TestCloud } from '../../../src/cloud/testing.ts'
import type { Caller } from './callers.ts'
import { differences, hasPath } from './differences.ts'
import { unsent } from './sent.ts'
import { beside, type CallStep, type PrepareStep, type Step, type WalkedProduct } from './steps.ts'
import { at, filled, missing, unmet } from './values.ts'

/** Where a walk goes. */
export interface Ground {
  readonly cloud: TestCloud
  /** Host and port of the cloud. */
  readonly endpoint: string
  readonly caller: Caller
  /** The body of the last answer to an operation as it went over the wire. */
  readonly lastAnswer: (action: string) => unknown
  readonly product: WalkedProduct
  /** What the client's version lacks. */
  readonly lacking: readonly string[]
  /** Whether its model has every field of the catalogue. */
  readonly whole: boolean
  /** What is known by name; `keep` adds to it. */
  readonly known: Map<string, unknown>
}

const regionId = 'cn-hangzhou'

/** Operations of VPC that ECS had before it: both answer with the fields of both. */
const twins: { readonly [product in WalkedProduct]?: Product } = { ecs: 'vpc', vpc: 'ecs' }

const mostRepeats = 60

const named = (path: string) => path.replaceAll(/\.\d+(?=\.|$)/g, '')

/** The parameters of a call as they go over the wire. */
export function parametersOf(product: Product, action: string, input: object): [string, string][] {
  const operation = catalogue(product).get(action)
  if (operation === undefined) throw new Error(`there is no operation ${action}`)
  return flatten(input, operation)
}

function inputOf(step: CallStep, { product, known }: Ground): Record<string, unknown> {
  const given = filled(step.with ?? {}, known) as Record<string, unknown>
  const takes = catalogue(product).get(step.call)?.input ?? {}
  const region = 'RegionId' in takes ? { RegionId: regionId } : 'regionId' in takes ? { regionId } : {}
  return { ...region, ...given }
}

function keysOf({ as }: CallStep, { cloud, known }: Ground): Credentials {
  if (as === undefined) return cloud.cloud.credentials
  const [accessKeyId = '', accessKeySecret = ''] = filled(as, known) as string[]
  return { accessKeyId, accessKeySecret }
}

/** Calls with the official client; holds what it sent against what it was given, and what it read against what was answered. */
async function official(step: CallStep, input: object, ground: Ground): Promise<unknown> {
  const { cloud, caller, endpoint, lastAnswer, whole, product } = ground
  const api = product + products[product].version.replaceAll('-', '')
  const told = await caller.ask({ api, endpoint, ...keysOf(step, ground), regionId, call: step.call, with: input })
  if ('broken' in told) throw new Error(`${step.call}: the client broke: ${told.broken}`)
  if ('unknown' in told) throw new Error(`${step.call} is not in this version of the client: beside.json does not say so`)
  const [logged] = cloud.cloud.requests(1)
  expect(logged?.action).toBe(step.call)
  const lost = unsent(parametersOf(product, step.call, input), logged?.parameters ?? {})
  if (lost.length > 0) throw new Error(`of what the client was given, ${lost.join('; ')}`)
  if ('refused' in told) {
    expect(told.refused, `${step.call}: ${told.message}`).toBe(step.refused)
    return undefined
  }
  expect(step.refused, `${step.call} was carried out`).toBeUndefined()
  const twin = twins[product]
  const ofTwin = twin && catalogue(twin).get(step.call)?.output
  const mayLack = (path: string) => !whole || beside.unread[step.call]?.includes(path) === true || hasPath(ofTwin, path)
  const otherwise = differences(lastAnswer(step.call), told.answer, mayLack)
  if (otherwise.length > 0) throw new Error(`the client reads otherwise: ${otherwise.slice(0, 20).join('; ')}`)
  return told.answer
}

/** In place of an official client that lacks the operation or a parameter. */
const own = async (step: CallStep, input: object, ground: Ground): Promise<unknown> => {
  const code = await ground.cloud.call(step.call, input, { product: ground.product, as: keysOf(step, ground) }).then(
    (answer: unknown) => ({ answer }),
    (error: unknown) => ({ refused: (error as { code?: string }).code, error }),
  )
  if ('answer' in code && step.refused === undefined) return code.answer
  expect('refused' in code && code.refused, `${step.call}: ${JSON.stringify(code)}`).toBe(step.refused)
  return undefined
}

/** Whether the project's own client makes a call, since the official one lacks the operation or a parameter. */
export function isLacked({ call, with: given = {} }: CallStep, product: WalkedProduct, lacking: readonly string[]): boolean {
  const names = [call, ...parametersOf(product, call, given).map(([name]) => `${call}.${named(name)}`)]
  return names.some((name) => lacking.includes(name))
}

async function once(step: CallStep, ground: Ground): Promise<unknown> {
  const input = inputOf(step, ground)
  return isLacked(step, ground.product, ground.lacking) ? own(step, input, ground) : official(step, input, ground)
}

async function called(step: CallStep, ground: Ground): Promise<unknown> {
  let answer = await once(step, ground)
  const { until } = step
  if (until === undefined) return answer
  for (let repeats = 0; unmet(until, answer, ground.known).length > 0; repeats++) {
    if (repeats === mostRepeats) throw new Error(`${step.call} never got there: ${unmet(until, answer, ground.known).join('; ')}`)
    ground.cloud.cloud.next()
    answer = await once(step, ground)
  }
  return answer
}

async function prepared({ setUp, control, with: given = {} }: PrepareStep, { cloud, known }: Ground): Promise<unknown> {
  const input = filled(given, known) as object
  if (setUp !== undefined) {
    const [product, action = ''] = setUp.split('.')
    return cloud.call(action, input, { product: product as Product })
  }
  const [method = '', target = ''] = String(filled(control, known)).split(' ')
  const body = new TextEncoder().encode(method === 'GET' || method === 'DELETE' ? '' : JSON.stringify(input))
  const answer = await cloud.cloud.handle({ method, target, headers: { host: 'localhost' }, body })
  const text = Buffer.from(answer.body).toString()
  expect(answer.status, `${control}: ${text}`).toBe(200)
  return JSON.parse(text) as unknown
}

/** Takes one step; throws where the cloud, or what the client makes of it, is not as the step says. */
export async function take(step: Step, ground: Ground): Promise<void> {
  if ('advance' in step) {
    ground.cloud.clock.advance(step.advance * 1000)
    return
  }
  const answer = await ('call' in step ? called(step, ground) : prepared(step, ground))
  const text = JSON.stringify(answer ?? {}).slice(0, 4_000)
  const otherwise = unmet(step.expect ?? {}, answer, ground.known)
  if (otherwise.length > 0) throw new Error(`${otherwise.join('; ')} in ${text}`)
  for (const [name, path] of Object.entries(step.keep ?? {})) {
    const value = at(answer, path)
    if (missing(value)) throw new Error(`there is nothing to keep at ${path} of ${text}`)
    ground.known.set(name, value)
  }
}
