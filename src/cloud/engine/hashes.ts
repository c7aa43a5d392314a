/**
 * A hash of a text, 53 bits: whole numbers that a double holds. Whoever looks among those of a million texts for one that is not there finds
 * another's once in 9,000 million times, so the only one under a hash is taken for what was looked for where reading it would cost too much.
 * @param seed which of the hashes; whoever does not know it cannot make texts that share one
 */
export function hashOf(text: string, seed: number): number {
  let [a, b] = [seed | 0, ~seed | 0]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    a = Math.imul((a ^ code) + (b >>> 15), 0x9e3779b1)
    b = Math.imul((b ^ code) + (a >>> 13), 0x85ebca77)
  }
  a = Math.imul(a ^ (b >>> 16), 0xc2b2ae3d)
  b = Math.imul(b ^ (a >>> 15), 0x27d4eb2f)
  return ((b ^ (a >>> 14)) & 0x1fffff) * 0x100000000 + (a >>> 0)
}

/** Slots under hashes of texts: as little memory as there can be for texts that are known by their hashes alone. */
export interface Hashes {
  size(): number
  add(hash: number, slot: number): void
  /** The first slot under a hash that passes; undefined when there is none. */
  find(hash: number, passes: (slot: number) => boolean): number | undefined
  /** Takes out all slots under a hash. */
  take(hash: number): number[]
  clear(): void
}

const leastRoom = 64
/** What stands in place of a slot where none ever was, and where one was taken out. */
const [empty, gone] = [-1, -2]

/** Most tables never have one, and there are hundreds of indexes. */
const none = { hashes: new Float64Array(0), slots: new Int32Array(0) }

export function createHashes(): Hashes {
  let { hashes, slots } = none
  let size = 0
  /** Places in use, those of slots that were taken out included. */
  let used = 0

  function put(hash: number, slot: number): void {
    const mask = slots.length - 1
    let at = hash & mask
    while (slots[at] !== empty) at = (at + 1) & mask
    hashes[at] = hash
    slots[at] = slot
  }

  function grow(): void {
    const [oldHashes, oldSlots] = [hashes, slots]
    let room = leastRoom
    while (room < size * 4) room *= 2
    hashes = new Float64Array(room)
    slots = new Int32Array(room).fill(empty)
    used = size
    for (let at = 0; at < oldSlots.length; at++) {
      const slot = oldSlots[at] as number
      if (slot >= 0) put(oldHashes[at] as number, slot)
    }
  }

  return {
    size: () => size,
    add(hash, slot) {
      if ((used + 1) * 2 > slots.length) grow()
      put(hash, slot)
      size++
      used++
    },
    find(hash, passes) {
      if (size === 0) return undefined
      const mask = slots.length - 1
      for (let at = hash & mask; slots[at] !== empty; at = (at + 1) & mask) {
        const slot = slots[at] as number
        if (hashes[at] === hash && slot >= 0 && passes(slot)) return slot
      }
      return undefined
    },
    take(hash) {
      const found: number[] = []
      if (size === 0) return found
      const mask = slots.length - 1
      for (let at = hash & mask; slots[at] !== empty; at = (at + 1) & mask) {
        if (hashes[at] !== hash || (slots[at] as number) < 0) continue
        found.push(slots[at] as number)
        slots[at] = gone
        size--
      }
      return found
    },
    clear() {
      ;({ hashes, slots } = none)
      size = used = 0
    },
  }
}
