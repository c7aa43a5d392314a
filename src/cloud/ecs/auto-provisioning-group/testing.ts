/** For the tests beside: a cloud with vSwitches in two zones, a launch template, and calls about auto provisioning groups. */
import { cloudWithNetwork, type TestAnswer } from '../../testing.ts'

export const near = 'cn-hangzhou-h'
export const far = 'cn-hangzhou-i'
export const small = 'ecs.g7.large'
export const large = 'ecs.g7.xlarge'

export async function cloudWithTemplate() {
  const cloud = await cloudWithNetwork()
  const { call, clock, basics, VpcId, VSwitchId, SecurityGroupId } = cloud
  const other = await call('CreateVSwitch', { VpcId, ZoneId: far, CidrBlock: '10.0.1.0/24' }, { product: 'vpc' })
  clock.advance(60_000)
  const FarVSwitchId: string = other.VSwitchId
  const { LaunchTemplateId } = await call('CreateLaunchTemplate', {
    LaunchTemplateName: 'web',
    ImageId: basics.ImageId,
    InstanceType: small,
    SecurityGroupId,
    InstanceName: 'web',
    Tag: [{ Key: 'app', Value: 'web' }],
  })
  const common = { LaunchTemplateId, LaunchTemplateConfig: [{ InstanceType: small, VSwitchId }], TotalTargetCapacity: '2' }
  const paid = { ...common, DefaultTargetCapacityType: 'PayAsYouGo' }
  const create = async (input: object = {}): Promise<string> =>
    (await call('CreateAutoProvisioningGroup', { ...common, ...input })).AutoProvisioningGroupId
  /** Creates a group that launches within the call. */
  const instant = (input: object = {}): Promise<TestAnswer> =>
    call('CreateAutoProvisioningGroup', { ...paid, AutoProvisioningGroupType: 'instant', ...input })
  const group = async (id: string, input: object = {}): Promise<TestAnswer> =>
    (await call('DescribeAutoProvisioningGroups', { AutoProvisioningGroupId: [id], ...input })).AutoProvisioningGroups
      .AutoProvisioningGroup[0]
  const members = async (AutoProvisioningGroupId: string): Promise<TestAnswer[]> =>
    (await call('DescribeAutoProvisioningGroupInstances', { AutoProvisioningGroupId, PageSize: 100 })).Instances.Instance
  const history = async (AutoProvisioningGroupId: string): Promise<TestAnswer[]> =>
    (await call('DescribeAutoProvisioningGroupHistory', { AutoProvisioningGroupId })).AutoProvisioningGroupHistories
      .AutoProvisioningGroupHistory
  return { ...cloud, FarVSwitchId, LaunchTemplateId, common, paid, create, instant, group, members, history }
}

/** How many there are of each. */
export const countBy = (rows: readonly TestAnswer[], field: string): Record<string, number> =>
  Object.fromEntries(
    [...new Set(rows.map((row) => String(row[field])))].map((key) => [key, rows.filter((row) => String(row[field]) === key).length]),
  )
