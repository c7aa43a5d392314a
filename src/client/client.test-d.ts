/** Checked by the compiler alone: what may be written and what may not. */
import { EcsClient, RamClient } from './index.ts'

export async function typed(ecs: EcsClient, ram: RamClient): Promise<void> {
  await ecs.describeRegions()
  await ecs.describeInstances({ Status: 'Running', InstanceIds: ['i-1'] })
  await ecs.stopInstance({ InstanceId: 'i-1' })
  // @ts-expect-error a required parameter is required
  await ecs.stopInstance({})
  // @ts-expect-error an unknown parameter does not compile
  await ecs.stopInstance({ InstanceId: 'i-1', InstanceID: 'i-2' })
  // @ts-expect-error an enumeration is a union of its values
  await ecs.describeInstances({ Status: 'Sleeping' })
  // @ts-expect-error a list is a list
  await ecs.describeInstances({ InstanceIds: 'i-1' })
  // @ts-expect-error an operation that does not exist
  await ecs.describeNothing()
  const ids: string[] = (await ecs.describeInstances()).Instances.Instance.map((instance) => instance.InstanceId)
  for await (const disk of ecs.paginate('DescribeDisks', { DiskType: 'data' })) ids.push(disk.DiskId.toUpperCase())
  // @ts-expect-error not a listing
  for await (const nothing of ecs.paginate('StartInstance')) ids.push(String(nothing))
  // @ts-expect-error a listing's required parameter is required too
  ecs.paginate('DescribeSecurityGroupAttribute')
  for await (const user of ram.paginate('ListUsers')) ids.push(user.UserName)
}
