import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { launch } from './launch.ts'

const launchParameters = [
  'ImageId',
  'InstanceType',
  'InstanceName',
  'Description',
  'HostName',
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
  'SecurityEnhancementStrategy',
  'Tag',
  'VSwitchId',
  'ZoneId',
  'SecurityGroupId',
  'PrivateIpAddress',
  'InstanceChargeType',
  'Period',
  'PeriodUnit',
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
  'DataDisk.Size',
  'DataDisk.DiskName',
  'DataDisk.Description',
  'DataDisk.PerformanceLevel',
  'DataDisk.DeleteWithInstance',
  'DataDisk.Device',
] as const

export const RunInstances = ecs(
  'RunInstances',
  [...launchParameters, 'ImageFamily', 'SecurityGroupIds', 'AutoReleaseTime', 'Amount', 'MinAmount', 'UniqueSuffix', 'HostNames'],
  (input, context) => {
    const amount = input.Amount ?? 1
    const least = input.MinAmount ?? amount
    demand(
      Number.isInteger(amount) && amount >= 1 && amount <= 100,
      'InvalidAmount.NotInRange',
      'The specified Amount must be from 1 to 100.',
      400,
    )
    demand(
      Number.isInteger(least) && least >= 1 && least <= amount,
      'InvalidParameter.MinAmount',
      'The specified MinAmount must be from 1 to Amount.',
      400,
    )
    const hostNames = input.HostNames ?? []
    demand(
      hostNames.length === 0 || (!input.HostName && hostNames.length === amount),
      'InvalidParameter.HostNames',
      'HostNames.N excludes HostName and names every instance.',
      400,
    )
    const instances = launch(input, { amount, least, uniqueSuffix: input.UniqueSuffix === true, hostNames, start: true }, context)
    const ordered = input.InstanceChargeType === 'PrePaid' ? { OrderId: String(100_000_000_000_000 + context.random.integer(2 ** 24)) } : {}
    return { InstanceIdSets: { InstanceIdSet: instances.map((instance) => instance.id) }, ...ordered }
  },
)

export const CreateInstance = ecs('CreateInstance', launchParameters, (input, context) => {
  const [instance] = launch(input, { amount: 1, least: 1, uniqueSuffix: false, hostNames: [], start: false }, context)
  const ordered = input.InstanceChargeType === 'PrePaid' ? { OrderId: String(100_000_000_000_000 + context.random.integer(2 ** 24)) } : {}
  return { InstanceId: instance?.id ?? '', ...ordered }
})
