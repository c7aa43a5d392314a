import { isDeepStrictEqual } from 'node:util'

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** How the log tells what it keeps to itself, and how much of a value it keeps. */
const hidden = '(hidden)'
const longest = 256

/** Python writes True; fields of JSON come in any order, and a whole number with a point. */
const isSame = (given: string, sent: string): boolean =>
  sent === hidden || given.length > longest || given === sent.toLowerCase() || isDeepStrictEqual(parsed(given), parsed(sent))

/**
 * What of the parameters given did not arrive as they were given.
 * @param arrived as the cloud's log of requests has them
 */
export function unsent(given: readonly (readonly [string, string])[], arrived: Readonly<Record<string, string>>): string[] {
  const names = Object.keys(arrived)
  return given.flatMap(([name, value]) => {
    // Clients of old write RegionId for regionId.
    const sent = arrived[name] ?? (name === 'regionId' ? arrived.RegionId : undefined)
    if (sent !== undefined) return isSame(value, sent) ? [] : [`${name} is ${value} and arrives as ${sent}`]
    // What other clients send as JSON may come field by field.
    return names.some((other) => other.startsWith(`${name}.`)) ? [] : [`${name} does not arrive`]
  })
}
