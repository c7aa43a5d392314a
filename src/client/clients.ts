import type { Items as EcsItems, Inputs as EcsInputs, Results as EcsResults } from '../api/generated/ecs.ts'
import type { Items as RamItems, Inputs as RamInputs, Results as RamResults } from '../api/generated/ram.ts'
import type { Items as VpcItems, Inputs as VpcInputs, Results as VpcResults } from '../api/generated/vpc.ts'
import type { CallOptions } from './call.ts'
import { addMethods, type ClientOptions, ProductClient } from './client.ts'
import { type Methods as EcsMethods, operations as ecs } from './generated/ecs.ts'
import { type Methods as RamMethods, operations as ram } from './generated/ram.ts'
import { type Methods as StsMethods, operations as sts } from './generated/sts.ts'
import { type Methods as VpcMethods, operations as vpc } from './generated/vpc.ts'
import { itemsOf, pagesOf } from './paginate.ts'
import { instances, waitFor, type WaitOptions } from './wait.ts'

/** A client whose product has listings. */
class ListingClient<Inputs, Results, Items> extends ProductClient {
  /**
   * The pages of a listing to its end.
   * @throws UsageError ListIncomplete when fewer items come than the service counts, NotAListing
   */
  async *pages<A extends keyof Items & keyof Inputs & keyof Results & string>(
    action: A,
    input?: Inputs[A],
    options: CallOptions = {},
  ): AsyncGenerator<Results[A]> {
    const call = (name: string, one: object, more: CallOptions) => this.call(name, one, more)
    for await (const page of pagesOf(call, action, this.operation(action).paging, input ?? {}, options)) yield page as Results[A]
  }

  /**
   * The items of a listing to its end.
   * @example for await (const instance of ecs.paginate('DescribeInstances', { Status: 'Running' })) console.log(instance.InstanceId)
   * @throws as `pages`
   */
  async *paginate<A extends keyof Items & keyof Inputs & keyof Results & string>(
    action: A,
    input?: Inputs[A],
    options: CallOptions = {},
  ): AsyncGenerator<Items[A]> {
    const paging = this.operation(action).paging
    for await (const page of this.pages(action, input, options))
      if (paging) yield* itemsOf(page as Record<string, unknown>, paging) as Iterable<Items[A]>
  }
}

/**
 * Calls ECS: all operations are methods, named in lower camel case; inputs and results are named as the documentation names them.
 * @example
 * const ecs = new EcsClient({ regionId: 'cn-beijing' })
 * console.log((await ecs.describeRegions()).Regions.Region.map((region) => region.RegionId))
 */
export class EcsClient extends ListingClient<EcsInputs, EcsResults, EcsItems> {
  constructor(options: ClientOptions = {}) {
    super('ecs', ecs, options)
  }

  /**
   * Polls until all instances are in a state: `await ecs.waitUntil('Running', ['i-…'])`.
   * @throws TimeoutError WaitTimeout, UsageError WaitedForGone
   */
  waitUntil(goal: 'Running' | 'Stopped', instanceIds: readonly string[], options?: WaitOptions): Promise<void> {
    return waitFor(
      { call: (action, input, more) => this.call(action, input, more), sleep: this.sleep },
      instances,
      goal,
      instanceIds,
      options,
    )
  }
}
export interface EcsClient extends EcsMethods {}

/** Calls VPC (2016-04-28). */
export class VpcClient extends ListingClient<VpcInputs, VpcResults, VpcItems> {
  constructor(options: ClientOptions = {}) {
    super('vpc', vpc, options)
  }
}
export interface VpcClient extends VpcMethods {}

/** Calls RAM (2015-05-01), which is the same in all regions. */
export class RamClient extends ListingClient<RamInputs, RamResults, RamItems> {
  constructor(options: ClientOptions = {}) {
    super('ram', ram, options)
  }
}
export interface RamClient extends RamMethods {}

/** Calls STS (2015-04-01). */
export class StsClient extends ProductClient {
  constructor(options: ClientOptions = {}) {
    super('sts', sts, options)
  }
}
export interface StsClient extends StsMethods {}

addMethods(EcsClient, ecs)
addMethods(VpcClient, vpc)
addMethods(RamClient, ram)
addMethods(StsClient, sts)
