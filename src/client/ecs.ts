import type { Inputs, Items, Results } from '../api/generated/ecs.ts'
import { type BulkOptions, type BulkResult, bulk } from './bulk/bulk.ts'
import type { BulkAction, BulkInput } from './bulk/verbs.ts'
import { type Methods, operations } from './generated/ecs.ts'
import { ListingClient } from './list/listing.ts'
import { type ClientClass, withMethods } from './methods.ts'
import type { ClientOptions } from './options.ts'
import { type Goal, type WaitOptions, type WaitResource, waitUntil } from './wait/wait.ts'

class Ecs extends ListingClient<Inputs, Results, Items> {
  constructor(options: ClientOptions = {}, shared?: unknown) {
    super('ecs', operations, options, shared)
  }

  /**
   * Does the same to any number of resources: in calls of as many ids as the operation takes, some at a time. Every position of
   * `ids` has a result, in their order; a failure stays with its id. What is refused for the moment is tried again.
   * @param input The operation's input without the ids.
   * @example
   * const results = await ecs.bulk('StopInstances', ['i-1', 'i-2'])
   * for (const { id, ok } of results) console.log(id, ok)
   * @throws UsageError NotABulkAction, IdsGivenTwice, InvalidId, InvalidOption, UnknownOption, before anything is sent
   */
  bulk<A extends BulkAction>(
    action: A,
    ids: readonly string[],
    ...[input, options]: object extends BulkInput<Inputs, A>
      ? [input?: BulkInput<Inputs, A>, options?: BulkOptions]
      : [input: BulkInput<Inputs, A>, options?: BulkOptions]
  ): Promise<BulkResult[]> {
    return bulk((name, one, more) => this.call(name, one, more), action, ids, input ?? {}, { sleep: this.sleep, ...options })
  }

  /**
   * Polls until all ids have been seen at `goal`. What they are is told by their prefix, or by `resource`. `Deleted` means not
   * there any more; an id that never was counts as such.
   * @example await ecs.waitUntil('Deleted', ['i-1'], { timeoutMs: 60_000 })
   * @throws TimeoutError WaitTimeout, naming every state seen; UsageError WaitFailed as soon as one cannot get there, and
   * MixedResources, UnknownResource, UnknownGoal, InvalidIds, TooManyIds; and as `call`
   */
  waitUntil<Resource extends WaitResource = WaitResource>(
    goal: Goal<Resource>,
    ids: readonly string[],
    options?: WaitOptions<Resource>,
  ): Promise<void> {
    return waitUntil({ call: (action, input, more) => this.call(action, input, more), sleep: this.sleep }, goal, ids, options)
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
