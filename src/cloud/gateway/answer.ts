import { type Desk, giveBack } from '../desk.ts'
import type { Delivered, Delivery, Piece } from '../faults/delivery.ts'

/** A body in pieces, some of which lie on desks. */
export interface Body {
  readonly pieces: readonly Piece[]
  readonly desks: readonly Desk[]
}

const joined = ({ pieces }: Body): Uint8Array =>
  Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece)))

/**
 * An answer whose body is put together when somebody asks for it in one piece, which is a copy of its own.
 * A class, since getters of an object literal cost each request more than all of its texts.
 */
export class Answer implements Delivered {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly delivery: Delivery | undefined
  readonly #make: () => Body
  #made: Body | undefined
  #whole: Uint8Array | undefined
  #isTaken = false

  /** @param make Makes the same body again, for who asks for it once its desks were given back */
  constructor(status: number, headers: Readonly<Record<string, string>>, delivery: Delivery | undefined, make: () => Body) {
    this.status = status
    this.headers = headers
    this.delivery = delivery
    this.#make = make
    this.#made = make()
  }

  get pieces(): readonly Piece[] {
    if (this.#whole !== undefined) return [this.#whole]
    this.#isTaken = true
    return (this.#made ??= this.#make()).pieces
  }

  get body(): Uint8Array {
    if (this.#whole !== undefined) return this.#whole
    this.#whole = joined((this.#made ??= this.#make()))
    if (!this.#isTaken) this.#clear()
    return this.#whole
  }

  get sent(): (() => void) | undefined {
    return this.#made !== undefined && this.#made.desks.length > 0 ? () => this.#clear() : undefined
  }

  #clear(): void {
    for (const desk of this.#made?.desks ?? []) giveBack(desk)
    this.#made = undefined
  }
}
