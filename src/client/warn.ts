import type { Product } from '../api/products.ts'
import { type Warning, warnings } from './events.ts'
import { tell } from './hook.ts'

/**
 * Compares an answer with the catalogue when somebody wants to know, beside the call: the answer is not held up, and never
 * refused. Where the catalogue's files cannot be read (a bundle, a browser) nothing is told.
 */
export function watchDrift(
  product: Product,
  action: string,
  result: Record<string, unknown>,
  onWarning: ((warning: Warning) => void) | undefined,
): void {
  if (onWarning === undefined && !warnings.hasSubscribers) return
  const look = async () => {
    const { checkDrift } = await import('./drift/drift.ts')
    const drift = await checkDrift(product, action, result)
    if (drift === undefined) return
    const warning = { product, action, requestId: String(result.RequestId ?? ''), ...drift }
    tell(onWarning, warning)
    if (warnings.hasSubscribers) warnings.publish(warning)
  }
  look().catch(() => {})
}
