import type { Inputs, Items, Results } from '../api/generated/ram.ts'
import { type Methods, operations } from './generated/ram.ts'
import { ListingClient } from './list/listing.ts'
import { type ClientClass, withMethods } from './methods.ts'
import type { ClientOptions } from './options.ts'

class Ram extends ListingClient<Inputs, Results, Items> {
  constructor(options: ClientOptions = {}, shared?: unknown) {
    super('ram', operations, options, shared)
  }
}

/**
 * Calls RAM (2015-05-01), which is the same in all regions.
 * @example
 * const ram = new RamClient()
 * for await (const user of ram.paginate('ListUsers')) console.log(user.UserName)
 */
export interface RamClient extends Ram, Methods {}
export const RamClient: ClientClass<RamClient> = /* @__PURE__ */ withMethods<RamClient>(Ram, 'RamClient', operations)
