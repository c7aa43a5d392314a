import type { CloudOptions } from './cloud.ts'
import type { ClockMode } from './engine/clock.ts'
import { type Fields, readFields, readNumber, readOneOf } from './faults/read.ts'

/** Every option, as the compiler holds. */
const names: { readonly [name in keyof CloudOptions]-?: true } = {
  seed: true,
  clock: true,
  keys: true,
  accounts: true,
  auth: true,
  oidcProviders: true,
  throttle: true,
  data: true,
  executor: true,
  onDefect: true,
}

/** How slow and how fast a clock can be, against the machine's. */
export const scales = { least: 0.001, most: 1_000_000 } as const

/** A clock's mode. RangeError for what is none. */
export function readClock(value: unknown): ClockMode {
  if (typeof value !== 'object' || value === null) return readOneOf(value, 'clock', ['real', 'manual'] as const)
  const { scale } = readFields(value, 'clock', ['scale'])
  return { scale: readNumber(scale, 'scale', scales.least, scales.most, true) }
}

const kinds: { readonly [name: string]: 'string' | 'function' } = {
  seed: 'string',
  data: 'string',
  executor: 'function',
  onDefect: 'function',
}

function demandKinds(options: Fields): void {
  for (const [name, kind] of Object.entries(kinds)) {
    const value = options[name]
    if (value !== undefined && typeof value !== kind) throw new TypeError(`${name} must be a ${kind}`)
  }
}

/**
 * Looks at how a cloud is to be, before anything is opened for it. What accounts, keys, identity providers and limits say is looked at
 * where it is read.
 * @throws RangeError for an option that there is not, a clock or an `auth` that is none; TypeError for a value of another type
 */
export function checkOptions(options: CloudOptions): void {
  const given = readFields(options, 'a local cloud', Object.keys(names))
  if (given.clock !== undefined) readClock(given.clock)
  if (given.auth !== undefined) readOneOf(given.auth, 'auth', ['strict', 'any'] as const)
  demandKinds(given)
}
