import { channel } from 'node:diagnostics_channel'
import type { Product } from '../../api/products.ts'

/** A request that a cloud of this process has answered. */
export interface Answered {
  readonly product: Product
  /** Empty where the request named no operation. */
  readonly action: string
  /** The refusal's; empty when there was none. */
  readonly code: string
  readonly userAgent: string
  readonly status: number
  /** The answer's body is put together when it is asked for. */
  readonly body: () => Uint8Array
}

/** `tanxing:answered` of `node:diagnostics_channel`: every {@link Answered} of every cloud in the process, whatever becomes of it on its way. */
export const answered = channel('tanxing:answered')
