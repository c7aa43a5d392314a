import type * as Ecs from '../../../api/generated/ecs.ts'
import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { usableImage, usableOfFamily } from '../image/find.ts'
import type { LaunchInput } from '../instance/launch-input.ts'
import { demandEcsRole, demandPassword } from '../instance/login.ts'
import { templateOf, versionOf } from '../launch-template/find.ts'
import { demandOneOf, numberOf } from '../values.ts'
import { describesTypes } from './candidates.ts'
import { usualInput } from './launches.ts'
import type { GroupType, LaunchConfig, LaunchSettings } from './records.ts'

type Input = Ecs.CreateAutoProvisioningGroupInput
type Configuration = NonNullable<Input['LaunchConfiguration']>

/** What a launch configuration honours: what a launch does. */
export const configurationParameters = [
  'LaunchConfiguration.AutoReleaseTime',
  'LaunchConfiguration.AutoRenew',
  'LaunchConfiguration.AutoRenewPeriod',
  'LaunchConfiguration.CpuOptions.Core',
  'LaunchConfiguration.CpuOptions.ThreadsPerCore',
  'LaunchConfiguration.CreditSpecification',
  'LaunchConfiguration.DataDisk.Category',
  'LaunchConfiguration.DataDisk.DeleteWithInstance',
  'LaunchConfiguration.DataDisk.Description',
  'LaunchConfiguration.DataDisk.Device',
  'LaunchConfiguration.DataDisk.DiskName',
  'LaunchConfiguration.DataDisk.Encrypted',
  'LaunchConfiguration.DataDisk.KmsKeyId',
  'LaunchConfiguration.DataDisk.PerformanceLevel',
  'LaunchConfiguration.DataDisk.Size',
  'LaunchConfiguration.DataDisk.SnapshotId',
  'LaunchConfiguration.DataDisk.BurstingEnabled',
  'LaunchConfiguration.DataDisk.ProvisionedIops',
  'LaunchConfiguration.DataDisk.AutoSnapshotPolicyId',
  'LaunchConfiguration.DataDisk.EncryptAlgorithm',
  'LaunchConfiguration.DeploymentSetId',
  'LaunchConfiguration.HostName',
  'LaunchConfiguration.HostNames',
  'LaunchConfiguration.ImageFamily',
  'LaunchConfiguration.ImageId',
  'LaunchConfiguration.ImageOptions',
  'LaunchConfiguration.InstanceDescription',
  'LaunchConfiguration.InstanceName',
  'LaunchConfiguration.InternetChargeType',
  'LaunchConfiguration.InternetMaxBandwidthIn',
  'LaunchConfiguration.InternetMaxBandwidthOut',
  'LaunchConfiguration.IoOptimized',
  'LaunchConfiguration.KeyPairName',
  'LaunchConfiguration.Password',
  'LaunchConfiguration.PasswordInherit',
  'LaunchConfiguration.Period',
  'LaunchConfiguration.PeriodUnit',
  'LaunchConfiguration.RamRoleName',
  'LaunchConfiguration.ResourceGroupId',
  'LaunchConfiguration.SchedulerOptions',
  'LaunchConfiguration.SecurityEnhancementStrategy',
  'LaunchConfiguration.SecurityGroupId',
  'LaunchConfiguration.SecurityGroupIds',
  'LaunchConfiguration.SecurityOptions',
  'LaunchConfiguration.SpotDuration',
  'LaunchConfiguration.SpotInterruptionBehavior',
  'LaunchConfiguration.SystemDisk.Encrypted',
  'LaunchConfiguration.SystemDisk.KMSKeyId',
  'LaunchConfiguration.SystemDisk.BurstingEnabled',
  'LaunchConfiguration.SystemDisk.ProvisionedIops',
  'LaunchConfiguration.SystemDisk.AutoSnapshotPolicyId',
  'LaunchConfiguration.SystemDisk.EncryptAlgorithm',
  'LaunchConfiguration.SystemDiskCategory',
  'LaunchConfiguration.SystemDiskDescription',
  'LaunchConfiguration.SystemDiskName',
  'LaunchConfiguration.SystemDiskPerformanceLevel',
  'LaunchConfiguration.SystemDiskSize',
  'LaunchConfiguration.Tag',
  'LaunchConfiguration.UserData',
] as const

const mostHostNames = 1000

