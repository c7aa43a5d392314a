import type { CloudOptions } from '../../cloud.ts'
import { cloudWithNetwork, type TestAnswer } from '../../testing.ts'

const ZoneId = 'cn-hangzhou-h'

/** For the tests of dedicated hosts: a cloud with a network, and hosts of the kind ddh.g6 in its zone that are Available. */
export async function cloudWithHosts(input: object = {}, options: CloudOptions = {}) {
  const cloud = await cloudWithNetwork(options)
  const { call, clock } = cloud
  /** Allocates and returns the ids, Available. */
  const allocate = async (more: object = {}): Promise<string[]> => {
    const { DedicatedHostIdSets } = await call('AllocateDedicatedHosts', { DedicatedHostType: 'ddh.g6', ZoneId, ...more })
    clock.advance(10_000)
    return DedicatedHostIdSets.DedicatedHostId
  }
  const hosts = async (more: object = {}): Promise<TestAnswer[]> =>
    (await call('DescribeDedicatedHosts', more)).DedicatedHosts.DedicatedHost
  const [DedicatedHostId = ''] = await allocate(input)
  const g6 = { ...cloud.basics, InstanceType: 'ecs.g6.large' }
  return { ...cloud, ZoneId, DedicatedHostId, allocate, hosts, g6 }
}
