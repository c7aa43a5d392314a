import { createRequire } from 'node:module'
import type { Credentials } from '../../src/cloud/index.ts'
import type { Estate } from './estate.ts'
import type { Adapter, Page } from './walk.ts'

const require = createRequire(import.meta.url)
const sdk = require('@alicloud/ecs20140526') as typeof import('@alicloud/ecs20140526')
const { $OpenApiUtil } = require('@alicloud/openapi-core') as typeof import('@alicloud/openapi-core')

/** `@alicloud/ecs20140526`, signing with ACS3-HMAC-SHA256, or with HMAC-SHA1 when told `v2`. */
export function ecs20140526(estate: Estate, { accessKeyId, accessKeySecret }: Credentials, signatureAlgorithm?: 'v2'): Adapter {
  const { regionId, vSwitchId, securityGroupId, imageId } = estate
  const { host: endpoint } = new URL(estate.url)
  const client = new sdk.default(
    new $OpenApiUtil.Config({ accessKeyId, accessKeySecret, regionId, endpoint, protocol: 'HTTP', signatureAlgorithm }),
  )
  const page = async (input: { pageNumber?: number; pageSize?: number; nextToken?: string; maxResults?: number }): Promise<Page> => {
    const { body } = await client.describeInstances(new sdk.DescribeInstancesRequest({ regionId, ...input }))
    const ids = (body?.instances?.instance ?? []).map(({ instanceId }) => instanceId ?? '')
    return { ids, total: body?.totalCount ?? -1, nextToken: body?.nextToken ?? '' }
  }
  return {
    async regions() {
      const { body } = await client.describeRegions(new sdk.DescribeRegionsRequest({}))
      return (body?.regions?.region ?? []).map((region) => region.regionId ?? '')
    },
    numberedPage: (pageNumber, pageSize) => page({ pageNumber, pageSize }),
    tokenPage: (nextToken, maxResults) => page({ maxResults, ...(nextToken !== undefined && { nextToken }) }),
    async status(instanceId) {
      const input = new sdk.DescribeInstancesRequest({ regionId, instanceIds: JSON.stringify([instanceId]) })
      const { body } = await client.describeInstances(input)
      return body?.instances?.instance?.[0]?.status ?? 'gone'
    },
    async run(instanceName) {
      const { body } = await client.runInstances(
        new sdk.RunInstancesRequest({
          regionId,
          vSwitchId,
          securityGroupId,
          imageId,
          instanceType: 'ecs.g6.large',
          instanceName,
          systemDisk: new sdk.RunInstancesRequestSystemDisk({ category: 'cloud_essd', size: '40' }),
          tag: [new sdk.RunInstancesRequestTag({ key: 'app', value: 'walk' })],
        }),
      )
      return body?.instanceIdSets?.instanceIdSet?.[0] ?? ''
    },
    stop: (instanceId) => client.stopInstance(new sdk.StopInstanceRequest({ instanceId })),
    start: (instanceId) => client.startInstance(new sdk.StartInstanceRequest({ instanceId })),
    release: (instanceId) => client.deleteInstance(new sdk.DeleteInstanceRequest({ instanceId, force: true })),
  }
}