/** A launch configuration as a launch takes it. A password is checked and not kept: no answer shows it. */
function launchOf(given: Configuration, context: Context): LaunchInput {
  const { ImageId, ImageFamily, Password, HostName, HostNames = [] } = given
  demand(!ImageId || !ImageFamily, 'InvalidImageFamily.Confict', 'ImageId and ImageFamily cannot both be specified.')
  demand(ImageId || ImageFamily, 'MissingParameter', 'LaunchConfiguration.ImageId or ImageFamily must be specified.', 400)
  demand(!HostName || HostNames.length === 0, 'InvalidParameter', 'HostName and HostNames.N cannot both be specified.')
  demand(HostNames.length <= mostHostNames, 'InvalidParameter', `At most ${mostHostNames} HostNames can be given.`)
  const image = ImageId ? usableImage(ImageId, context) : usableOfFamily(ImageFamily ?? '', context)
  demandPassword(Password, image.OSType)
  return {
    ImageId,
    ImageFamily,
    AutoReleaseTime: given.AutoReleaseTime,
    CpuOptions: given.CpuOptions,
    DeploymentSetId: given.DeploymentSetId,
    ImageOptions: given.ImageOptions,
    SecurityOptions: given.SecurityOptions,
    SchedulerOptions: given.SchedulerOptions && { DedicatedHostClusterId: given.SchedulerOptions.DedicatedHostClusterId },
    DedicatedHostId: given.SchedulerOptions?.DedicatedHostId,
    ...(given.SchedulerOptions?.DedicatedHostClusterId && { Tenancy: 'host' }),
    CreditSpecification: given.CreditSpecification,
    HostName,
    HostNames,
    Description: given.InstanceDescription,
    InstanceName: given.InstanceName,
    InternetChargeType: given.InternetChargeType,
    InternetMaxBandwidthIn: given.InternetMaxBandwidthIn,
    InternetMaxBandwidthOut: given.InternetMaxBandwidthOut,
    IoOptimized: given.IoOptimized,
    KeyPairName: given.KeyPairName,
    PasswordInherit: given.PasswordInherit,
    RamRoleName: given.RamRoleName,
    ResourceGroupId: given.ResourceGroupId,
    SecurityEnhancementStrategy: given.SecurityEnhancementStrategy,
    SecurityGroupId: given.SecurityGroupId,
    SecurityGroupIds: given.SecurityGroupIds,
    Tag: given.Tag,
    UserData: given.UserData,
    DataDisk: given.DataDisk?.map(({ KmsKeyId, ...disk }) => ({ ...disk, KMSKeyId: KmsKeyId })),
    SystemDisk: {
      ...given.SystemDisk,
      Category: given.SystemDiskCategory,
      Description: given.SystemDiskDescription,
      DiskName: given.SystemDiskName,
      PerformanceLevel: given.SystemDiskPerformanceLevel,
      Size: given.SystemDiskSize,
    },
  }
}

/** The template's id and version; the default version where none is named. */
function templateSettings({ LaunchTemplateId = '', LaunchTemplateVersion }: Input, context: Context) {
  if (LaunchTemplateId === '') return { templateId: '', templateVersion: 0 }
  const message = 'The specified LaunchTemplateVersion is not valid.'
  const number = numberOf(LaunchTemplateVersion)
  demand(number === undefined || Number.isInteger(number), 'InvalidLaunchTemplateVersion.ValueNotSupported', message)
  const template = templateOf({ LaunchTemplateId }, context, 400)
  return { templateId: template.id, templateVersion: versionOf(template, number ?? template.defaultVersion, context, 400).number }
}

const diskCategories = ['cloud_efficiency', 'cloud_ssd', 'cloud_essd', 'cloud', 'cloud_auto', 'cloud_essd_entry']

/** @throws Fault Duplicate.DiskCategory, InvalidParameter */
function categoriesOf(given: readonly { readonly DiskCategory?: string | undefined }[] | undefined): readonly string[] {
  const names = (given ?? []).map(({ DiskCategory = '' }) => DiskCategory)
  for (const name of names) demandOneOf(name || 'none', diskCategories, 'DiskCategory', 'InvalidParameter')
  demand(new Set(names).size === names.length, 'Duplicate.DiskCategory', 'A DiskCategory is specified more than once.')
  return names
}

const poolStrategies = ['PublicPoolOnly', 'PrivatePoolFirst', 'PrivatePoolOnly']
const mostPools = 20

