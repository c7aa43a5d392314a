/**
 * How much an instance, its disks and its interfaces do: a model, not a measurement. The same id at the same minute always does the same,
 * in any cloud: a day's wave with its top in the afternoon of UTC+8, and noise. A tag whose key or value is `idle` or `busy` says which
 * of three ways an instance lives; those without are in between. A disk and an interface live as their instance does.
 */

export interface Living {
  readonly id: string
  readonly tags: readonly { readonly key: string; readonly value: string }[]
}

/** Least and most that is done, as a part of what could be. */
const ways = { idle: [0.005, 0.03], usual: [0.06, 0.5], busy: [0.65, 0.97] } as const

export type Way = keyof typeof ways

/** How an instance lives, by its tags. */
export function wayOf(tags: Living['tags']): Way {
  const says = (word: Way) => tags.some(({ key, value }) => key === word || value === word)
  return says('idle') ? 'idle' : says('busy') ? 'busy' : 'usual'
}

const minuteMs = 60_000
const dayMinutes = 24 * 60
/** Minutes after midnight UTC of the busiest moment: 15:00 of UTC+8. */
const topMinute = 7 * 60

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/** A number from 0 to 1 that looks like chance (the finalizer of MurmurHash3). */
function noise(seed: number, minute: number): number {
  let hash = seed ^ Math.imul(minute, 0x9e3779b1)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}

function levelAt(seed: number, way: Way, minute: number): number {
  const [least, most] = ways[way]
  const wave = (1 + Math.cos(((minute - topMinute) / dayMinutes) * 2 * Math.PI)) / 2
  return least + (most - least) * (0.6 * wave + 0.4 * noise(seed, minute))
}

/**
 * The level of something of a resource from 0 to 1, as the mean of the minutes from `from` on for `periodMs`.
 * `what` keeps apart what is read and written, or received and sent.
 */
export function level(id: string, what: string, way: Way, from: number, periodMs: number): number {
  const seed = hashOf(`${id}/${what}`)
  const [first, count] = [Math.floor(from / minuteMs), Math.max(1, Math.round(periodMs / minuteMs))]
  let sum = 0
  for (let at = 0; at < count; at++) sum += levelAt(seed, way, first + at)
  return sum / count
}

/** What a level of 1 comes to. */
const full = {
  /** Bytes a second of one disk. */
  diskBytes: 60_000_000,
  /** Bytes of one request to a disk. */
  diskRequest: 16_384,
  /** kbit a second of one interface in the VPC. */
  intranet: 200_000,
  /** Bits of one packet. */
  packet: 6_400,
} as const

export interface DiskLoad {
  /** Bytes a second. */
  readonly bytesRead: number
  readonly bytesWritten: number
  /** Requests a second. */
  readonly reads: number
  readonly writes: number
}

/** A disk over a period; a quarter of the level is read, and half is written. */
export function diskLoad(diskId: string, way: Way, from: number, periodMs: number): DiskLoad {
  const bytesRead = Math.round((level(diskId, 'read', way, from, periodMs) * full.diskBytes) / 4)
  const bytesWritten = Math.round((level(diskId, 'write', way, from, periodMs) * full.diskBytes) / 2)
  return {
    bytesRead,
    bytesWritten,
    reads: Math.round(bytesRead / full.diskRequest),
    writes: Math.round(bytesWritten / full.diskRequest),
  }
}

export interface InterfaceLoad {
  /** kbit a second. */
  readonly received: number
  readonly sent: number
  /** Packets a second. */
  readonly packetsReceived: number
  readonly packetsSent: number
}

/** An interface's traffic in the VPC over a period. */
export function interfaceLoad(id: string, way: Way, from: number, periodMs: number): InterfaceLoad {
  const received = Math.round(level(id, 'received', way, from, periodMs) * full.intranet)
  const sent = Math.round(level(id, 'sent', way, from, periodMs) * full.intranet)
  const packets = (kbit: number) => Math.round((kbit * 1000) / full.packet)
  return { received, sent, packetsReceived: packets(received), packetsSent: packets(sent) }
}

/** Traffic with the internet in kbit a second, where an instance may send `bandwidth` Mbit a second. */
export function internetLoad(instanceId: string, way: Way, bandwidth: number, from: number, periodMs: number) {
  const of = (what: string) => Math.round(level(instanceId, what, way, from, periodMs) * bandwidth * 1000)
  return { received: of('internet received'), sent: of('internet sent') }
}
