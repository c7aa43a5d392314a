/** Slots are counted in blocks, so that what is known of one scope's rows lies together. */
export const blockBits = 14
export const blockSize = 1 << blockBits
const wordsPerBlock = blockSize >>> 5

/** The members in one block, a bit each. */
interface Chunk {
  readonly words: Uint32Array
  count: number
  /** Another one each time that a bit changes. */
  version: number
  /** What it has in common with others, as it was counted last. */
  readonly known: Common[]
}

interface Common {
  /** The chunk itself and the others. */
  readonly chunks: readonly Chunk[]
  readonly versions: readonly number[]
  readonly count: number
}

/** So many counts are known of a chunk: lists are asked for by the same filters again and again, page after page. */
const mostKnown = 4

/** Many slots: by block, a bit for each. */
export interface Bits {
  size: number
  readonly chunks: (Chunk | undefined)[]
}

/** A set of slots, as small as it can be: a lone one (most keys have one row), a few in ascending order, or many as bits. */
export type Slots = number | number[] | Bits

export const isBits = (slots: Slots): slots is Bits => typeof slots === 'object' && !Array.isArray(slots)

export const countSlots = (slots: Slots | undefined): number =>
  slots === undefined ? 0 : typeof slots === 'number' ? 1 : Array.isArray(slots) ? slots.length : slots.size

/** How many slots are kept one by one before bits take less room, in a table of so many blocks. */
const mostListed = (blocks: number) => Math.max(1024, blocks * 64)

/** Where `slot` stands in an ascending list, or would. The end is looked at first: new rows have the highest slots. */
function placeIn(list: readonly number[], slot: number): number {
  let [low, high] = [0, list.length]
  if (high === 0 || (list[high - 1] as number) < slot) return high
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((list[middle] as number) < slot) low = middle + 1
    else high = middle
  }
  return low
}

export function hasSlot(slots: Slots, slot: number): boolean {
  if (typeof slots === 'number') return slots === slot
  if (Array.isArray(slots)) return slots[placeIn(slots, slot)] === slot
  const chunk = slots.chunks[slot >>> blockBits]
  return chunk !== undefined && ((chunk.words[(slot & (blockSize - 1)) >>> 5] as number) & (1 << (slot & 31))) !== 0
}

function addBit(bits: Bits, slot: number): void {
  const block = slot >>> blockBits
  let chunk = bits.chunks[block]
  if (chunk === undefined) {
    while (bits.chunks.length <= block) bits.chunks.push(undefined)
    bits.chunks[block] = chunk = { words: new Uint32Array(wordsPerBlock), count: 0, version: 0, known: [] }
  }
  const word = (slot & (blockSize - 1)) >>> 5
  const before = chunk.words[word] as number
  const after = (before | (1 << (slot & 31))) >>> 0
  if (after === before) return
  chunk.words[word] = after
  chunk.count++
  chunk.version++
  bits.size++
}

/** The set with one slot more; the given one may be changed for it. */
export function withSlot(slots: Slots | undefined, slot: number, blocks: number): Slots {
  if (slots === undefined || slots === slot) return slot
  if (typeof slots === 'number') return slots < slot ? [slots, slot] : [slot, slots]
  if (!Array.isArray(slots)) {
    addBit(slots, slot)
    return slots
  }
  const at = placeIn(slots, slot)
  if (slots[at] === slot) return slots
  if (at === slots.length) slots.push(slot)
  else slots.splice(at, 0, slot)
  if (slots.length <= mostListed(blocks)) return slots
  const bits: Bits = { size: 0, chunks: [] }
  for (const one of slots) addBit(bits, one)
  return bits
}

