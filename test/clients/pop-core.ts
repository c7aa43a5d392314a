import { createRequire } from 'node:module'
import type { DescribeInstancesResult, DescribeRegionsResult, RunInstancesResult } from '../../src/api/generated/ecs.ts'
import type { Credentials } from '../../src/cloud/index.ts'
import type { Estate } from './estate.ts'
import type { Adapter, Page } from './walk.ts'

const RPCClient = createRequire(import.meta.url)('@alicloud/pop-core') as typeof import('@alicloud/pop-core')

/** `@alicloud/pop-core`: parameters by their wire names, signed with HMAC-SHA1, in the query (GET) or the body (POST). */
export function popCore(estate: Estate, { accessKeyId, accessKeySecret }: Credentials, method: 'GET' | 'POST'): Adapter {
  const { regionId: RegionId, vSwitchId: VSwitchId, securityGroupId: SecurityGroupId, imageId: ImageId } = estate
  const client = new RPCClient({ endpoint: estate.url, apiVersion: '2014-05-26', accessKeyId, accessKeySecret })
  const call = <Result>(action: string, input: object) => client.request<Result>(action, input, { method })
  const page = async (input: object): Promise<Page> => {
    const { Instances, TotalCount, NextToken } = await call<DescribeInstancesResult>('DescribeInstances', { RegionId, ...input })
    return { ids: Instances.Instance.map(({ InstanceId }) => InstanceId), total: TotalCount, nextToken: NextToken ?? '' }
  }
  return {
    async regions() {
      const { Regions } = await call<DescribeRegionsResult>('DescribeRegions', {})
      return Regions.Region.map((region) => region.RegionId)
    },
    numberedPage: (PageNumber, PageSize) => page({ PageNumber, PageSize }),
    tokenPage: (NextToken, MaxResults) => page({ MaxResults, ...(NextToken !== undefined && { NextToken }) }),
    async status(instanceId) {
      const input = { RegionId, InstanceIds: JSON.stringify([instanceId]) }
      const { Instances } = await call<DescribeInstancesResult>('DescribeInstances', input)
      return Instances.Instance[0]?.Status ?? 'gone'
    },
    async run(InstanceName) {
      const { InstanceIdSets } = await call<RunInstancesResult>('RunInstances', {
        RegionId,
        VSwitchId,
        SecurityGroupId,
        ImageId,
        InstanceName,
        InstanceType: 'ecs.g6.large',
        'SystemDisk.Category': 'cloud_essd',
        'SystemDisk.Size': '40',
        Tag: [{ Key: 'app', Value: 'walk' }],
      })
      return InstanceIdSets.InstanceIdSet[0] ?? ''
    },
    stop: (InstanceId) => call('StopInstance', { InstanceId }),
    start: (InstanceId) => call('StartInstance', { InstanceId }),
    release: (InstanceId) => call('DeleteInstance', { InstanceId, Force: true }),
  }
}
