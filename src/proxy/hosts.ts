/** Where an instance reaches its metadata service. */
export const metadataHost = '100.100.100.200'

const longestName = 253

/** Letters, digits and inner hyphens, ASCII alone; without the `u` flag no other letter folds into these. */
const pattern = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+aliyuncs\.com\.?$/i

/**
 * The host in lower case and without the root's dot if it lies below `aliyuncs.com`; undefined for every other name, for
 * `aliyuncs.com` itself, for addresses and for what is no host name.
 */
export function cloudHost(text: string): string | undefined {
  if (text.length > longestName || !pattern.test(text)) return undefined
  const host = text.toLowerCase()
  return host.endsWith('.') ? host.slice(0, -1) : host
}

/** True for a host whose connections are led to the proxy. */
export const isLed = (host: string): boolean => host === metadataHost || cloudHost(host) !== undefined
