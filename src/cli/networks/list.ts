import type { Connection } from '../connect.ts'
import { type Listed, listCommand } from '../list.ts'

/** One piece of a region's network in a common form. */
interface Network {
  readonly Kind: 'vpc' | 'vswitch' | 'eip'
  readonly Id: string
  readonly Name: string
  /** Its block of addresses, or its address. */
  readonly Address: string
  readonly ZoneId: string
  readonly Status: string
  /** The VPC of a vSwitch, what an elastic address belongs to. */
  readonly Of: string
}

/** A region's VPCs, each followed by its vSwitches, then its elastic addresses. */
async function* networks({ vpc }: Connection, _: object, signal: AbortSignal): AsyncGenerator<Network> {
  const client = await vpc()
  const vSwitches: Network[] = []
  for await (const { VSwitchId, VSwitchName, CidrBlock, ZoneId, Status, VpcId } of client.paginate('DescribeVSwitches', {}, { signal }))
    vSwitches.push({ Kind: 'vswitch', Id: VSwitchId, Name: VSwitchName, Address: CidrBlock, ZoneId, Status, Of: VpcId })
  for await (const { VpcId, VpcName, CidrBlock, Status } of client.paginate('DescribeVpcs', {}, { signal })) {
    yield { Kind: 'vpc', Id: VpcId, Name: VpcName, Address: CidrBlock, ZoneId: '', Status, Of: '' }
    yield* vSwitches.filter(({ Of }) => Of === VpcId)
  }
  for await (const { AllocationId, Name, IpAddress, Status, InstanceId } of client.paginate('DescribeEipAddresses', {}, { signal }))
    yield { Kind: 'eip', Id: AllocationId, Name, Address: IpAddress, ZoneId: '', Status, Of: InstanceId }
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

/** `tanxing networks list`: VPCs, vSwitches and elastic addresses of the region. */
export const command = listCommand(listed)
