import { isLed } from './hosts.ts'

/** The proxy's port as the preload reads it from the environment. */
export const portVariable = 'TANXING_RUN_PORT'

interface Options {
  readonly [name: string]: unknown
}

const isOptions = (value: unknown): value is Options => typeof value === 'object' && value !== null

/** Settings of the way to the real host that make no sense on the way to loopback. */
const dropped = { lookup: undefined, family: undefined, hints: undefined, localAddress: undefined, autoSelectFamily: undefined }

/**
 * The arguments of a `net.Socket.prototype.connect` with the connection led to `port` on loopback, if it was meant for a host below
 * `aliyuncs.com` or the metadata service; undefined for every other connection, which is left alone. Takes the forms of the public API and the list into which
 * Node.js itself gathers them; names for TLS and Host are elsewhere and stay.
 */
export function led(args: readonly unknown[], port: number): unknown[] | undefined {
  const [first, ...rest] = Array.isArray(args[0]) ? (args[0] as readonly unknown[]) : args
  const callback = rest.filter((value) => typeof value === 'function').slice(-1)
  const options = isOptions(first) ? first : { port: first, host: rest[0] }
  if (typeof options.host !== 'string' || options.port === undefined || options.path || !isLed(options.host)) return undefined
  return [{ ...options, ...dropped, host: '127.0.0.1', port }, ...callback]
}
