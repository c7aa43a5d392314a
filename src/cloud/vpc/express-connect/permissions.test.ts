import { describe, expect, it } from 'vitest'
import type { Product } from '../../../api/products.ts'
import { resourcesOf } from '../../ram/resources.ts'
import { accounts } from './testing.ts'

const [{ id: accountId }] = accounts
const asked = (action: string, input: object, product: Product = 'vpc') =>
  resourcesOf(product, action, { ...input }, { accountId, regionId: 'cn-hangzhou' })
const arn = (resource: string) => `acs:vpc:cn-hangzhou:${accountId}:${resource}`

describe('RAM is asked', () => {
  it.each([
    ['CancelPhysicalConnection', { PhysicalConnectionId: 'pc-1' }, ['physicalconnection/pc-1']],
    ['CreatePhysicalConnection', { AccessPointId: 'ap-1' }, ['physicalconnection/*']],
    ['DescribePhysicalConnections', {}, ['physicalconnection/*']],
    ['TerminateVirtualBorderRouter', { VbrId: 'vbr-1' }, ['virtualborderrouter/vbr-1']],
    ['ConnectRouterInterface', { RouterInterfaceId: 'ri-1' }, ['routerinterface/ri-1']],
    ['CreateRouterInterface', { RouterType: 'VBR', RouterId: 'vbr-1' }, ['routerinterface/*', 'virtualborderrouter/vbr-1']],
    ['CreateRouterInterface', { RouterType: 'VRouter', RouterId: 'vrt-1' }, ['routerinterface/*']],
    ['TagResourcesForExpressConnect', { ResourceType: 'ROUTERINTERFACE', ResourceId: ['ri-1'] }, ['routerinterface/ri-1']],
  ])('for %s with %j', (action, input, resources) => {
    expect(asked(action, input)).toEqual(resources.map(arn))
  })

  it('for the same resources through ECS', () => {
    expect(asked('DeleteRouterInterface', { RouterInterfaceId: 'ri-1' }, 'ecs')).toEqual([arn('routerinterface/ri-1')])
  })
})
