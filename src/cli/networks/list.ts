import type { Options } from '../command.ts'
import type { Connection } from '../connect.ts'
import { type Listed, listCommand } from '../list.ts'
import type { Filter } from '../select/filters.ts'
import { type Kind, nouns } from './nouns.ts'

/** One piece of a region's network in a common form. */
interface Network {
  readonly Kind: Kind
  readonly Id: string
  readonly Name: string
  /** Its block of addresses, or its address. */
  readonly Address: string
  readonly ZoneId: string
  readonly Status: string
  /** The VPC of a vSwitch, what an elastic address or an interface belongs to. */
  readonly Of: string
  /** The VPC that it is, or is in. */
  readonly VpcId?: string
  readonly VSwitchId?: string
}

// The listings of the four kinds have few parameters in common, so a filter is one of the fields of their common form.
const filters = {
  name: { parameter: 'Name' },
  address: { parameter: 'Address' },
  zone: { parameter: 'ZoneId' },
  status: { parameter: 'Status', choices: ['Available', 'InUse', 'Pending', 'Attaching', 'Detaching', 'Deleting'] },
  vpc: { parameter: 'VpcId', names: 'vpc' },
  vswitch: { parameter: 'VSwitchId', names: 'vswitch' },
  instance: { parameter: 'Of', names: 'instance' },
} as const satisfies { readonly [key: string]: Filter & { readonly parameter: keyof Network } }

interface Wanted extends Partial<Network> {
  readonly kind?: Kind
  readonly Tag?: unknown
}

/** A region's VPCs, each followed by its vSwitches, then its elastic addresses and its interfaces. */
async function* all(connection: Connection, { kind, Tag }: Wanted, signal: AbortSignal): AsyncGenerator<Network> {
  const input = Tag === undefined ? {} : { Tag }
  const wants = (one: Kind) => kind === undefined || kind === one
  const vSwitches: Network[] = []
  if (wants('vswitch'))
    for await (const { VSwitchId, VSwitchName, CidrBlock, ZoneId, Status, VpcId } of nouns.vswitch.read(connection, input, signal))
      vSwitches.push({ Kind: 'vswitch', Id: VSwitchId, Name: VSwitchName, Address: CidrBlock, ZoneId, Status, Of: VpcId, VpcId, VSwitchId })
  const shown = new Set<string>()
  if (wants('vpc'))
    for await (const { VpcId, VpcName, CidrBlock, Status } of nouns.vpc.read(connection, input, signal)) {
      yield { Kind: 'vpc', Id: VpcId, Name: VpcName, Address: CidrBlock, ZoneId: '', Status, Of: '', VpcId }
      yield* vSwitches.filter(({ Of }) => Of === VpcId)
      shown.add(VpcId)
    }
  // Of a VPC that is not listed: its tags do not fit, it is shared by another account, or it came into being meanwhile.
  yield* vSwitches.filter(({ Of }) => !shown.has(Of))
  if (wants('eip'))
    for await (const { AllocationId, Name, IpAddress, Status, InstanceId } of nouns.eip.read(connection, input, signal))
      yield { Kind: 'eip', Id: AllocationId, Name, Address: IpAddress, ZoneId: '', Status, Of: InstanceId }
  if (wants('interface'))
    for await (const one of nouns.interface.read(connection, input, signal)) {
      const { NetworkInterfaceId, NetworkInterfaceName, PrivateIpAddress, ZoneId, Status, InstanceId, VpcId, VSwitchId } = one
      yield {
        Kind: 'interface',
        Id: NetworkInterfaceId,
        Name: NetworkInterfaceName,
        Address: PrivateIpAddress,
        ZoneId,
        Status,
        Of: InstanceId,
        VpcId,
        VSwitchId,
      }
    }
}

/** Those that fit all filters. */
async function* networks(connection: Connection, wanted: Wanted, signal: AbortSignal): AsyncGenerator<Network> {
  const fields = Object.values(filters).flatMap(({ parameter }) => (wanted[parameter] === undefined ? [] : [parameter]))
  for await (const one of all(connection, wanted, signal)) if (fields.every((field) => one[field] === wanted[field])) yield one
}

const listed: Listed<Network> = {
  id: ({ Id }) => Id,
  columns: [
    { head: { en: 'ID', zh: '资源 ID' }, cell: ({ Id }) => Id },
    { head: { en: 'KIND', zh: '种类' }, cell: ({ Kind }) => Kind },
    { head: { en: 'NAME', zh: '名称' }, cell: ({ Name }) => Name },
    { head: { en: 'ADDRESS', zh: '地址' }, cell: ({ Address }) => Address },
    { head: { en: 'ZONE', zh: '可用区' }, cell: ({ ZoneId }) => ZoneId },
    { head: { en: 'STATUS', zh: '状态' }, cell: ({ Status }) => Status },
    { head: { en: 'OF', zh: '所属' }, cell: ({ Of }) => Of },
  ],
  filters,
  read: networks,
}

const kind: Options = {
  kind: { type: 'string', choices: Object.keys(nouns), help: { en: 'only this kind', zh: '仅列出该种类' } },
}

/** `tanxing networks list`: VPCs, vSwitches, elastic addresses and interfaces of the region, or one kind of them. */
export const command = listCommand(listed, kind, ({ values }, input) => ({ ...input, kind: values.text('kind') }))
