import { publicImages } from '../../api/images.ts'
import { createRandom, type Random } from '../engine/random.ts'
import type { Row } from '../engine/table.ts'
import { regionFacts } from '../../api/regions.ts'
import type { Capture } from '../store/capture.ts'
import { newMacAddress } from '../ids.ts'
import { otherAddresses } from './addresses.ts'

/** Fields that hold what people wrote as a name, and what stands before the number in its place. */
const names: Readonly<Record<string, string>> = {
  instanceName: 'instance',
  hostName: 'host',
  diskName: 'disk',
  vpcName: 'vpc',
  vSwitchName: 'vswitch',
  securityGroupName: 'group',
  networkInterfaceName: 'interface',
  keyPairName: 'key',
  imageName: 'image',
  imageFamily: 'family',
  imageVersion: 'version',
  name: 'address',
}

/** Fields of free text, which is left out. */
const texts: ReadonlySet<string> = new Set(['description', 'message'])

const addressFields: ReadonlySet<string> = new Set([
  'privateIpAddress',
  'publicIpAddress',
  'primaryIpAddress',
  'ipAddress',
  'secondaryAddresses',
  'addresses',
  'ipv4Prefixes',
  'cidrBlock',
  'sourceCidrIp',
  'destCidrIp',
  'ipv6SourceCidrIp',
  'ipv6DestCidrIp',
])

/** Fields in which chance stands, and how much of it. */
const drawn: Readonly<Record<string, (random: Random) => string>> = {
  serialNumber: (random) => random.uuid(),
  kmsKeyId: (random) => random.uuid(),
  fingerPrint: (random) => random.bytes(16).toString('hex'),
  macAddress: newMacAddress,
}

const idForm = /^([a-z]{1,6})-([0-9a-z]{8,40})$/

interface Replacing {
  readonly random: Random
  readonly regionId: string
  readonly address: (text: string) => string
  /** The same in place of the same, by what it is. */
  readonly once: (kind: string, text: string, make: (count: number) => string) => string
}

const newName = (kind: string, text: string, { once }: Replacing) => once(kind, text, (count) => `${kind}-${count}`)

/** An id of the same kind, with the code of the region and as long; an image of everyone's stays. */
function newId(text: string, { once, random, regionId }: Replacing): string {
  const [, prefix = '', tail = ''] = idForm.exec(text) ?? []
  const code = regionFacts(regionId)?.idPrefix || 'xx1'
  return once('id', text, () => `${prefix}-${code}${random.alphanumeric(Math.max(12, tail.length - code.length))}`)
}

function replaced(field: string, value: unknown, how: Replacing): unknown {
  // What an operating system is called tells nobody's name.
  if (field === 'os') return value
  if (Array.isArray(value)) return value.map((one: unknown) => replaced(field, one, how))
  if (typeof value === 'object' && value !== null)
    return field === 'tags'
      ? newTag(value, how)
      : Object.fromEntries(Object.entries(value).map(([name, one]) => [name, replaced(name, one, how)]))
  if (typeof value !== 'string' || value === '') return value
  if (texts.has(field)) return ''
  const kind = names[field]
  if (kind !== undefined) return newName(kind, value, how)
  if (addressFields.has(field)) return how.address(value)
  const draw = drawn[field]
  if (draw !== undefined) return how.once(field, value, () => draw(how.random))
  if (field === 'imageId') return publicImages().has(value) ? value : newId(value, how)
  return idForm.test(value) && field !== 'regionId' && field !== 'zoneId' ? newId(value, how) : value
}

/** Tags of Alibaba Cloud's own, `acs:…`, keep their keys. */
function newTag(tag: object, how: Replacing): object {
  const { key = '', value = '' } = tag as { key?: string; value?: string }
  return {
    key: key.startsWith('acs:') ? key : newName('tag', key, how),
    value: value === '' ? value : newName('value', value, how),
  }
}

/** Ids of rows are ids of their own, `<account>/<region>/<name>` for key pairs, and `<what>:<id>` for what is to come. */
function rowId(table: string, before: Row, after: Record<string, unknown>, accountId: string): string {
  if (table === 'keyPairs') return `${accountId}/${before.regionId}/${String(after.keyPairName)}`
  if (table === 'transitions') return `${String(after.kind)}:${String(after.subject)}`
  return String(after.id)
}

/**
 * A twin with other ids, names, tags and addresses; types, sizes, states, ports and times are as they were. The same
 * takes the place of the same throughout. What is drawn comes from the seed alone, not from what it replaces.
 */
export function anonymous(capture: Capture, seed: string): Capture {
  const random = createRandom(`anonymous ${seed}`)
  const accountId = `1${Array.from({ length: 15 }, () => random.integer(10)).join('')}`
  const known = new Map<string, string>()
  const counts = new Map<string, number>()
  const once: Replacing['once'] = (kind, text, make) => {
    const key = `${kind}\n${text}`
    let made = known.get(key)
    if (made === undefined) {
      const count = (counts.get(kind) ?? 0) + 1
      counts.set(kind, count)
      made = make(count)
      known.set(key, made)
    }
    return made
  }
  const vSwitches = capture.rows.flatMap(({ table, row }) => (table === 'vSwitches' && 'cidrBlock' in row ? [String(row.cidrBlock)] : []))
  const address = otherAddresses(random.bytes(32), vSwitches)
  const rows = capture.rows.map(({ table, number, row }) => {
    const how: Replacing = { random, regionId: row.regionId, address, once }
    const after = replaced('', row, how) as Record<string, unknown>
    return { table, number, row: { ...after, id: rowId(table, row, after, accountId), accountId, regionId: row.regionId } }
  })
  return { ...capture, accountId, chance: { ...capture.chance, key: random.bytes(32).toString('hex') }, rows }
}
