import type { Inputs, Items, Results } from '../api/generated/ecs.ts'
import { type Methods, operations } from './generated/ecs.ts'
import { ListingClient } from './list/listing.ts'
import { type ClientClass, withMethods } from './methods.ts'
import type { ClientOptions } from './options.ts'
import { instances, type WaitOptions, waitFor } from './wait/wait.ts'

class Ecs extends ListingClient<Inputs, Results, Items> {
  constructor(options: ClientOptions = {}, shared?: unknown) {
    super('ecs', operations, options, shared)
  }

  /**
   * Polls until all instances are in a state: `await ecs.waitUntil('Running', ['i-…'])`.
   * @throws TimeoutError WaitTimeout, naming every state they are in; UsageError WaitedForGone
   */
  waitUntil(goal: 'Running' | 'Stopped', instanceIds: readonly string[], options?: WaitOptions): Promise<void> {
    const call = (action: string, input: object, more: { signal?: AbortSignal | undefined }) => this.call(action, input, more)
    return waitFor({ call, sleep: this.sleep }, instances, goal, instanceIds, options)
  }
}

/**
 * Calls ECS (2014-05-26): all operations are methods, named in lower camel case; inputs and results are named as the
 * documentation names them.
 * @example
 * const ecs = new EcsClient({ regionId: 'cn-beijing' })
 * console.log((await ecs.describeRegions()).Regions.Region.map((region) => region.RegionId))
 */
export interface EcsClient extends Ecs, Methods {}
export const EcsClient: ClientClass<EcsClient> = /* @__PURE__ */ withMethods<EcsClient>(Ecs, 'EcsClient', operations)
