import type { CallOptions } from '../call.ts'
import { ProductClient } from '../client.ts'
import { type PageOptions, pagesOf } from './paginate.ts'
import type { Page } from './reading.ts'

/** The input may be left out only when nothing in it is required. */
type Rest<Input> = Partial<Input> extends Input ? [input?: Input, options?: PageOptions] : [input: Input, options?: PageOptions]

/** A client whose product has listings. */
export class ListingClient<Inputs, Results, Items> extends ProductClient {
  #read<Input>(action: string, [input, options = {}]: Rest<Input>): AsyncGenerator<Page> {
    const call = (name: string, one: object, more: CallOptions) => this.call(name, one, more)
    return pagesOf(call, action, this.operation(action).paging, input ?? {}, options)
  }

  /**
   * The pages of a listing to its end, as they came. Where the list changed while it was read, a page may come again, or one of another size.
   * Completeness is promised as by `paginate`.
   * @example for await (const page of ecs.pages('DescribeDisks')) console.log(page.TotalCount, page.Disks.Disk.length)
   * @throws as `paginate`
   */
  async *pages<A extends keyof Items & keyof Inputs & keyof Results & string>(
    action: A,
    ...rest: Rest<Inputs[A]>
  ): AsyncGenerator<Results[A]> {
    for await (const { answer } of this.#read(action, rest)) yield answer as Results[A]
  }

  /**
   * The items of a listing to its end, each once.
   *
   * What is promised of a list that changes meanwhile: every item that is in it from the first call to the last is given, and
   * none twice; one that comes or goes meanwhile may be given or not. By token the service holds the place. By page number it is
   * proved page by page (TotalCount unchanged, or an overlap with what was read), in a list that keeps its order; an item that
   * goes and another that comes between the same two calls cannot be told from no change. A page that is short of what
   * TotalCount says belongs on it, or fewer items in all than the least TotalCount told, is an error, never a shorter list. Only ids
   * are remembered.
   * @example for await (const instance of ecs.paginate('DescribeInstances', { Status: 'Running' })) console.log(instance.InstanceId)
   * @throws UsageError ListIncomplete when the items do not add up to what the service counts, although they were read again;
   * NotAListing, InvalidOption, NoPageNumbers, PageOfAListing; and as `call`
   */
  async *paginate<A extends keyof Items & keyof Inputs & keyof Results & string>(
    action: A,
    ...rest: Rest<Inputs[A]>
  ): AsyncGenerator<Items[A]> {
    for await (const { fresh } of this.#read(action, rest)) yield* fresh as Iterable<Items[A]>
  }
}
