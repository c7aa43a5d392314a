import type { CallOptions } from '../call.ts'
import { ProductClient } from '../client.ts'
import { itemsOf, pagesOf } from './paginate.ts'

/** The input may be left out only when nothing in it is required. */
type Rest<Input> = Partial<Input> extends Input ? [input?: Input, options?: CallOptions] : [input: Input, options?: CallOptions]

/** A client whose product has listings. */
export class ListingClient<Inputs, Results, Items> extends ProductClient {
  /**
   * The pages of a listing to its end.
   * @throws UsageError ListIncomplete when fewer items come than the service counts, NotAListing; and as `call`
   */
  pages<A extends keyof Items & keyof Inputs & keyof Results & string>(
    action: A,
    ...[input, options = {}]: Rest<Inputs[A]>
  ): AsyncGenerator<Results[A]> {
    const call = (name: string, one: object, more: CallOptions) => this.call(name, one, more)
    return pagesOf(call, action, this.operation(action).paging, input ?? {}, options) as AsyncGenerator<Results[A]>
  }

  /**
   * The items of a listing to its end.
   * @example for await (const instance of ecs.paginate('DescribeInstances', { Status: 'Running' })) console.log(instance.InstanceId)
   * @throws as `pages`
   */
  async *paginate<A extends keyof Items & keyof Inputs & keyof Results & string>(
    action: A,
    ...rest: Rest<Inputs[A]>
  ): AsyncGenerator<Items[A]> {
    const paging = this.operation(action).paging
    for await (const page of this.pages(action, ...rest)) if (paging) yield* itemsOf(page, paging.list) as Iterable<Items[A]>
  }
}
