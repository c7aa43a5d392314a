/** For the tests of NAT gateways: a cloud with one that is ready, and an elastic address bound to it. */
import { type CallSettings, cloudWithNetwork, type TestAnswer } from '../../testing.ts'

export const inVpc: CallSettings = { product: 'vpc' }

export async function cloudWithNatGateway(input: object = {}) {
  const cloud = await cloudWithNetwork()
  const { call, refusal, clock, VpcId, VSwitchId } = cloud
  const vpc = (action: string, fields: object = {}): Promise<TestAnswer> => call(action, fields, inVpc)
  const code = async (action: string, fields: object = {}): Promise<string> => (await refusal(action, fields, inVpc)).code
  const made = await vpc('CreateNatGateway', { VpcId, VSwitchId, NatType: 'Enhanced', Name: 'out', ...input })
  const { NatGatewayId } = made
  clock.advance(60_000)
  /** The gateway as it is listed. */
  const gateway = async (): Promise<TestAnswer> => (await vpc('DescribeNatGateways', { NatGatewayId })).NatGateways.NatGateway[0]
  /** A new elastic address, bound to the gateway. */
  const bound = async (): Promise<{ AllocationId: string; EipAddress: string }> => {
    const { AllocationId, EipAddress } = await vpc('AllocateEipAddress')
    await vpc('AssociateEipAddress', { AllocationId, InstanceId: NatGatewayId, InstanceType: 'Nat' })
    clock.advance(5_000)
    return { AllocationId, EipAddress }
  }
  const eip = async (AllocationId: string): Promise<TestAnswer> =>
    (await vpc('DescribeEipAddresses', { AllocationId })).EipAddresses.EipAddress[0]
  const ForwardTableId: string = made.ForwardTableIds.ForwardTableId[0]
  const SnatTableId: string = made.SnatTableIds.SnatTableId[0]
  return { ...cloud, vpc, code, NatGatewayId, ForwardTableId, SnatTableId, gateway, bound, eip }
}
