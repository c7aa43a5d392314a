import { setTimeout as sleep } from 'node:timers/promises'
import type { WireAnswer } from '../../api/wire.ts'

/** What becomes of an answer on its way to the caller. */
export interface Delivery {
  /** Milliseconds of the machine's time before anything of it leaves. */
  readonly delayMs: number
  /** `drop`: nothing of it leaves, the connection is cut. A number: so many bytes of the body, never all of them, and then it is cut. */
  readonly cut: 'drop' | number | undefined
}

/** A part of a body: bytes, or text with a character for each byte. */
export type Piece = Uint8Array | string

/** An answer, and what is to become of it where a fault rule says so. Whoever carries it to the caller sees to that. */
export interface Delivered extends WireAnswer {
  readonly delivery?: Delivery | undefined
  /** The body in pieces that need not be copied into one. */
  readonly pieces?: readonly Piece[] | undefined
  /**
   * Told, once, by whoever has sent the pieces and looks at nothing of the answer any more: their memory may be used for another.
   * Who is not sure of that tells nothing.
   */
  readonly sent?: (() => void) | undefined
}

/** Waits out a delay, or until the signal says that nobody waits any more. Never rejects. */
export const waitOut = (delayMs: number, signal: AbortSignal): Promise<void> => sleep(delayMs, undefined, { signal }).catch(() => undefined)
