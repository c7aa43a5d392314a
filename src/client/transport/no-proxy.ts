type Net = Pick<typeof import('node:net'), 'isIP' | 'BlockList'>
type Rule = (hostname: string, port: number) => boolean

/** A URL spells addresses in one way; so must what they are compared with. */
const family = (version: number) => (version === 4 ? 'ipv4' : 'ipv6')

/**
 * Reads NO_PROXY: entries with commas between them, each of them `*`, `host` (with all below it), `.host` or `*.host` (only what is below
 * it), an address, a range such as `10.0.0.0/8`; all but `*` and ranges may have a `:port`. An entry that is none of these excepts nothing.
 * @returns Tells whether a host is excepted.
 */
export function noProxyRules(text: string, { isIP, BlockList }: Net): Rule {
  const rule = (entry: string): Rule | undefined => {
    if (entry === '*') return () => true
    const [address = '', prefix] = entry.split('/')
    if (prefix !== undefined) {
      const bits = isIP(address) === 4 ? 32 : 128
      if (isIP(address) === 0 || !/^\d{1,3}$/.test(prefix) || Number(prefix) > bits) return undefined
      const range = new BlockList()
      range.addSubnet(address, Number(prefix), family(isIP(address)))
      return (hostname) => isIP(hostname) !== 0 && range.check(hostname, family(isIP(hostname)))
    }
    const parts = isIP(entry) === 0 ? /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(entry) : [entry, entry]
    if (!parts) return undefined
    const name = (parts[1] ?? '').replace(/^\[|\]$/g, '').replace(/^\*(?=\.)/, '')
    const fits = (port: number) => parts[2] === undefined || Number(parts[2]) === port
    if (isIP(name) !== 0) {
      const one = new BlockList()
      one.addAddress(name, family(isIP(name)))
      return (hostname, port) => fits(port) && isIP(hostname) !== 0 && one.check(hostname, family(isIP(hostname)))
    }
    if (name === '' || name === '.') return undefined
    const suffix = name.startsWith('.') ? name : `.${name}`
    return (hostname, port) => fits(port) && (hostname === name || hostname.endsWith(suffix))
  }
  const rules = text
    .toLowerCase()
    .split(',')
    .map((entry) => rule(entry.trim()))
    .filter((one) => one !== undefined)
  return (hostname, port) => rules.some((one) => one(hostname, port))
}
