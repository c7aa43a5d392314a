import type { WireRequest } from '../api/wire.ts'

/** How a program on this machine calls this machine. */
export const loopbackHosts: readonly string[] = ['127.0.0.1', 'localhost', '[::1]']

/**
 * True for a request that a page on the web had its reader's browser send, under its own name or that of `hosts`:
 * only what comes from no page, or from one of this very server, is served.
 */
export function fromElsewhere({ headers }: Pick<WireRequest, 'headers'>, hosts: readonly string[] = loopbackHosts): boolean {
  const host = (headers.host ?? '').replace(/:\d+$/, '')
  if (!hosts.includes(host)) return true
  if (headers['sec-fetch-site'] !== undefined && !['same-origin', 'none'].includes(headers['sec-fetch-site'])) return true
  return headers.origin !== undefined && headers.origin !== `http://${headers.host}`
}
