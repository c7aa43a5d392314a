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
