import { instanceTypeOf } from '../../api/instance-types.ts'
import { toSeconds } from '../../api/time.ts'
import type { NetworkInterface } from '../ecs/network-interface/records.ts'
import type { Instance } from '../ecs/records.ts'
import { primaryInterfaceId } from '../ids.ts'
import { keyPairKey, type State } from '../state.ts'
import { formatAddress, parseCidr } from '../vpc/cidr.ts'

/** A directory of items. An item is a text, bytes, or made when it is asked for; one that is undefined does not exist. */
export interface Directory {
  readonly [name: string]: Item | Directory | undefined
}
export type Item = string | Uint8Array | (() => string)

/** The cloud's own name servers, the same in every region. */
const nameServers = '100.100.2.136\n100.100.2.138'
/** Its time servers and its mirror of packages, as the documentation's examples name them. */
const timeServers = 'ntp1.aliyun.com\nntp2.aliyun.com\nntp3.aliyun.com'
const mirror = 'http://mirrors.cloud.aliyuncs.com'

type Interface = Pick<
  NetworkInterface,
  'id' | 'macAddress' | 'vpcId' | 'vSwitchId' | 'primaryIpAddress' | 'secondaryAddresses' | 'ipv6Addresses'
>

/** The primary interface is a part of its instance. */
const primaryOf = ({ id, macAddress, vpcId, vSwitchId, privateIpAddress, primaryInterface }: Instance): Interface => ({
  id: primaryInterfaceId(id),
  macAddress,
  vpcId,
  vSwitchId,
  primaryIpAddress: privateIpAddress,
  secondaryAddresses: primaryInterface?.secondaryAddresses ?? [],
  ...(primaryInterface?.ipv6Addresses && { ipv6Addresses: primaryInterface.ipv6Addresses }),
})

/** The gateway is the third address from the end of the vSwitch. */
function interfaceOf(eni: Interface, { vpcs, vSwitches }: State): Directory {
  const vSwitch = vSwitches.get(eni.vSwitchId)
  const vpc = vpcs.get(eni.vpcId)
  const block = vSwitch?.cidrBlock
  const ipv6s = eni.ipv6Addresses
  const cidr = block === undefined ? undefined : parseCidr(block)
  return {
    gateway: cidr && formatAddress(cidr.last - 2),
    // How it is written is unconfirmed.
    ipv6s: ipv6s && `[${ipv6s.join(', ')}]`,
    netmask: cidr && formatAddress(2 ** 32 - 2 ** (32 - cidr.prefix)),
    'network-interface-id': eni.id,
    'primary-ip-address': eni.primaryIpAddress,
    'private-ipv4s': JSON.stringify([eni.primaryIpAddress, ...eni.secondaryAddresses]),
    'vpc-cidr-block': vpc?.cidrBlock,
    'vpc-id': eni.vpcId,
    'vpc-ipv6-cidr-blocks': vpc?.ipv6CidrBlock,
    'vswitch-cidr-block': block,
    'vswitch-id': eni.vSwitchId,
    'vswitch-ipv6-cidr-block': vSwitch?.ipv6CidrBlock,
  }
}

function interfacesOf(instance: Instance, state: State): Directory {
  const secondary = state.networkInterfaces.by('instance', instance.id).filter(({ status }) => status === 'InUse')
  return Object.fromEntries([primaryOf(instance), ...secondary].map((eni) => [eni.macAddress, interfaceOf(eni, state)]))
}

/** The keys by number: an instance has one at most. */
function keysOf({ keyPairName, ...place }: Instance, { keyPairs }: State): Directory | undefined {
  const key = keyPairName && keyPairs.get(keyPairKey(place, keyPairName))?.publicKey
  return key ? { 0: { 'openssh-key': key } } : undefined
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

/** What the metadata service tells an instance of itself; `ram` is what it tells of the instance's role, if it has one. */
export function itemsOf(instance: Instance, state: State, ram: Directory | undefined): Directory {
  const type = instanceTypeOf(instance.instanceType)
  const publicIpAddress = instance.eip?.ipAddress || instance.publicIpAddress || undefined
  return {
    dynamic: { 'instance-identity': { document: identityOf(instance) } },
    'meta-data': {
      'dns-conf': { nameservers: nameServers },
      eipv4: publicIpAddress,
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
      'source-address': mirror,
      // The path is unconfirmed.
      tags:
        instance.instanceMetadataTags === 'enabled'
          ? { instance: Object.fromEntries(instance.tags.map(({ key, value }) => [key, value])) }
          : undefined,
      'vpc-cidr-block': state.vpcs.get(instance.vpcId)?.cidrBlock,
      'vpc-id': instance.vpcId,
      'vswitch-cidr-block': state.vSwitches.get(instance.vSwitchId)?.cidrBlock,
      'vswitch-id': instance.vSwitchId,
      'zone-id': instance.zoneId,
    },
    'user-data': instance.userData === '' ? undefined : Buffer.from(instance.userData, 'base64'),
  }
}

const isDirectory = (value: Item | Directory): value is Directory => typeof value === 'object' && !(value instanceof Uint8Array)

/** One name a line, directories with a slash. */
const listing = (directory: Directory): string =>
  Object.entries(directory)
    .flatMap(([name, value]) => (value === undefined ? [] : [isDirectory(value) ? `${name}/` : name]))
    .join('\n')

/** What lies at a path: an item's content, or what is in a directory; undefined when nothing does. Old programs write `Ram` for `ram`. */
export function lookUp(root: Directory, path: readonly string[]): string | Uint8Array | undefined {
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
