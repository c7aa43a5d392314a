import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../api/catalogue.ts'
import type { Product } from '../../../api/products.ts'
import { strays } from '../../strays.ts'
import { cloudWithNetwork } from '../../testing.ts'

describe('an answer about networks and keys', () => {
  it('has the fields and types of its catalogue and no others', async () => {
    const { call, running, clock, VSwitchId, SecurityGroupId, VpcId } = await cloudWithNetwork()
    const found: string[] = []
    const held = async (product: Product, action: string, input: object = {}) => {
      const answer = await call(action, input, { product })
      found.push(...strays(answer, catalogue(product).get(action)?.output, action))
      return answer
    }
    await held('ecs', 'CreateKeyPair', { KeyPairName: 'mine', Tag: [{ Key: 'a', Value: 'b' }] })
    await held('ecs', 'DescribeKeyPairs', { IncludePublicKey: true })
    const InstanceId = await running({ KeyPairName: 'mine', NetworkInterface: [{ QueueNumber: 2 }] })
    await held('ecs', 'DetachKeyPair', { KeyPairName: 'mine', InstanceIds: [InstanceId] })
    const { NetworkInterfaceId } = await held('ecs', 'CreateNetworkInterface', {
      VSwitchId,
      SecurityGroupId,
      Tag: [{ Key: 'a', Value: 'b' }],
    })
    await held('ecs', 'AssignPrivateIpAddresses', { NetworkInterfaceId, SecondaryPrivateIpAddressCount: 2 })
    const { AllocationId } = await held('vpc', 'AllocateEipAddress', { InstanceChargeType: 'PrePaid', Period: 1 })
    await held('vpc', 'AssociateEipAddress', { AllocationId, InstanceId: NetworkInterfaceId, InstanceType: 'NetworkInterface' })
    const { AllocationId: other } = await held('vpc', 'AllocateEipAddress')
    await held('vpc', 'AssociateEipAddress', { AllocationId: other, InstanceId })
    clock.advance(10_000)
    await held('ecs', 'DescribeNetworkInterfaces')
    await held('ecs', 'DescribeNetworkInterfaceAttribute', { NetworkInterfaceId })
    await held('ecs', 'DescribeInstances')
    await held('ecs', 'DescribeInstanceAttribute', { InstanceId })
    await held('vpc', 'DescribeEipAddresses')
    await held('vpc', 'DescribeHighDefinitionMonitorLogAttribute', { InstanceId: AllocationId })
    const { RouterTableList } = await held('vpc', 'DescribeRouteTableList', { VpcId })
    await held('vpc', 'DescribeRouteTables')
    await held('vpc', 'DescribeVRouters')
    await held('vpc', 'DescribeRouteEntryList', { RouteTableId: RouterTableList.RouterTableListType[0].RouteTableId })
    // The real answer has the misspelt field and the regions, which the catalogue leaves out.
    const known = ['Descritpion', 'AvailableRegions'].map((field) => `DescribeEipAddresses.EipAddresses.EipAddress.${field} is unknown`)
    expect([...new Set(found)].filter((stray) => !known.includes(stray))).toEqual([])
  })
})
