import type { IncomingMessage, ServerResponse } from 'node:http'
import type { WireAnswer, WireRequest } from '../api/wire.ts'
import { type Delivered, type Delivery, waitOut } from './faults/delivery.ts'

/** The largest body that is read. A signed request of the API has a few kilobytes; 8 MiB leaves room for anything documented. */
export const mostBodyBytes = 8 * 1024 * 1024

const nothing = new Uint8Array(0)

/** This many times the limit is read and thrown away: a client that only listens once it has sent everything must see why it is refused. */
const patience = 4

function readBody(
  incoming: IncomingMessage,
  { 'content-length': length, 'transfer-encoding': encoding }: Readonly<Record<string, string>>,
  most: number,
): Uint8Array | Promise<Uint8Array | undefined> {
  if (encoding === undefined && (length === undefined || length === '0')) return nothing
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= most) chunks.push(chunk)
      else chunks.length = 0
      if (size > most * patience) resolve(undefined)
    })
    incoming.on('end', () => resolve(size > most ? undefined : Buffer.concat(chunks, size)))
    incoming.on('error', reject)
    incoming.on('close', () => reject(new Error('the connection was closed before the request was whole')))
  })
}

/** Names as clients write them; so many are known. */
const lowerCase = new Map<string, string>()
const mostNames = 1024

function lowerCased(name: string): string {
  const known = lowerCase.get(name)
  if (known !== undefined) return known
  const lower = name.toLowerCase()
  if (lowerCase.size < mostNames) lowerCase.set(name, lower)
  return lower
}

/** Of all headers `node:http` gives this one alone as a list. */
function asNodeHas({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  const cookies = headers['set-cookie']
  const given = cookies === undefined ? headers : { ...headers, 'set-cookie': cookies.join(', ') }
  return given as Readonly<Record<string, string>>
}

/** The headers by their names in lower case. Where none comes twice, as a rule, they are read in a third of the time that `node:http` takes. */
function headersOf(incoming: IncomingMessage): Readonly<Record<string, string>> {
  const { rawHeaders } = incoming
  const headers: Record<string, string> = {}
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = lowerCased(rawHeaders[at] as string)
    // What is there already is another of the name, or what every object has.
    if (headers[name] !== undefined) return asNodeHas(incoming)
    headers[name] = rawHeaders[at + 1] as string
  }
  return headers
}

/**
 * Reads a request of `node:http` to its end, chunked bodies too: at once where it has no body. Undefined when its body is too large; the
 * rest of it may still be under way then, so the answer must close the connection. Rejects when the caller goes away before the request
 * is whole.
 */
export function readRequest(
  incoming: IncomingMessage,
  { secure = false, maxBodyBytes = mostBodyBytes } = {},
): WireRequest | Promise<WireRequest | undefined> {
  const { method = 'GET', url = '/' } = incoming
  const sourceIp = incoming.socket.remoteAddress ?? '127.0.0.1'
  const headers = headersOf(incoming)
  const whole = (body: Uint8Array) => ({ method, target: url, headers, body, secure, sourceIp })
  const body = readBody(incoming, headers, maxBodyBytes)
  return body instanceof Promise ? body.then((read) => read && whole(read)) : whole(body)
}

/** The whole answer, in one go however many pieces it is in. */
function send(response: ServerResponse, answer: Delivered): void {
  const pieces = answer.pieces ?? [answer.body]
  let length = 0
  for (const piece of pieces) length += piece.length
  const headers: (string | number)[] = ['content-length', length]
  for (const name of Object.keys(answer.headers)) headers.push(name, answer.headers[name] as string)
  response.writeHead(answer.status, headers as string[])
  if (pieces.length > 1) response.cork()
  for (let at = 0; at < pieces.length - 1; at++) response.write(pieces[at], 'latin1')
  response.end(pieces.at(-1), 'latin1', answer.sent)
}

/** As much of an answer as a fault rule leaves of it. */
function sendStart(response: ServerResponse, { status, headers, body }: WireAnswer, most: number): void {
  response.writeHead(status, { ...headers, 'content-length': body.length })
  response.write(body.subarray(0, most))
  // Once what was written has left.
  response.socket?.destroySoon()
}

async function deliver(response: ServerResponse, answer: Delivered, { delayMs, cut }: Delivery): Promise<void> {
  if (delayMs > 0 && !response.destroyed) {
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    await waitOut(delayMs, gone.signal)
  }
  if (cut === 'drop') response.destroy()
  else if (cut === undefined || answer.body.length === 0) send(response, answer)
  else sendStart(response, answer, Math.min(cut, answer.body.length - 1))
}

/**
 * Sends an answer in one piece, with its length; or late, in part or not at all where a fault rule says so.
 * A caller that has gone away is no error.
 */
export function writeAnswer(response: ServerResponse, answer: Delivered): void {
  if (answer.delivery === undefined) send(response, answer)
  else deliver(response, answer, answer.delivery).catch(() => response.destroy())
}
