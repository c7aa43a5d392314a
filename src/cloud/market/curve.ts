import { createHash } from 'node:crypto'

const hourMs = 3_600_000
const dayHours = 24

/** Mixes two whole numbers to one of 32 bits: the same always, and like chance. */
function mix(a: number, b: number): number {
  let hash = Math.imul(a ^ b, 0x9e3779b1)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

const chance = (a: number, b: number) => mix(a, b) / 2 ** 32

const keys = new Map<string, number>()
const mostKeys = 100_000

function keyOf(text: string): number {
  const known = keys.get(text)
  if (known !== undefined) return known
  if (keys.size >= mostKeys) keys.clear()
  const key = createHash('sha256').update(text).digest().readUInt32LE()
  keys.set(text, key)
  return key
}

/** The hour that a moment lies in, counted from 1970. */
export const hourOf = (ms: number): number => Math.floor(ms / hourMs)
/** When the hour after that of `ms` begins. */
export const nextHour = (ms: number): number => (hourOf(ms) + 1) * hourMs

/** A level of the place, a wave over the day, some noise; about one day in twenty has a surge of a few hours. */
function fractionAt(key: number, hour: number): number {
  const day = Math.floor(hour / dayHours)
  const level = 0.13 + 0.17 * chance(key, 1)
  const wave = 0.03 * Math.sin((2 * Math.PI * (hour + (key % dayHours))) / dayHours)
  const noise = 0.04 * (chance(key, hour) - 0.5)
  const surges = chance(key ^ 0x5f5f5f5f, day) < 0.05
  const from = mix(key, day ^ 0x3c3c3c3c) % 18
  const within = hour - day * dayHours - from
  const surge = surges && within >= 0 && within < 6 ? 0.2 + 0.6 * chance(key ^ 0x0f0f0f0f, day) : 0
  return Math.min(1, Math.max(0.1, level + wave + noise + surge))
}

/** Hours of a curve that are worked out in one go, and the highest of them. */
interface Block {
  readonly fractions: Float64Array
  readonly most: number
}

const blockHours = 768
const mostBlocks = 2_000
const blocks = new Map<string, Block>()

function blockOf(key: number, block: number): Block {
  const name = `${key}/${block}`
  let found = blocks.get(name)
  if (found === undefined) {
    if (blocks.size >= mostBlocks) blocks.clear()
    const fractions = Float64Array.from({ length: blockHours }, (_, index) => fractionAt(key, block * blockHours + index))
    blocks.set(name, (found = { fractions, most: fractions.reduce((a, b) => Math.max(a, b), 0) }))
  }
  return found
}

/** What part of the pay-as-you-go price a spot instance costs in the hour of `ms`: 0.1 to 1, the same for the same seed, place and hour. */
export const spotFraction = (seed: string, place: string, ms: number): number => fractionAt(keyOf(`${seed}/${place}`), hourOf(ms))

/**
 * When the first hour after that of `from` begins, and before `until`, whose fraction is `above` a price; undefined when there is none.
 * `above` must hold for every fraction greater than one it holds for.
 */
export function nextAbove(
  seed: string,
  place: string,
  above: (fraction: number) => boolean,
  from: number,
  until: number,
): number | undefined {
  const key = keyOf(`${seed}/${place}`)
  for (let hour = hourOf(from) + 1; hour * hourMs < until; ) {
    const block = Math.floor(hour / blockHours)
    const { fractions, most } = blockOf(key, block)
    const end = (block + 1) * blockHours
    if (above(most))
      for (let at = hour; at < end && at * hourMs < until; at++) if (above(fractions[at - block * blockHours] as number)) return at * hourMs
    hour = end
  }
  return undefined
}
