import { ProductClient } from './client.ts'
import { type Methods, operations } from './generated/sts.ts'
import { type ClientClass, withMethods } from './methods.ts'
import type { ClientOptions } from './options.ts'

class Sts extends ProductClient {
  constructor(options: ClientOptions = {}, shared?: unknown) {
    super('sts', operations, options, shared)
  }
}

/**
 * Calls STS (2015-04-01).
 * @example
 * const sts = new StsClient({ regionId: 'cn-hangzhou' })
 * console.log((await sts.getCallerIdentity()).Arn)
 */
export interface StsClient extends Sts, Methods {}
export const StsClient: ClientClass<StsClient> = /* @__PURE__ */ withMethods<StsClient>(Sts, 'StsClient', operations)
