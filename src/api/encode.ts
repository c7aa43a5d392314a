import type { Pairs } from './wire.ts'

const reserved = /[^A-Za-z0-9\-_.~]/
/** encodeURIComponent leaves these raw; the signature's rules do not. */
const leftRaw = /[!'()*]/g
const upperHex = (char: string) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`

/** Percent-encodes as signatures want it: UTF-8, upper-case hex, only `A-Z a-z 0-9 - _ . ~` left as they are. Lone surrogates become U+FFFD. */
export const percentEncode = (text: string): string =>
  reserved.test(text) ? encodeURIComponent(text.toWellFormed()).replace(leftRaw, upperHex) : text

/** `name=value&name=value`, both percent-encoded, in the order given. */
export function encodePairs(pairs: Pairs): string {
  let text = ''
  for (const [name, value] of pairs) text += `${text === '' ? '' : '&'}${percentEncode(name)}=${percentEncode(value)}`
  return text
}

export interface DecodedPairs {
  readonly pairs: [name: string, value: string][]
  /** The raw pieces that are not percent-encoded UTF-8; they are not among `pairs`. */
  readonly malformed: readonly string[]
}

const anyEscape = /[%+\x80-\xff]/
const rawByte = /[\x80-\xff]/g

/** Decodes one piece by form rules (`+` is a space), or undefined when it is not percent-encoded UTF-8. */
function decode(piece: string): string | undefined {
  if (!anyEscape.test(piece)) return piece
  // The request came in as Latin-1: a byte above 0x7f was sent unencoded and is decoded as the UTF-8 it should be part of.
  const escaped = piece.replace(rawByte, upperHex).replaceAll('+', ' ')
  try {
    // As strict as a fatal TextDecoder: overlong forms, surrogates and cut-off sequences throw.
    return decodeURIComponent(escaped)
  } catch {
    return undefined
  }
}

/**
 * Reads a query string or a form body, in time linear in its length. Never throws: what cannot be read is listed in `malformed`.
 * @param most Stops after that many parameters, readable or not, and leaves the rest unread. No limit by default.
 */
export function decodePairs(text: string, most = Number.POSITIVE_INFINITY): DecodedPairs {
  const pairs: [string, string][] = []
  const malformed: string[] = []
  for (let start = 0; start < text.length && pairs.length + malformed.length < most; ) {
    const ampersand = text.indexOf('&', start)
    const end = ampersand < 0 ? text.length : ampersand
    if (end > start) {
      const piece = text.slice(start, end)
      const equals = piece.indexOf('=')
      const name = decode(equals < 0 ? piece : piece.slice(0, equals))
      const value = equals < 0 ? '' : decode(piece.slice(equals + 1))
      if (name === undefined || value === undefined) malformed.push(piece)
      else pairs.push([name, value])
    }
    start = end + 1
  }
  return { pairs, malformed }
}
