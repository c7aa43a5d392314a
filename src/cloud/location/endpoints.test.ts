import { expect, test } from 'vitest'
import { testCloud } from '../testing.ts'

const product = 'location'

test.each([
  ['ecs', 'cn-hangzhou', 'ecs-cn-hangzhou.aliyuncs.com'],
  ['ecs', 'cn-beijing', 'ecs.cn-beijing.aliyuncs.com'],
  ['ram', 'cn-beijing', 'ram.aliyuncs.com'],
  ['sts', 'cn-beijing', 'sts.cn-beijing.aliyuncs.com'],
])('DescribeEndpoints of %s in %s answers its real host, spelled as the real service spells', async (ServiceCode, Id, host) => {
  const { call } = await testCloud()
  expect(await call('DescribeEndpoints', { Id, ServiceCode, Type: 'openAPI' }, { product })).toMatchObject({
    Success: true,
    Endpoints: {
      Endpoint: [{ Id, SerivceCode: ServiceCode, Type: 'openAPI', Endpoint: host, Protocols: { Protocols: ['HTTP', 'HTTPS'] } }],
    },
  })
})

test('DescribeEndpoints of a service it does not know answers none', async () => {
  const { call } = await testCloud()
  const answer = await call('DescribeEndpoints', { Id: 'cn-beijing', ServiceCode: 'oss' }, { product })
  expect(answer).toMatchObject({ Success: true, Endpoints: { Endpoint: [] } })
})

test('DescribeEndpoints of an unknown region is refused', async () => {
  const { refusal } = await testCloud()
  expect(await refusal('DescribeEndpoints', { Id: 'mars', ServiceCode: 'ecs' }, { product })).toMatchObject({
    code: 'InvalidRegionId',
    message: 'The specified region does not exist.',
  })
})
