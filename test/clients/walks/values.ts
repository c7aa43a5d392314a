import type { Expected } from './steps.ts'

/** A value with what is known in place of `$name` and `${name}`. */
export function filled(value: unknown, known: ReadonlyMap<string, unknown>): unknown {
  const named = (name: string) => {
    if (!known.has(name)) throw new Error(`nothing was kept as ${name}`)
    return known.get(name)
  }
  if (Array.isArray(value)) return value.map((item) => filled(item, known))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(inner, known)]))
  if (typeof value !== 'string') return value
  const whole = /^\$(\w+)$/.exec(value)
  if (whole?.[1] !== undefined) return named(whole[1])
  return value.replace(/\$\{(\w+)\}/g, (_all, name: string) => String(named(name)))
}

/** What stands at a path such as `Disks.Disk.0.Status`. */
export const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, key) => (inner as Record<string, unknown> | null | undefined)?.[key], value)

/** Whether nothing is there. */
export const missing = (value: unknown) => value === undefined || value === null || value === ''

/** What of the expected an answer does not have. */
export const unmet = (expected: Expected, answer: unknown, known: ReadonlyMap<string, unknown>): string[] =>
  Object.entries(expected).flatMap(([path, given]) => {
    const [wanted, found] = [filled(given, known), at(answer, path)]
    const met = wanted === '*' ? !missing(found) : JSON.stringify(found) === JSON.stringify(wanted)
    return met ? [] : [`${path} is ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`]
  })
