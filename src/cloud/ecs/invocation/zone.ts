const offset = /^GMT(?:([+-])(0|[1-9]|1\d)(?::([0-5]\d))?)?$/

const formats = new Map<string, Intl.DateTimeFormat>()
/** Making one takes longer than all that is done with it. */
const mostFormats = 64

/** @throws RangeError for a zone that there is not */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  if (formats.size >= mostFormats) formats.clear()
  formats.set(timeZone, format)
  return format
}

/**
 * How far a zone is ahead of UTC at a moment, in milliseconds; undefined where there is no such zone. Zones are told by their full name
 * (`Asia/Shanghai`), as an offset whose hour has no leading zero (`GMT+8:00`), or as `UTC`.
 * `GMT` alone and an offset without minutes are taken as well (unconfirmed).
 */
export function zoneOffset(zone: string, ms: number): number | undefined {
  if (zone === 'UTC') return 0
  const parts = offset.exec(zone)
  if (parts) return (parts[1] === '-' ? -1 : 1) * (Number(parts[2] ?? 0) * 60 + Number(parts[3] ?? 0)) * 60_000
  if (!/^[A-Za-z]+\/[\w/+-]{1,64}$/.test(zone)) return undefined
  try {
    const local = formatOf(zone).format(ms)
    return Date.parse(`${local.replace(' ', 'T')}Z`) - Math.floor(ms / 1_000) * 1_000
  } catch {
    return undefined
  }
}
