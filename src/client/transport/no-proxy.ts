type Net = Pick<typeof import('node:net'), 'isIP' | 'BlockList'>
type Rule = (hostname: string, port: number) => boolean

/** What a list of addresses and ranges says of a host, which may be a name. */
function listed({ isIP, BlockList }: Net, fill: (list: InstanceType<Net['BlockList']>) => void): Rule {
  const list = new BlockList()
  fill(list)
  return (hostname) => isIP(hostname) !== 0 && list.check(hostname, isIP(hostname) === 4 ? 'ipv4' : 'ipv6')
}

function rangeRule(address: string, prefix: string, net: Net): Rule | undefined {
  const version = net.isIP(address)
  if (version === 0 || !/^\d{1,3}$/.test(prefix) || Number(prefix) > (version === 4 ? 32 : 128)) return undefined
  return listed(net, (list) => list.addSubnet(address, Number(prefix), version === 4 ? 'ipv4' : 'ipv6'))
}

function hostRule(name: string, net: Net): Rule | undefined {
  const version = net.isIP(name)
  if (version !== 0) return listed(net, (list) => list.addAddress(name, version === 4 ? 'ipv4' : 'ipv6'))
  const below = name.replace(/^\*(?=\.)/, '')
  if (below === '' || below === '.') return undefined
  return below.startsWith('.') ? (hostname) => hostname.endsWith(below) : (hostname) => hostname === name || hostname.endsWith(`.${name}`)
}

function readEntry(entry: string, net: Net): Rule | undefined {
  if (entry === '*') return () => true
  const [address = '', prefix] = entry.split('/')
  if (prefix !== undefined) return rangeRule(address, prefix, net)
  if (net.isIP(entry) !== 0) return hostRule(entry, net)
  const [, name = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? []
  const fits = hostRule(name.replace(/^\[|\]$/g, ''), net)
  return fits && port !== undefined ? (hostname, asked) => asked === Number(port) && fits(hostname, asked) : fits
}

/**
 * Reads NO_PROXY: entries with commas between them, each of them `*`, `host` (with all below it), `.host` or `*.host` (only what is below
 * it), an address, a range such as `10.0.0.0/8`; all but `*` and ranges may have a `:port`. An entry that is none of these excepts nothing.
 * @returns Tells whether a host is excepted.
 */
export function noProxyRules(text: string, net: Net): Rule {
  const entries = text.toLowerCase().split(',')
  const rules = entries.map((entry) => readEntry(entry.trim(), net)).filter((rule) => rule !== undefined)
  return (hostname, port) => rules.some((rule) => rule(hostname, port))
}
