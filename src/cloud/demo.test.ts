import { expect, test } from 'vitest'
import { type TestAnswer, testCloud } from './testing.ts'

async function prePaid({ call }: Pick<Awaited<ReturnType<typeof testCloud>>, 'call'>): Promise<TestAnswer[]> {
  return (await call('DescribeInstances', { InstanceChargeType: 'PrePaid', PageSize: 100 })).Instances.Instance
}

test('the demo estate is the same every time', async () => {
  const [one, other] = [await testCloud({ seed: 'demo' }), await testCloud({ seed: 'demo' })]
  expect(one.cloud.credentials).toEqual(other.cloud.credentials)
  const list = { PageSize: 100 }
  expect((await one.call('DescribeInstances', list)).Instances).toEqual((await other.call('DescribeInstances', list)).Instances)
})

test('the subscriptions of the demo estate end, each at its time', async () => {
  const cloud = await testCloud({ seed: 'demo' })
  const before = await prePaid(cloud)
  expect(before.length).toBeGreaterThan(0)
  cloud.clock.advance(150 * 86_400_000)
  const now = new Date(cloud.clock.now()).toISOString()
  for (const { ExpiredTime, Status } of await prePaid(cloud)) expect(Status).toBe(ExpiredTime < now ? 'Stopped' : 'Running')
})

test('instances can be launched beside those of the demo estate', async () => {
  const { call } = await testCloud({ seed: 'demo' })
  const like = (await call('DescribeInstances', { PageSize: 1 })).Instances.Instance[0]
  const { InstanceIdSets } = await call('RunInstances', {
    ImageId: like.ImageId,
    InstanceType: like.InstanceType,
    VSwitchId: like.VpcAttributes.VSwitchId,
    SecurityGroupId: like.SecurityGroupIds.SecurityGroupId[0],
    Amount: 100,
  })
  expect(InstanceIdSets.InstanceIdSet).toHaveLength(100)
  const all: string[] = []
  for (const PageNumber of [1, 2, 3])
    for (const one of (await call('DescribeInstances', { PageNumber, PageSize: 100 })).Instances.Instance)
      all.push(`${one.VpcAttributes.VSwitchId} ${one.VpcAttributes.PrivateIpAddress.IpAddress[0]}`)
  expect(new Set(all).size).toBe(228)
})
