import type * as Ecs from '../../../api/generated/ecs.ts'
import { demand } from '../../fault.ts'
import { demandUserData } from '../instance/login.ts'
import { newTags } from '../tags.ts'
import { demandDescription, demandName } from '../values.ts'

/** What a template says of a launch, as the call that made it did. What it names may come into being later, so nothing of it is looked up. */
export const dataFields = [
  'SystemDisk',
  'AutoReleaseTime',
  'AutoRenew',
  'AutoRenewPeriod',
  'CreditSpecification',
  'DataDisk',
  'DeletionProtection',
  'DeploymentSetId',
  'Description',
  'EnableVmOsConfig',
  'HostName',
  'HttpEndpoint',
  'HttpPutResponseHopLimit',
  'HttpTokens',
  'ImageId',
  'ImageOptions',
  'ImageOwnerAlias',
  'InstanceChargeType',
  'InstanceName',
  'InstanceType',
  'InternetChargeType',
  'InternetMaxBandwidthIn',
  'InternetMaxBandwidthOut',
  'IoOptimized',
  'Ipv6AddressCount',
  'KeyPairName',
  'NetworkInterface',
  'NetworkType',
  'PasswordInherit',
  'Period',
  'PeriodUnit',
  'PrivateIpAddress',
  'RamRoleName',
  'ResourceGroupId',
  'SecurityEnhancementStrategy',
  'SecurityGroupId',
  'SecurityGroupIds',
  'SecurityOptions',
  'SpotDuration',
  'SpotPriceLimit',
  'SpotStrategy',
  'Tag',
  'UserData',
  'VSwitchId',
  'VpcId',
  'ZoneId',
] as const

export type TemplateData = Pick<Ecs.CreateLaunchTemplateVersionInput, (typeof dataFields)[number]>

/** Of one template; a launch has no more either. */
const mostDataDisks = 16

/**
 * The data of a call that makes a version.
 * @throws Fault InvalidHostName.Malformed, InvalidDescription.Malformed, InvalidUserData.Base64FormatInvalid, InvalidUserData.SizeExceeded,
 * InvalidParameter, and what tags are refused with
 */
export function dataOf(input: TemplateData): TemplateData {
  const { HostName = '', DataDisk = [], SecurityGroupId, SecurityGroupIds = [] } = input
  demand(
    HostName === '' || (HostName.length >= 2 && HostName.length <= 64),
    'InvalidHostName.Malformed',
    'The specified HostName is not valid.',
  )
  demandName(input.InstanceName, 'InstanceName', 'InvalidParameter')
  demandDescription(input.Description, 'Description', 'InvalidDescription.Malformed')
  demandUserData(input.UserData)
  newTags(input.Tag)
  demand(DataDisk.length <= mostDataDisks, 'InvalidParameter', `At most ${mostDataDisks} DataDisk can be given.`)
  const grouped = !SecurityGroupId || SecurityGroupIds.length === 0
  demand(grouped, 'InvalidParameter', 'SecurityGroupId and SecurityGroupIds.N cannot both be specified.')
  return Object.fromEntries(dataFields.map((field) => [field, input[field]] as const).filter(([, value]) => value !== undefined))
}
