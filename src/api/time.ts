/** `yyyy-MM-ddTHH:mm:ssZ`, the form of signatures and of most answers. */
export const toSeconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`
/** `yyyy-MM-ddTHH:mmZ`, the form of an instance's times. */
export const toMinutes = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16)}Z`

/** The last time that was read: requests of the same second come one after the other. */
let last: { readonly text: string; readonly ms: number } | undefined

/** Reads `yyyy-MM-ddTHH:mm[:ss]Z` as milliseconds since 1970, or undefined when it is not that form or no such day. */
export function parseTime(text: string): number | undefined {
  if (text === last?.text) return last.ms
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?Z$/.test(text)) return undefined
  const ms = Date.parse(text)
  if (Number.isNaN(ms) || toMinutes(ms).slice(0, 10) !== text.slice(0, 10)) return undefined
  last = { text, ms }
  return ms
}