/** The set without a slot, undefined when it was the last; the given one may be changed for it. */
export function withoutSlot(slots: Slots | undefined, slot: number, blocks: number): Slots | undefined {
  if (slots === undefined || typeof slots === 'number') return slots === slot ? undefined : slots
  if (Array.isArray(slots)) {
    const at = placeIn(slots, slot)
    if (slots[at] === slot) slots.splice(at, 1)
    return slots.length > 1 ? slots : slots[0]
  }
  if (!hasSlot(slots, slot)) return slots
  const block = slot >>> blockBits
  const chunk = slots.chunks[block] as Chunk
  const word = (slot & (blockSize - 1)) >>> 5
  chunk.words[word] = ((chunk.words[word] as number) & ~(1 << (slot & 31))) >>> 0
  chunk.count--
  chunk.version++
  slots.size--
  if (chunk.count === 0) slots.chunks[block] = undefined
  return slots.size * 4 < mostListed(blocks) ? listSlots(slots) : slots
}

/** The members in ascending order. A list that is kept elsewhere: not to be changed. */
export function listSlots(slots: Slots | undefined): readonly number[] & number[] {
  if (slots === undefined) return []
  if (typeof slots === 'number') return [slots]
  if (Array.isArray(slots)) return slots
  const found: number[] = []
  slots.chunks.forEach((chunk, block) => {
    if (chunk !== undefined)
      for (let at = 0; at < wordsPerBlock; at++) pushBits(found, chunk.words[at] as number, (block << blockBits) | (at << 5))
  })
  return found
}

function pushBits(found: number[], word: number, base: number): void {
  for (let rest = word; rest !== 0; rest &= rest - 1) found.push(base + 31 - Math.clz32(rest & -rest))
}

function ones(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** What the sets have in common in one block. A set that has all `live` slots of it narrows nothing. */
function chunksOf(sets: readonly Bits[], block: number, live: number): Chunk[] | undefined {
  const chunks: Chunk[] = []
  for (let at = 0; at < sets.length; at++) {
    const chunk = (sets[at] as Bits).chunks[block]
    if (chunk === undefined) return undefined
    if (chunk.count < live || (chunks.length === 0 && at === sets.length - 1)) chunks.push(chunk)
  }
  return chunks
}

function isSame({ chunks, versions }: Common, asked: readonly Chunk[]): boolean {
  if (chunks.length !== asked.length) return false
  for (let at = 0; at < asked.length; at++) if (chunks[at] !== asked[at] || versions[at] !== (asked[at] as Chunk).version) return false
  return true
}

/** How many slots of a block, of which `live` are in use, are in all of the sets. */
export function countCommon(sets: readonly Bits[], block: number, live: number): number {
  if (sets.length === 1) return (sets[0] as Bits).chunks[block]?.count ?? 0
  const chunks = chunksOf(sets, block, live)
  const first = chunks?.[0]
  if (chunks === undefined || first === undefined) return 0
  if (chunks.length === 1) return first.count
  for (const known of first.known) if (isSame(known, chunks)) return known.count
  const count = countIn(chunks)
  if (first.known.unshift({ chunks, versions: chunks.map(({ version }) => version), count }) > mostKnown) first.known.pop()
  return count
}

function countIn(chunks: readonly Chunk[]): number {
  let count = 0
  for (let at = 0; at < wordsPerBlock; at++) {
    let word = -1
    for (let one = 0; one < chunks.length; one++) word &= (chunks[one] as Chunk).words[at] as number
    if (word !== 0) count += ones(word)
  }
  return count
}

/** The slots of a block that are in all of the sets, the highest first, from the one number `start` up to before number `end`. */
export function commonSlots(sets: readonly Bits[], block: number, live: number, start: number, end: number): number[] {
  const chunks = chunksOf(sets, block, live) ?? []
  const found: number[] = []
  let passed = 0
  for (let at = wordsPerBlock - 1; at >= 0 && passed < end && chunks.length > 0; at--) {
    let word = -1
    for (const { words } of chunks) word &= words[at] as number
    const here = ones(word)
    if (passed + here <= start) passed += here
    else
      for (let rest = word; rest !== 0 && passed < end; passed++) {
        const bit = 31 - Math.clz32(rest)
        rest &= ~(1 << bit)
        if (passed >= start) found.push((block << blockBits) | (at << 5) | bit)
      }
  }
  return found
}