function poolSettings({ ResourcePoolOptions = {} }: Input, configs: readonly LaunchConfig[], context: Context) {
  const { Strategy, PrivatePoolIds: ids = [] } = ResourcePoolOptions
  demandOneOf(Strategy, poolStrategies, 'ResourcePoolOptions.Strategy', 'Invalid.ResourcePoolOptions.Strategy')
  const named = ids.length > 0 || Strategy !== 'PrivatePoolOnly'
  demand(named, 'MissingParameter.ResourcePoolOptions.PrivatePoolIds', 'PrivatePoolIds must be specified with PrivatePoolOnly.')
  demand(
    ids.length <= mostPools,
    'Invalid.ResourcePoolOptionsPrivatePoolIds.SizeExceed',
    `At most ${mostPools} PrivatePoolIds can be given.`,
  )
  const zones = new Set(configs.map(({ vSwitchId }) => context.state.vSwitches.get(vSwitchId)?.zoneId))
  for (const id of ids) {
    const pool = owned(context.state.privatePools.get(id), context)
    demand(pool, 'InvalidResourcePoolOptionsPrivatePoolIds.NotFound', 'A specified private pool does not exist.')
    const ofTypes = configs.some((config) => config.instanceType === '' || config.instanceType === pool.instanceType)
    const message = 'The zone or type of a private pool is not among the LaunchTemplateConfig.'
    demand(ofTypes && zones.has(pool.zoneId), 'Invalid.ResourcePoolOptions.PrivatePoolIds', message)
  }
  return { poolStrategy: Strategy || 'PublicPoolOnly', poolIds: ids }
}

/** When a spot instance is taken back: the group's own word, or what an instant group says in its configuration. */
function interruptionOf({ SpotInstanceInterruptionBehavior: behavior, LaunchConfiguration = {} }: Input, type: GroupType) {
  const code = 'InvalidSpotInstanceInterruptionBehavior.ValueNotSupported'
  demandOneOf(behavior, ['stop', 'terminate'], 'SpotInstanceInterruptionBehavior', code)
  const { SpotInterruptionBehavior: ofLaunch, SpotDuration: duration } = LaunchConfiguration
  demandOneOf(ofLaunch, ['Terminate', 'Stop'], 'SpotInterruptionBehavior', 'InvalidSpotInterruptionBehavior')
  const hours = duration === undefined || duration === 0 || duration === 1
  demand(hours, 'InvalidSpotDuration', 'The specified SpotDuration is not valid.', 400)
  const stops = (type === 'instant' && ofLaunch ? ofLaunch : behavior)?.toLowerCase() === 'stop'
  return { spotInterruptionBehavior: stops ? 'Stop' : 'Terminate', ...(type === 'instant' && { spotDuration: duration }) } as const
}

/**
 * What the launches of a new group have in common.
 * @throws Fault for a template or configuration that nothing can be launched from
 */
export function settingsOf(input: Input, type: GroupType, configs: readonly LaunchConfig[], context: Context): LaunchSettings {
  const template = templateSettings(input, context)
  const { LaunchConfiguration: given } = input
  const needed = template.templateId !== '' || given !== undefined
  demand(needed, 'MissingParameter', 'LaunchTemplateId or LaunchConfiguration must be specified.', 400)
  const settings: LaunchSettings = {
    ...template,
    configuration: template.templateId === '' && given ? launchOf(given, context) : undefined,
    systemDiskCategories: categoriesOf(input.SystemDiskConfig),
    dataDiskCategories: categoriesOf(input.DataDiskConfig),
    hibernation: input.HibernationOptionsConfigured === true,
    ...interruptionOf(input, type),
    ...poolSettings(input, configs, context),
  }
  const usual = usualInput(settings, context)
  // Later launches are the group's own: who makes it must be allowed to hand on the role.
  demandEcsRole(usual.RamRoleName, context)
  const launches = (usual.ImageId || usual.ImageFamily) && (usual.SecurityGroupId || usual.SecurityGroupIds?.length)
  demand(launches, 'InvalidLaunchTemplate.ValueNotSupported', 'The launch template names no image or no security group.')
  const typed = configs.every((config) => config.instanceType !== '' || describesTypes(config)) || usual.InstanceType
  demand(typed, 'MissingParameter', 'Neither a LaunchTemplateConfig nor the launch template names an InstanceType.', 400)
  return settings
}
