/**
 * The ECS tutorial: list the regions, then the instances and the disks of one region, each to its last page.
 * Run it with `npx tsx examples/hello.ts`. Without credentials it plays against a local cloud in this process.
 * Copied into a project of your own, it imports from 'tanxing' and 'tanxing/cloud'.
 */
import { type ClientOptions, EcsClient, UsageError } from '../src/client/index.ts'
import { createCloud } from '../src/cloud/index.ts'

async function hello(options: ClientOptions): Promise<void> {
  const ecs = new EcsClient(options)

  const { Regions } = await ecs.describeRegions()
  console.log(`region ids [${Regions.Region.map((region) => region.RegionId).join(', ')}]`)

  const instances: string[] = []
  for await (const instance of ecs.paginate('DescribeInstances')) instances.push(instance.InstanceId)
  console.log(`current region include instance [${instances.join(', ')}]`)

  const disks: string[] = []
  for await (const disk of ecs.paginate('DescribeDisks')) disks.push(disk.DiskId)
  console.log(`current region include disk [${disks.join(', ')}]`)
}

const regionId = process.env.ALIBABA_CLOUD_REGION_ID ?? 'cn-hangzhou'
try {
  await hello({ regionId })
} catch (error) {
  if (!(error instanceof UsageError && error.code === 'NoCredentials')) throw error
  console.log('no credentials: this is a local cloud')
  const cloud = await createCloud({ seed: 'demo' })
  await hello({ regionId, fetch: cloud.fetch, credentials: cloud.credentials })
}
