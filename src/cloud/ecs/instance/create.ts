import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { withTemplate } from '../launch-template/launch.ts'
import { orderPrice } from '../market/renewal-price.ts'
import type { Instance } from '../records.ts'
import { type ChargeInput, orderId } from './charge.ts'
import { launch } from './launch.ts'

/** What both honour. */
const launchParameters = [
  'ImageId',
  'ImageFamily',
  'InstanceType',
  'InstanceName',
  'Description',
  'HostName',
  'KeyPairName',
  'Password',
  'PasswordInherit',
  'UserData',
  'RamRoleName',
  'ResourceGroupId',
  'InternetChargeType',
  'InternetMaxBandwidthIn',
  'InternetMaxBandwidthOut',
  'IoOptimized',
  'CreditSpecification',
  'HttpEndpoint',
  'HttpTokens',
  'HttpPutResponseHopLimit',
  'HibernationOptions.Configured',
  'PrivatePoolOptions.MatchCriteria',
  'PrivatePoolOptions.Id',
  'Tenancy',
  'Affinity',
  'DedicatedHostId',
  'DeploymentSetId',
  'DeploymentSetGroupNo',
  'HpcClusterId',
  'StorageSetId',
  'StorageSetPartitionNumber',
  'SecurityEnhancementStrategy',
  'Tag',
  'VSwitchId',
  'ZoneId',
  'SecurityGroupId',
  'PrivateIpAddress',
  'InstanceChargeType',
  'Period',
  'PeriodUnit',
  'AutoRenew',
  'AutoRenewPeriod',
  'DeletionProtection',
  'SpotStrategy',
  'SpotPriceLimit',
  'SpotDuration',
  'SpotInterruptionBehavior',
  'SystemDisk.Category',
  'SystemDisk.Size',
  'SystemDisk.DiskName',
  'SystemDisk.Description',
  'SystemDisk.PerformanceLevel',
  'DataDisk.Category',
  'DataDisk.SnapshotId',
  'DataDisk.Size',
  'DataDisk.DiskName',
  'DataDisk.Description',
  'DataDisk.PerformanceLevel',
  'DataDisk.DeleteWithInstance',
  'DataDisk.Device',
  'DataDisk.Encrypted',
  'DataDisk.KMSKeyId',
  'DataDisk.EncryptAlgorithm',
] as const

const interfaces = [
  'NetworkInterface.InstanceType',
  'NetworkInterface.VSwitchId',
  'NetworkInterface.SecurityGroupId',
  'NetworkInterface.SecurityGroupIds',
  'NetworkInterface.PrimaryIpAddress',
  'NetworkInterface.SecondaryPrivateIpAddressCount',
  'NetworkInterface.NetworkInterfaceId',
  'NetworkInterface.NetworkInterfaceName',
  'NetworkInterface.Description',
  'NetworkInterface.DeleteOnRelease',
  'NetworkInterface.SourceDestCheck',
  'NetworkInterface.QueueNumber',
  'NetworkInterface.QueuePairNumber',
  'NetworkInterface.RxQueueSize',
  'NetworkInterface.TxQueueSize',
  'NetworkInterface.NetworkCardIndex',
  'NetworkInterface.NetworkInterfaceTrafficMode',
  'NetworkInterface.Ipv6Address',
  'NetworkInterface.Ipv6AddressCount',
] as const

const mostAtOnce = 100

/** A subscription is an order with a price. */
const order = (input: ChargeInput, instances: readonly Instance[], context: Context) =>
  input.InstanceChargeType === 'PrePaid' ? { OrderId: orderId(context), TradePrice: orderPrice(instances, input, context) } : {}

function amounts({ Amount = 1, MinAmount = Amount }: { readonly Amount?: number | undefined; readonly MinAmount?: number | undefined }) {
  const inRange = (value: number, most: number) => Number.isInteger(value) && value >= 1 && value <= most
  demand(inRange(Amount, mostAtOnce), 'InvalidParam.Amount', 'The specified Amount is not from 1 to 100.', 403)
  demand(inRange(MinAmount, Amount), 'InvalidMinAmount.Malformed', 'The specified MinAmount is not from 1 to Amount.', 400)
  return { amount: Amount, least: MinAmount }
}

/** What RunInstances honours, also of a launch template. */
export const runParameters = [
  ...launchParameters,
  ...interfaces,
  'SchedulerOptions.DedicatedHostClusterId',
  'SecurityGroupIds',
  'Ipv6Address',
  'Ipv6AddressCount',
  'NetworkInterfaceQueueNumber',
  'NetworkOptions',
  'ClockOptions',
  'SecurityOptions',
  'ImageOptions',
  'PrivateDnsNameOptions',
  'CpuOptions.Core',
  'CpuOptions.ThreadsPerCore',
  'CpuOptions.TopologyType',
  'CpuOptions.NestedVirtualization',
  'AutoPay',
  'SystemDisk.Encrypted',
  'SystemDisk.KMSKeyId',
  'SystemDisk.BurstingEnabled',
  'SystemDisk.ProvisionedIops',
  'SystemDisk.AutoSnapshotPolicyId',
  'SystemDisk.EncryptAlgorithm',
  'DataDisk.BurstingEnabled',
  'DataDisk.ProvisionedIops',
  'DataDisk.AutoSnapshotPolicyId',
  'AutoReleaseTime',
  'Amount',
  'MinAmount',
  'UniqueSuffix',
  'HostNames',
  'LaunchTemplateId',
  'LaunchTemplateName',
  'LaunchTemplateVersion',
] as const

export const RunInstances = ecs('RunInstances', runParameters, (input, context) => {
  const { amount, least } = amounts(input)
  const { HostName, HostNames = [] } = input
  demand(!HostName || HostNames.length === 0, 'UnsupportedParameter', 'HostName and HostNames.N cannot both be specified.')
  demand(HostNames.length <= amount, 'InvalidParams.HostnameExceed', 'More HostNames.N are specified than instances.', 403)
  const asked = withTemplate(input, runParameters, context)
  const subscribed = asked.InstanceChargeType === 'PrePaid'
  demand(input.AutoPay !== false || subscribed, 'InvalidParameter', 'AutoPay can be false for PrePaid instances only.')
  const mark = context.state.journal.mark()
  const instances = launch(asked, { amount, least, uniqueSuffix: input.UniqueSuffix === true, start: true }, context)
  const ordered = order(asked, instances, context)
  // An order that is not paid makes nothing yet, and there is no console here to pay it in.
  if (input.AutoPay === false) context.state.journal.rollback(mark)
  const made = input.AutoPay === false ? [] : instances
  return { InstanceIdSets: { InstanceIdSet: made.map((instance) => instance.id) }, ...ordered }
})

export const CreateInstance = ecs('CreateInstance', launchParameters, (input, context) => {
  const instances = launch(input, { amount: 1, least: 1, uniqueSuffix: false, start: false }, context)
  return { InstanceId: instances[0]?.id ?? '', ...order(input, instances, context) }
})
