/** For the tests beside this: a cloud with lines, border routers and what two accounts make of them. */
import { cloudWithNetwork, type CallSettings, type TestAnswer } from '../../testing.ts'

export const inVpc = { product: 'vpc' } as const
export const minute = 60_000
export const accounts = [{ id: '1000000000000001' }, { id: '1000000000000002' }] as const
const AccessPointId = 'ap-cn-hangzhou-yh-B'
const line = { AccessPointId, LineOperator: 'CT', PeerLocation: 'Zhejiang', Name: 'office', PortType: '1000Base-LX' }
export const ends = { LocalGatewayIp: '192.168.0.1', PeerGatewayIp: '192.168.0.2', PeeringSubnetMask: '255.255.255.252' }

export async function cloudWithLines() {
  const cloud = await cloudWithNetwork({ accounts })
  const { call, refusal, clock, VpcId } = cloud
  const [, second] = cloud.cloud.accounts
  const other: CallSettings = { ...inVpc, ...(second && { as: second.credentials }) }
  const VRouterId: string = (await call('DescribeVpcs', { VpcId }, inVpc)).Vpcs.Vpc[0].VRouterId
  const filtered = (Key: string, value: string) => ({ Filter: [{ Key, Value: [value] }] })
  const connection = async (id: string): Promise<TestAnswer> =>
    (await call('DescribePhysicalConnections', filtered('PhysicalConnectionId', id), inVpc)).PhysicalConnectionSet.PhysicalConnectionType[0]
  const apply = async (input: object = {}): Promise<string> =>
    (await call('CreatePhysicalConnection', { ...line, ...input }, inVpc)).PhysicalConnectionId
  /** One that is Enabled. */
  const enabled = async (input: object = {}): Promise<string> => {
    const PhysicalConnectionId = await apply(input)
    clock.advance(15 * minute)
    await call('EnablePhysicalConnection', { PhysicalConnectionId }, inVpc)
    clock.advance(minute)
    return PhysicalConnectionId
  }
  const makeRouter = async (PhysicalConnectionId: string, input: object = {}): Promise<string> =>
    (await call('CreateVirtualBorderRouter', { PhysicalConnectionId, VlanId: 1, ...ends, ...input }, inVpc)).VbrId
  const router = async (id: string, settings: CallSettings = inVpc): Promise<TestAnswer> =>
    (await call('DescribeVirtualBorderRouters', filtered('VbrId', id), settings)).VirtualBorderRouterSet.VirtualBorderRouterType[0]
  const code = async (action: string, input: object = {}, settings: CallSettings = inVpc) => (await refusal(action, input, settings)).code
  return { ...cloud, other, VRouterId, line, filtered, connection, apply, enabled, makeRouter, router, code }
}

export const day = 24 * 60 * minute
export const beijing = { ...inVpc, regionId: 'cn-beijing' }

/** A cloud with two VPCs, in two regions, and what makes interfaces on their routers. */
export async function cloudWithRouters() {
  const cloud = await cloudWithLines()
  const { call, clock, VRouterId } = cloud
  const far = await call('CreateVpc', { CidrBlock: '172.16.0.0/16' }, beijing)
  clock.advance(minute)
  const near = { RouterType: 'VRouter', RouterId: VRouterId, OppositeRegionId: 'cn-beijing' }
  const initiating = { ...near, Role: 'InitiatingSide', Spec: 'Small.1', OppositeRouterId: far.VRouterId }
  const accepting = {
    RouterType: 'VRouter',
    RouterId: far.VRouterId,
    Role: 'AcceptingSide',
    Spec: 'Negative',
    OppositeRegionId: 'cn-hangzhou',
  }
  const make = async (input: object = {}, settings: CallSettings = inVpc): Promise<string> =>
    (await call('CreateRouterInterface', { ...initiating, ...input }, settings)).RouterInterfaceId
  const one = async (id: string, settings: CallSettings = inVpc): Promise<TestAnswer> =>
    (await call('DescribeRouterInterfaces', { Filter: [{ Key: 'RouterInterfaceId', Value: [id] }] }, settings)).RouterInterfaceSet
      .RouterInterfaceType[0]
  /** Two ends that are told of each other, Idle. */
  const pair = async () => {
    const first = await make()
    const opposite = { OppositeInterfaceId: first, OppositeRouterId: VRouterId, OppositeInterfaceOwnerId: accounts[0].id }
    const second = await make({ ...accepting, ...opposite }, beijing)
    const told = { RouterInterfaceId: first, OppositeInterfaceId: second, OppositeInterfaceOwnerId: Number(accounts[0].id) }
    await call('ModifyRouterInterfaceAttribute', told, inVpc)
    return [first, second] as const
  }
  /** Two ends that are connected. */
  const connected = async () => {
    const ends = await pair()
    await call('ConnectRouterInterface', { RouterInterfaceId: ends[0] }, inVpc)
    clock.advance(minute)
    return ends
  }
  return { ...cloud, far, initiating, accepting, make, one, pair, connected }
}
