import { instanceTypeOf } from '../../api/instance-types.ts'
import { toSeconds } from '../../api/time.ts'
import { osOf } from '../ecs/image/find.ts'
import type { Instance } from '../ecs/records.ts'
import { keyPairKey, type State } from '../state.ts'
import { interfacesOf } from './interfaces.ts'

/** A directory of items. An item is a text, bytes, or made when it is asked for; one that is undefined does not exist. */
export interface Directory {
  readonly [name: string]: Item | Directory | undefined
}
export type Item = string | Uint8Array | (() => string)

/** How an item lists several, as cloud-init's sources show it. */
const lines = (texts: readonly string[]) => texts.join('\r\n')

/** The cloud's own name servers, the same in every region, and its time servers, as the documentation's examples name them. */
const nameServers = lines(['100.100.2.136', '100.100.2.138'])
const timeServers = lines(['ntp1.aliyun.com', 'ntp2.aliyun.com', 'ntp3.aliyun.com'])

/** Where a system gets its packages and updates, by its kind. */
const updates: Readonly<Record<string, Directory>> = {
  linux: { 'source-address': 'http://mirrors.cloud.aliyuncs.com' },
  windows: {
    'kms-server': 'kms.cloud.aliyuncs.com',
    'wsus-server': { 'wu-server': 'http://update.cloud.aliyuncs.com', 'wu-status-server': 'http://update.cloud.aliyuncs.com' },
  },
}

/** The keys by number: an instance has one at most. */
function keysOf({ keyPairName, ...place }: Instance, { keyPairs }: State): Directory | undefined {
  const key = keyPairName && keyPairs.get(keyPairKey(place, keyPairName))?.publicKey
  return key ? { 0: { 'openssh-key': key } } : undefined
}

/** The disks that are attached, by serial number. */
function disksOf({ id }: Instance, { disks }: State): Directory {
  const attached = disks.by('instance', id).filter(({ status }) => status === 'In_use')
  return Object.fromEntries(attached.map((disk) => [disk.id.replace(/^d-/, ''), { id: disk.id, name: disk.diskName }]))
}

/** The document that tells an instance's identity. The signature that real ones come with is not emulated. */
const identityOf = (instance: Instance) =>
  JSON.stringify({
    'zone-id': instance.zoneId,
    'serial-number': instance.serialNumber,
    'instance-id': instance.id,
    'region-id': instance.regionId,
    'private-ipv4': instance.privateIpAddress,
    'owner-account-id': instance.accountId,
    mac: instance.macAddress,
    'image-id': instance.imageId,
    'instance-type': instance.instanceType,
  })

/** What an instance is told under `meta-data`; `ram` is what it is told of its role, if it has one. */
function metaDataOf(instance: Instance, state: State, ram: Directory | undefined): Directory {
  const type = instanceTypeOf(instance.instanceType)
  const publicIpAddress = instance.eip?.ipAddress || instance.publicIpAddress || undefined
  return {
    disks: disksOf(instance, state),
    'dns-conf': { nameservers: nameServers },
    eipv4: publicIpAddress,
    hibernation: { configured: String(instance.hibernation === true) },
    hostname: instance.hostName,
    'image-id': instance.imageId,
    instance: {
      'instance-name': instance.instanceName,
      'instance-type': instance.instanceType,
      // In Kbit/s.
      'max-netbw-egress': type && String(type.InstanceBandwidthTx),
      'max-netbw-ingress': type && String(type.InstanceBandwidthRx),
      // Not there until the instance is to end.
      spot: instance.recyclingAt === undefined ? undefined : { 'termination-time': toSeconds(instance.recyclingAt) },
      'virtualization-solution': 'ECS Virt',
      'virtualization-solution-version': '2',
    },
    'instance-id': instance.id,
    mac: instance.macAddress,
    network: { interfaces: { macs: interfacesOf(instance, state) } },
    'network-type': 'vpc',
    'ntp-conf': { 'ntp-servers': timeServers },
    'owner-account-id': instance.accountId,
    'private-ipv4': instance.privateIpAddress,
    'public-ipv4': publicIpAddress,
    'public-keys': keysOf(instance, state),
    ram,
    'region-id': instance.regionId,
    'serial-number': instance.serialNumber,
    // How several are told is unconfirmed.
    'sub-private-ipv4-list': lines(instance.primaryInterface?.secondaryAddresses ?? []),
    tags:
      instance.instanceMetadataTags === 'enabled'
        ? { instance: Object.fromEntries(instance.tags.map(({ key, value }) => [key, value])) }
        : undefined,
    'vpc-cidr-block': state.vpcs.get(instance.vpcId)?.cidrBlock,
    'vpc-id': instance.vpcId,
    'vswitch-cidr-block': state.vSwitches.get(instance.vSwitchId)?.cidrBlock,
    'vswitch-id': instance.vSwitchId,
    'zone-id': instance.zoneId,
    ...updates[osOf(instance)?.type ?? ''],
  }
}

/** What the metadata service tells an instance of itself. */
export const itemsOf = (instance: Instance, state: State, ram: Directory | undefined): Directory => ({
  dynamic: { 'instance-identity': { document: identityOf(instance) } },
  'meta-data': metaDataOf(instance, state, ram),
  'user-data': instance.userData === '' ? undefined : Buffer.from(instance.userData, 'base64'),
})

const isDirectory = (value: Item | Directory): value is Directory => typeof value === 'object' && !(value instanceof Uint8Array)

/** One name a line, directories with a slash. */
const listing = (directory: Directory): string =>
  Object.entries(directory)
    .flatMap(([name, value]) => (value === undefined ? [] : [isDirectory(value) ? `${name}/` : name]))
    .join('\n')

/** A directory with all that is in it, but for what is made when it is asked for: whoever reads everything asks for no credentials. */
const whole = (directory: Directory): object =>
  Object.fromEntries(
    Object.entries(directory).flatMap(([name, value]) =>
      value === undefined || typeof value === 'function' ? [] : [[name, isDirectory(value) ? whole(value) : String(value)]],
    ),
  )

/** `meta-data/all` is listed nowhere; cloud-init reads it. */
const asksForAll = (path: readonly string[]) => path.length === 2 && path[0] === 'meta-data' && path[1] === 'all'

/** What lies at a path: an item's content, or what is in a directory; undefined when nothing does. Old programs write `Ram` for `ram`. */
export function lookUp(root: Directory, path: readonly string[]): string | Uint8Array | undefined {
  if (asksForAll(path)) return JSON.stringify(whole(root['meta-data'] as Directory))
  let found: Item | Directory | undefined = root
  for (const [depth, segment] of path.entries()) {
    if (found === undefined || !isDirectory(found)) return undefined
    const name = depth === 1 && segment.toLowerCase() === 'ram' ? 'ram' : segment
    found = Object.hasOwn(found, name) ? found[name] : undefined
  }
  if (found === undefined) return undefined
  if (isDirectory(found)) return listing(found)
  return typeof found === 'function' ? found() : found
}
