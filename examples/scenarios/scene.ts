/** What the scenarios begin with: a local cloud whose clock stands still until it is moved, a client, and what an instance is launched with. */
import { EcsClient, VpcClient } from '../../src/client/index.ts'
import { type Cloud, createCloud } from '../../src/cloud/index.ts'

export const dayMs = 86_400_000
export const regionId = 'cn-hangzhou'

export interface Scene {
  readonly cloud: Cloud
  readonly ecs: EcsClient
  readonly zoneIds: readonly string[]
  /** What RunInstances needs, in the zone with this number. */
  readonly launchIn: (zone?: number) => {
    readonly ImageId: string
    readonly InstanceType: string
    readonly SecurityGroupId: string
    readonly VSwitchId: string
  }
  /** Moves the clock until an operation that waits has what it waits for. */
  readonly sleep: (ms: number) => Promise<void>
}

/** An empty account with a VPC of a vSwitch in each of two zones. */
export async function openScene(seed: string): Promise<Scene> {
  const cloud = await createCloud({ seed, clock: 'manual' })
  const sleep = (ms: number) => Promise.resolve(cloud.clock.advance(ms))
  const options = { regionId, fetch: cloud.fetch, credentials: cloud.credentials, sleep }
  const [ecs, vpc] = [new EcsClient(options), new VpcClient(options)]
  const { Zones } = await ecs.describeZones({ RegionId: regionId })
  const zoneIds = Zones.Zone.slice(0, 2).map(({ ZoneId }) => ZoneId)
  const { VpcId } = await vpc.createVpc({ CidrBlock: '10.0.0.0/16' })
  await sleep(60_000)
  const vSwitchIds: string[] = []
  for (const [at, ZoneId] of zoneIds.entries())
    vSwitchIds.push((await vpc.createVSwitch({ VpcId, ZoneId, CidrBlock: `10.0.${at}.0/24` })).VSwitchId)
  await sleep(60_000)
  const { SecurityGroupId } = await ecs.createSecurityGroup({ VpcId, SecurityGroupName: 'web' })
  const { Images } = await ecs.describeImages({ OSType: 'linux', Architecture: 'x86_64', PageSize: 1 })
  const ImageId = Images.Image[0]?.ImageId ?? ''
  const launchIn = (zone = 0) => ({ ImageId, InstanceType: 'ecs.g7.large', SecurityGroupId, VSwitchId: vSwitchIds[zone] ?? '' })
  return { cloud, ecs, zoneIds, launchIn, sleep }
}
