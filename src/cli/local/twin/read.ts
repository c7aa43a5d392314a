import type { EcsClient } from '../../../client/ecs.ts'
import type { VpcClient } from '../../../client/vpc.ts'
import type { GroupView, ImageView, InstanceView, RegionView, RuleView } from '../../../cloud/twin/views.ts'

/** Every operation that is called of a real account, by product. All of them only read. */
export const twinCalls = {
  ecs: [
    'DescribeInstances',
    'DescribeDisks',
    'DescribeNetworkInterfaces',
    'DescribeSecurityGroups',
    'DescribeSecurityGroupAttribute',
    'DescribeKeyPairs',
    'DescribeImages',
  ],
  vpc: ['DescribeVpcs', 'DescribeVSwitches', 'DescribeEipAddresses'],
} as const

/** The clients of one region. */
export interface RegionClients {
  readonly ecs: EcsClient
  readonly vpc: VpcClient
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = []
  for await (const item of items) found.push(item)
  return found
}

const mostPerPage = 1000

/** A group's rules, to the end. */
async function groupView(group: GroupView['group'], { ecs }: RegionClients): Promise<GroupView> {
  const SecurityGroupId = group.SecurityGroupId ?? ''
  const rules: RuleView[] = []
  let innerAccessPolicy = ''
  let NextToken: string | undefined
  do {
    const answer = await ecs.describeSecurityGroupAttribute({
      SecurityGroupId,
      Direction: 'all',
      MaxResults: mostPerPage,
      ...(NextToken && { NextToken }),
    })
    innerAccessPolicy = answer.InnerAccessPolicy
    rules.push(...answer.Permissions.Permission)
    NextToken = answer.NextToken
  } while (NextToken)
  return { group, innerAccessPolicy, rules }
}

/** The account's own images, and of those that are shared with it the ones that its instances are of. */
async function imagesOf(instances: readonly InstanceView[], { ecs }: RegionClients): Promise<ImageView[]> {
  const used = new Set(instances.map(({ ImageId }) => ImageId))
  const [own, shared] = [
    await all(ecs.paginate('DescribeImages', { ImageOwnerAlias: 'self' })),
    await all(ecs.paginate('DescribeImages', { ImageOwnerAlias: 'others' })),
  ]
  return [...own, ...shared.filter(({ ImageId }) => used.has(ImageId))]
}

/** Reads the shape of one region, whole. @throws what the client throws; lists that are cut are refused */
export async function readRegion(regionId: string, clients: RegionClients): Promise<RegionView> {
  const { ecs, vpc } = clients
  const securityGroups: GroupView[] = []
  for (const group of await all(ecs.paginate('DescribeSecurityGroups'))) securityGroups.push(await groupView(group, clients))
  const instances = await all(ecs.paginate('DescribeInstances', { AdditionalAttributes: ['META_OPTIONS'] }))
  return {
    regionId,
    vpcs: await all(vpc.paginate('DescribeVpcs')),
    vSwitches: await all(vpc.paginate('DescribeVSwitches')),
    eips: await all(vpc.paginate('DescribeEipAddresses')),
    securityGroups,
    keyPairs: await all(ecs.paginate('DescribeKeyPairs')),
    images: await imagesOf(instances, clients),
    instances,
    disks: await all(ecs.paginate('DescribeDisks')),
    networkInterfaces: await all(ecs.paginate('DescribeNetworkInterfaces')),
  }
}
