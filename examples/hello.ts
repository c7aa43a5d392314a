/**
 * Alibaba's tutorial "弹性管理ECS实例" in TypeScript: list the regions, then the instances and disks of the current one.
 * With credentials in the environment it asks the real cloud; without, a local cloud in this process.
 * In a project of your own, import from 'tanxing' and 'tanxing/cloud'. Run it with: npx tsx examples/hello.ts
 */
import { EcsClient } from '../src/client/index.ts'
import { createCloud } from '../src/cloud/index.ts'

const regionId = process.env.ALIBABA_CLOUD_REGION_ID ?? 'cn-hangzhou'

async function connect(): Promise<EcsClient> {
  if (process.env.ALIBABA_CLOUD_ACCESS_KEY_ID) return new EcsClient({ regionId })
  console.log('no credentials in the environment: asking a local cloud')
  const cloud = await createCloud({ seed: 'demo' })
  return new EcsClient({ regionId, fetch: cloud.fetch, credentials: cloud.credentials })
}

const ecs = await connect()

const { Regions } = await ecs.describeRegions()
console.log(`regions [${Regions.Region.map((region) => region.RegionId).join(', ')}]`)

const instances: string[] = []
for await (const instance of ecs.paginate('DescribeInstances')) instances.push(instance.InstanceId)
console.log(`current region include instance [${instances.join(', ')}]`)

let gibibytes = 0
for await (const disk of ecs.paginate('DescribeDisks')) gibibytes += disk.Size
console.log(`their disks hold ${gibibytes} GiB`)
