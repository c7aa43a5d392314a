import type { Pairs } from './wire.ts'

const plain = /^[A-Za-z0-9\-_.~]*$/
/** encodeURIComponent leaves these raw; the signature's rules do not. */
const leftRaw = /[!'()*]/g

/** Percent-encodes as signatures want it: UTF-8, upper-case hex, only `A-Z a-z 0-9 - _ . ~` left as they are. Lone surrogates become U+FFFD. */
export function percentEncode(text: string): string {
  if (plain.test(text)) return text
  return encodeURIComponent(text.toWellFormed()).replace(leftRaw, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** `name=value&name=value`, both percent-encoded, in the order given. */
export const encodePairs = (pairs: Pairs): string =>
  pairs.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join('&')

export interface DecodedPairs {
  readonly pairs: [name: string, value: string][]
  /** The raw pieces that are not percent-encoded UTF-8; they are not among `pairs`. */
  readonly malformed: readonly string[]
}

const simple = /^[\x21-\x24\x26-\x2a\x2c-\x7e]*$/

/** Decodes one piece by form rules (`+` is a space), or undefined when it is not percent-encoded UTF-8. */
function decode(piece: string): string | undefined {
  if (simple.test(piece)) return piece
  // The raw bytes came in as Latin-1: one above 0x7f was sent unencoded and is decoded as the UTF-8 it should be part of.
  const ascii = piece.replace(/[\x80-\xff]/g, (char) => `%${char.charCodeAt(0).toString(16)}`).replaceAll('+', ' ')
  try {
    return decodeURIComponent(ascii)
  } catch {
    return undefined
  }
}

/** Reads a query string or a form body. Never throws: what cannot be read is listed in `malformed`. */
export function decodePairs(text: string): DecodedPairs {
  const pairs: [string, string][] = []
  const malformed: string[] = []
  for (const piece of text.split('&')) {
    if (piece === '') continue
    const equals = piece.indexOf('=')
    const name = decode(equals < 0 ? piece : piece.slice(0, equals))
    const value = equals < 0 ? '' : decode(piece.slice(equals + 1))
    if (name === undefined || value === undefined) malformed.push(piece)
    else pairs.push([name, value])
  }
  return { pairs, malformed }
}
