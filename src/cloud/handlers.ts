import type { Product } from '../api/products.ts'
import { loadModule, operationsIn } from './generated/loaders.ts'
import type { Lifecycles } from './lifecycle.ts'
import type { Handler } from './operation.ts'

type Handlers = { readonly [product in Product]: Map<string, Handler> }

/** The handlers that are loaded, whichever cloud of the process needed them. */
const loaded: Handlers = { ecs: new Map(), vpc: new Map(), ram: new Map(), sts: new Map(), location: new Map() }

/** Thrown through a request that needs code which is still to be loaded: it goes on from there once it is. */
export class Unloaded extends Error {
  override readonly name = 'Unloaded'
  /** Resolves once it is there; rejects when it cannot be loaded. */
  readonly ready: Promise<void>
  constructor(what: string, ready: Promise<void>) {
    super(`${what} is not loaded yet`)
    this.ready = ready
  }
}

/** Every operation that the cloud emulates, by its Action. */
export const emulated = (product: Product): readonly string[] =>
  Object.values(operationsIn[product]).flatMap((actions) => actions.split(' '))

/** The module of an operation: its number, and all operations of the product that are in it. */
const moduleOf = (product: Product, action: string): readonly [number: string, actions: string] | undefined =>
  /^\w+$/.test(action) ? Object.entries(operationsIn[product]).find(([, actions]) => ` ${actions} `.includes(` ${action} `)) : undefined

let arriving: Promise<void> | undefined

/**
 * Resolves once what is being loaded for a request is there; undefined when nothing is. Requests that come meanwhile wait for that, so that
 * all are carried out in the order in which they came, whatever is loaded already.
 */
export const othersArriving = (): Promise<void> | undefined => arriving

function awaited(what: string, ready: Promise<void>): Unloaded {
  const mine = ready.catch(() => undefined).then(() => void (arriving = arriving === mine ? undefined : arriving))
  arriving = mine
  return new Unloaded(what, ready)
}

async function load(product: Product, action: string): Promise<void> {
  const [number, actions] = moduleOf(product, action) ?? []
  const module = (await loadModule(Number(number))) as Readonly<Record<string, Handler>> | undefined
  for (const name of actions?.split(' ') ?? []) loaded[product].set(name, module?.[name] as Handler)
}

/**
 * The handler of an operation, undefined when it is not emulated.
 * @throws Unloaded the first time that an operation of its module is asked for
 */
export function handlerOf(product: Product, action: string): Handler | undefined {
  const handler = loaded[product].get(action)
  if (handler !== undefined || moduleOf(product, action) === undefined) return handler
  throw awaited(action, load(product, action))
}

let lifecycles: Lifecycles | undefined

/** Loads what happens by itself: half of the code that every cloud would begin with, and many a short-lived one ends before anything does. */
export async function loadLifecycles(): Promise<void> {
  lifecycles ??= (await import('./lifecycles.ts')).lifecycles
}

/** What happens by itself. @throws Unloaded the first time that something is due, unless `loadLifecycles` was waited for */
export function loadedLifecycles(): Lifecycles {
  if (lifecycles === undefined) throw awaited('what happens by itself', loadLifecycles())
  return lifecycles
}

/** The handler of an operation, loaded now where it is not; undefined when it is not emulated. */
export async function loadHandler(product: Product, action: string): Promise<Handler | undefined> {
  if (!loaded[product].has(action)) await load(product, action)
  return loaded[product].get(action)
}

/** All handlers, loaded now. */
export async function allHandlers(): Promise<{ readonly [product in Product]: ReadonlyMap<string, Handler> }> {
  for (const product of Object.keys(operationsIn) as Product[]) for (const action of emulated(product)) await loadHandler(product, action)
  return loaded
}
