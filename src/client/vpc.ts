import type { Inputs, Items, Results } from '../api/generated/vpc.ts'
import { type Methods, operations } from './generated/vpc.ts'
import { ListingClient } from './list/listing.ts'
import { type ClientClass, withMethods } from './methods.ts'
import type { ClientOptions } from './options.ts'

class Vpc extends ListingClient<Inputs, Results, Items> {
  constructor(options: ClientOptions = {}, shared?: unknown) {
    super('vpc', operations, options, shared)
  }
}

/**
 * Calls VPC (2016-04-28).
 * @example
 * const vpc = new VpcClient({ regionId: 'cn-hangzhou' })
 * for await (const { VpcId, CidrBlock } of vpc.paginate('DescribeVpcs')) console.log(VpcId, CidrBlock)
 */
export interface VpcClient extends Vpc, Methods {}
export const VpcClient: ClientClass<VpcClient> = /* @__PURE__ */ withMethods<VpcClient>(Vpc, 'VpcClient', operations)
