import { expect, test } from 'vitest'
import { cloudWithNetwork, type TestAnswer } from '../testing.ts'

const addressesOf = (instances: readonly TestAnswer[]): string[] =>
  instances.map((one) => String(one.VpcAttributes.PrivateIpAddress.IpAddress[0])).sort((a, b) => (a < b ? -1 : 1))

test('new instances get the lowest free addresses: one that was released, one that a refused launch did not take', async () => {
  const { launch, refusal, call, instances, clock, basics } = await cloudWithNetwork()
  const ids = await launch({ Amount: 5 })
  const taken = addressesOf(await instances())
  const held = (await instances()).find(({ InstanceId }: { InstanceId: string }) => InstanceId === ids[1])
  clock.advance(600_000)
  await call('DeleteInstance', { InstanceId: ids[1], Force: true })
  clock.advance(600_000)
  expect(await refusal('RunInstances', { ...basics, DryRun: true })).toMatchObject({ code: 'DryRunOperation' })
  await launch({ Amount: 1 })
  expect(addressesOf(await instances())).toEqual(taken)
  expect(held.VpcAttributes.PrivateIpAddress.IpAddress[0]).toBe(taken[1])
  await launch({ Amount: 2 })
  expect(new Set(addressesOf(await instances())).size).toBe(7)
})
