import type { Options } from '../command.ts'
import type { Connection } from '../connect.ts'
import { type Listed, listCommand } from '../list.ts'
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
}

interface Wanted {
  readonly kind?: Kind
  readonly Tag?: unknown
}

/** A region's VPCs, each followed by its vSwitches, then its elastic addresses and its interfaces. */
async function* networks(connection: Connection, { kind, ...input }: Wanted, signal: AbortSignal): AsyncGenerator<Network> {
  const wants = (one: Kind) => kind === undefined || kind === one
  const vSwitches: Network[] = []
  if (wants('vswitch'))
    for await (const { VSwitchId, VSwitchName, CidrBlock, ZoneId, Status, VpcId } of nouns.vswitch.read(connection, input, signal))
      vSwitches.push({ Kind: 'vswitch', Id: VSwitchId, Name: VSwitchName, Address: CidrBlock, ZoneId, Status, Of: VpcId })
  const shown = new Set<string>()
  if (wants('vpc'))
    for await (const { VpcId, VpcName, CidrBlock, Status } of nouns.vpc.read(connection, input, signal)) {
      yield { Kind: 'vpc', Id: VpcId, Name: VpcName, Address: CidrBlock, ZoneId: '', Status, Of: '' }
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
      const { NetworkInterfaceId, NetworkInterfaceName, PrivateIpAddress, ZoneId, Status, InstanceId } = one
      yield {
        Kind: 'interface',
        Id: NetworkInterfaceId,
        Name: NetworkInterfaceName,
        Address: PrivateIpAddress,
        ZoneId,
        Status,
        Of: InstanceId,
      }
    }
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
  filters: {},
  read: networks,
}

const kind: Options = {
  kind: { type: 'string', choices: Object.keys(nouns), help: { en: 'only this kind', zh: '仅列出该种类' } },
}

/** `tanxing networks list`: VPCs, vSwitches, elastic addresses and interfaces of the region, or one kind of them. */
const { options, ...rest } = listCommand(listed, kind, ({ values }, input) => ({ ...input, kind: values.text('kind') }))
const { filter: _, ...own } = options
export const command = { ...rest, options: own }
