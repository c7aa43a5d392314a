import { decodePairs } from '../../api/encode.ts'
import type { Pairs } from '../../api/wire.ts'
import { demand } from '../fault.ts'
import type { Exchange, Step } from './exchange.ts'

/** More parameters than any documented call needs (100 rules of 20 fields); the real limit is unconfirmed. */
const mostParameters = 4096

/** Above this many characters names and values get memory of their own: a slice that is kept keeps the whole text of its request. */
const largeText = 16_384
const own = (text: string) => Buffer.from(text).toString()

const isForm = (exchange: Exchange) => /^application\/x-www-form-urlencoded\b/i.test(exchange.request.headers['content-type'] ?? '')

function decode(text: string): Pairs {
  // One more than may be, so that too many are seen to be too many, and the rest of a 10 MB body costs nothing.
  const { pairs, malformed } = decodePairs(text, mostParameters + 1)
  demand(malformed.length === 0, 'InvalidParameter', 'The request is not well formed: a parameter is not valid percent-encoded UTF-8.')
  return text.length > largeText ? pairs.map(([name, value]) => [own(name), own(value)] as const) : pairs
}

/** Gives the request its id and reads its parameters: query ∪ form, GET and POST alike. */
export const receive: Step = (exchange, machine) => {
  const { method, target, body } = exchange.request
  exchange.requestId = machine.random.uuid().toUpperCase()
  const question = target.indexOf('?')
  const query = question < 0 ? [] : decode(target.slice(question + 1))
  exchange.format = wantedFormat(exchange, query)
  demand(method === 'GET' || method === 'POST', 'UnsupportedHTTPMethod', 'This HTTP method is not supported.')
  const form = isForm(exchange) && body.length > 0 ? decode(Buffer.from(body.buffer, body.byteOffset, body.length).toString('latin1')) : []
  exchange.pairs = form.length === 0 ? query : [...query, ...form]
  exchange.format = wantedFormat(exchange, exchange.pairs)
  demand(exchange.pairs.length <= mostParameters, 'InvalidParameter', 'The request carries too many parameters.')
  const names = new Set(exchange.pairs.map(([name]) => name))
  demand(names.size === exchange.pairs.length, 'InvalidParameter', 'A parameter is given more than once.')
}

/** JSON for the signature version that knows no Format parameter (V3); otherwise what Format says, in any case, or XML. */
function wantedFormat({ request }: Exchange, pairs: Pairs): 'JSON' | 'XML' {
  const format = pairs.find(([name]) => name === 'Format')?.[1]
  if (format !== undefined) return format.toUpperCase() === 'JSON' ? 'JSON' : 'XML'
  const v3 = request.headers.authorization?.startsWith('ACS3-') || request.headers['x-acs-action'] !== undefined
  const signedV1 = pairs.some(([name]) => name === 'Signature')
  return v3 && !signedV1 ? 'JSON' : 'XML'
}
