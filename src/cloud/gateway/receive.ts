import { decodePairs } from '../../api/encode.ts'
import type { Pairs, WireRequest } from '../../api/wire.ts'
import { demand } from '../fault.ts'
import type { Step } from './exchange.ts'

/** More parameters than any documented call needs (100 rules of 20 fields); the real limit is unconfirmed. */
const mostParameters = 4096

/** Above this many characters names and values get memory of their own: a slice that is kept keeps the whole text of its request. */
const largeText = 16_384
const own = (text: string) => Buffer.from(text).toString()

const isForm = ({ headers }: WireRequest) => /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '')

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
  exchange.format = wantedFormat(exchange.request.headers, query)
  demand(method === 'GET' || method === 'POST', 'UnsupportedHTTPMethod', 'This HTTP method is not supported.')
  const form =
    body.length > 0 && isForm(exchange.request) ? decode(Buffer.from(body.buffer, body.byteOffset, body.length).toString('latin1')) : []
  exchange.pairs = query
  if (form.length > 0) {
    exchange.pairs = [...query, ...form]
    exchange.format = wantedFormat(exchange.request.headers, exchange.pairs)
  }
  demand(exchange.pairs.length <= mostParameters, 'InvalidParameter', 'The request carries too many parameters.')
  demand(!namesOneTwice(exchange.pairs), 'InvalidParameter', 'A parameter is given more than once.')
}

/** Few are compared with each other, which is faster. */
const few = 8

function namesOneTwice(pairs: Pairs): boolean {
  if (pairs.length <= few) return pairs.some(([name], at) => pairs.findIndex((pair) => pair[0] === name) < at)
  const names = new Set<string>()
  for (const [name] of pairs) names.add(name)
  return names.size < pairs.length
}

/** JSON for the signature version that knows no Format parameter (V3); otherwise what Format says, in any case, or XML. */
function wantedFormat(headers: WireRequest['headers'], pairs: Pairs): 'JSON' | 'XML' {
  let signedV1 = false
  for (const [name, value] of pairs) {
    if (name === 'Format') return value.toUpperCase() === 'JSON' ? 'JSON' : 'XML'
    if (name === 'Signature') signedV1 = true
  }
  const v3 = headers['x-acs-action'] !== undefined || headers.authorization?.startsWith('ACS3-')
  return v3 && !signedV1 ? 'JSON' : 'XML'
}
