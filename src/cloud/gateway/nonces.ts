import { createHash } from 'node:crypto'

/** Remembers which signature nonces were used, in two generations, so that memory stays bounded. */
export interface Nonces {
  /** Notes the nonce and says whether it is new. */
  use(accessKeyId: string, nonce: string, now: number): boolean
}

/** How far a signature's time may lie from the machine's, either way. A nonce has to be remembered for as long. */
export const signatureWindowMs = 15 * 60_000

/**
 * A nonce is remembered for at least the time its signature stays acceptable (2 x 15 minutes),
 * unless more than `limit` arrive within that time; then the older half is forgotten first.
 */
export function createNonces(limit = 500_000): Nonces {
  let current = new Set<string>()
  let previous = new Set<string>()
  let startedAt = 0
  return {
    use(accessKeyId, nonce, now) {
      if (now - startedAt > 2 * signatureWindowMs || current.size >= limit) {
        previous = current
        current = new Set()
        startedAt = now
      }
      // Any length may come; what is kept is short.
      const key = `${accessKeyId}\n${nonce.length > 64 ? createHash('sha256').update(nonce).digest('base64') : nonce}`
      if (previous.size > 0 && previous.has(key)) return false
      const { size } = current
      return current.add(key).size > size
    },
  }
}
