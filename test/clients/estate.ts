import { strict as assert } from 'node:assert'
import { regions } from '../../src/api/regions.ts'
import { EcsClient, RamClient, VpcClient } from '../../src/client/index.ts'
import { createCloud, type Credentials } from '../../src/cloud/index.ts'

/** What every client is judged on: where the cloud is, who calls, and what there is to see and to make an instance from. */
export interface Estate {
  readonly url: string
  /** May do everything. */
  readonly owner: Credentials
  /** A RAM user's key that may only read. */
  readonly reader: Credentials
  readonly regionId: string
  readonly vSwitchId: string
  readonly securityGroupId: string
  readonly imageId: string
  /** As the fact files list them. */
  readonly regionIds: readonly string[]
  /** The instances of the region before the client made any, sorted. */
  readonly instanceIds: readonly string[]
  close(): Promise<void>
}

const readOnly = JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: 'ecs:Describe*', Resource: '*' }] })

async function readerOf(endpoint: string, credentials: Credentials): Promise<Credentials> {
  const ram = new RamClient({ endpoint, credentials })
  await ram.createUser({ UserName: 'reader' })
  await ram.createPolicy({ PolicyName: 'look-only', PolicyDocument: readOnly })
  await ram.attachPolicyToUser({ UserName: 'reader', PolicyName: 'look-only', PolicyType: 'Custom' })
  const { AccessKey } = await ram.createAccessKey({ UserName: 'reader' })
  return { accessKeyId: AccessKey.AccessKeyId, accessKeySecret: AccessKey.AccessKeySecret }
}

/** A demo cloud on a socket of its own, 200 times as fast as the real one, with a read-only user made by API calls. */
export async function openEstate(): Promise<Estate> {
  const cloud = await createCloud({
    seed: 'demo',
    clock: { scale: 200 },
    keys: [{ accessKeyId: 'estate-owner', accessKeySecret: 'estate-owner-secret' }],
  })
  const { url } = await cloud.listen({ port: 0 })
  const regionId = 'cn-hangzhou'
  const ecs = new EcsClient({ endpoint: url, regionId, credentials: cloud.credentials })
  const { Images } = await ecs.describeImages({ RegionId: regionId, Architecture: 'x86_64' })
  const { SecurityGroups } = await ecs.describeSecurityGroups({ RegionId: regionId })
  const group = SecurityGroups.SecurityGroup[0]
  assert(group?.VpcId)
  const vpc = new VpcClient({ endpoint: url, regionId, credentials: cloud.credentials })
  const { VSwitches } = await vpc.describeVSwitches({ VpcId: group.VpcId })
  const vSwitchId = VSwitches.VSwitch[0]?.VSwitchId
  const imageId = Images.Image[0]?.ImageId
  assert(group.SecurityGroupId && vSwitchId && imageId)
  const instanceIds: string[] = []
  for await (const { InstanceId } of ecs.paginate('DescribeInstances')) instanceIds.push(InstanceId)
  return {
    url,
    owner: cloud.credentials,
    reader: await readerOf(url, cloud.credentials),
    regionId,
    vSwitchId,
    securityGroupId: group.SecurityGroupId,
    imageId,
    regionIds: [...regions().keys()],
    instanceIds: instanceIds.sort(),
    close: () => cloud.close(),
  }
}
