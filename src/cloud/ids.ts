import { regionFacts } from '../api/regions.ts'
import type { Random } from './engine/random.ts'

/** Prefix and length after it, as real ids look (`i-bp1gt9mb9asadff9r2zr`). */
const forms = {
  i: 20,
  d: 20,
  s: 20,
  sp: 20,
  ssg: 20,
  t: 20,
  g: 20,
  e: 20,
  m: 20,
  ic: 20,
  ip: 20,
  exec: 20,
  sg: 20,
  eni: 20,
  'eni-perm': 20,
  pw: 20,
  vsc: 20,
  ssh: 20,
  lt: 20,
  ds: 20,
  dr: 20,
  dms: 20,
  dh: 20,
  dc: 20,
  ss: 20,
  hpc: 20,
  apg: 20,
  pl: 20,
  crp: 20,
  eap: 20,
  'apg-task': 20,
  prl: 20,
  vpc: 21,
  vsw: 21,
  vtb: 21,
  vrt: 21,
  eip: 21,
  ecsri: 20,
  scu: 20,
  spn: 20,
  rte: 21,
  havip: 21,
  pc: 21,
  vbr: 21,
  ri: 21,
  ngw: 21,
  ftb: 21,
  stb: 21,
  fwd: 21,
  snat: 21,
  bwp: 21,
  cbwp: 21,
  nateip: 21,
} as const

/** A new resource id: the kind's prefix, the region's code, then chance. */
export function newId(kind: keyof typeof forms, regionId: string, random: Random): string {
  const code = regionFacts(regionId)?.idPrefix || 'xx1'
  return random.alphanumeric(forms[kind] - code.length, `${kind}-${code}`)
}

/** A security group rule's id carries no region code (form unconfirmed). */
export const newRuleId = (regionId: string, random: Random): string =>
  `sgr-${regionFacts(regionId)?.idPrefix || 'xx1'}${random.alphanumeric(17)}`

/** A hardware address as the cloud gives them: three fixed bytes, then chance. */
export function newMacAddress(random: Random): string {
  const hex = random.bytes(3).toString('hex')
  return `00:16:3e:${hex.slice(0, 2)}:${hex.slice(2, 4)}:${hex.slice(4)}`
}

/**
 * The id of an instance's primary interface, from the instance's, and back: the part drawn by chance is turned around.
 * So neither an index nor a second row is needed to find one from the other.
 */
export const primaryInterfaceId = (instanceId: string): string => turned('eni-', instanceId.slice(2))
export const instanceIdOf = (networkInterfaceId: string): string => turned('i-', networkInterfaceId.slice(4))

/** Letters on their way: a text put together letter by letter costs ten times as much once somebody reads it. */
const letters = Buffer.alloc(128)

function turned(prefix: string, tail: string): string {
  if (prefix.length + tail.length > letters.length) return prefix
  const kept = letters.write(prefix + tail.slice(0, 3), 'latin1')
  let end = kept
  for (let at = tail.length - 1; at >= 3; at--) letters[end++] = tail.charCodeAt(at)
  return letters.toString('latin1', 0, end)
}
