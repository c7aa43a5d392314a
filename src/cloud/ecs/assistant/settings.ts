import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { changedDelivery, changedUpgrade, changedUsage, usualUpgrade, usualUsage } from './setting-values.ts'
import type { AssistantSettings, Delivery } from './records.ts'

type Place = Pick<Context, 'state' | 'accountId' | 'regionId'>

/** ResourceUsageConfig is not among the published types (unconfirmed). */
const types = ['SessionManagerDelivery', 'InvocationDelivery', 'AgentUpgradeConfig', 'SessionManagerConfig', 'ResourceUsageConfig'] as const
type SettingType = (typeof types)[number]

/** @throws Fault InvalidParameter.SettingType */
function typeOf(asked: string): SettingType {
  const type = types.find((one) => one === asked)
  demand(type, 'InvalidParameter.SettingType', 'The specified SettingType is not valid.')
  return type
}

const rowOf = ({ state, accountId }: Place, regionId: string): AssistantSettings =>
  state.assistantSettings.get(`${accountId}/${regionId}`) ?? { id: `${accountId}/${regionId}`, accountId, regionId }

/** Whether sessions can be started, in all regions alike. They can until they are disabled (unconfirmed). */
export const sessionsEnabled = (context: Place): boolean => rowOf(context, '').sessionManagerEnabled ?? true

/** Buckets and projects are other products': whether they are there is not looked at. */
export const ModifyCloudAssistantSettings = ecs(
  'ModifyCloudAssistantSettings',
  ['AgentUpgradeConfig', 'OssDeliveryConfig', 'ResourceUsageConfig', 'SessionManagerConfig', 'SettingType', 'SlsDeliveryConfig'],
  (input, context) => {
    const type = typeOf(input.SettingType)
    const row = rowOf(context, type === 'SessionManagerConfig' ? '' : context.regionId)
    const delivery = (before: Delivery = {}) => changedDelivery(before, input.OssDeliveryConfig, input.SlsDeliveryConfig)
    const enabled = input.SessionManagerConfig?.SessionManagerEnabled
    const changed: { readonly [each in SettingType]: () => Partial<AssistantSettings> } = {
      SessionManagerDelivery: () => ({ sessionDelivery: delivery(row.sessionDelivery) }),
      InvocationDelivery: () => ({ invocationDelivery: delivery(row.invocationDelivery) }),
      AgentUpgradeConfig: () => ({ agentUpgrade: changedUpgrade(row.agentUpgrade ?? usualUpgrade, input.AgentUpgradeConfig ?? {}) }),
      SessionManagerConfig: () => (enabled === undefined ? {} : { sessionManagerEnabled: enabled }),
      ResourceUsageConfig: () => ({ resourceUsage: changedUsage(row.resourceUsage ?? usualUsage, input.ResourceUsageConfig ?? {}) }),
    }
    context.state.assistantSettings.put({ ...row, ...changed[type]() })
    return {}
  },
)

const ossView = (DeliveryType: string, { oss }: Delivery) => ({
  DeliveryType,
  Enabled: oss?.enabled ?? false,
  BucketName: oss?.bucketName ?? '',
  Prefix: oss?.prefix ?? '',
  EncryptionType: oss?.encryptionType ?? '',
  EncryptionAlgorithm: oss?.encryptionAlgorithm ?? '',
  EncryptionKeyId: oss?.encryptionKeyId ?? '',
})

const slsView = (DeliveryType: string, { sls }: Delivery) => ({
  DeliveryType,
  Enabled: sls?.enabled ?? false,
  ProjectName: sls?.projectName ?? '',
  LogstoreName: sls?.logstoreName ?? '',
})

function upgradeView({ agentUpgrade = usualUpgrade }: AssistantSettings) {
  const { enabled, windows, timeZone, bootstrapUpgrade, disableUpgrade } = agentUpgrade
  return {
    Enabled: enabled,
    AllowedUpgradeWindows: { AllowedUpgradeWindow: windows },
    TimeZone: timeZone,
    BootstrapUpgrade: bootstrapUpgrade,
    DisableUpgrade: disableUpgrade,
  }
}

const usageView = ({ resourceUsage: usage = usualUsage }: AssistantSettings) => ({
  CpuLimit: usage.cpuLimit,
  MemoryLimit: usage.memoryLimit,
  OverloadLimit: usage.overloadLimit,
  LogSizeLimit: usage.logSizeLimit,
  LogFileCountLimit: usage.logFileCountLimit,
  KeepScriptFile: usage.keepScriptFile,
})

/** Only what is asked for is told. */
export const DescribeCloudAssistantSettings = ecs('DescribeCloudAssistantSettings', ['SettingType'], ({ SettingType }, context) => {
  const asked = new Set(SettingType.map(typeOf))
  demand(asked.size > 0, 'InvalidParameter.SettingType', 'The specified SettingType is not valid.')
  const row = rowOf(context, context.regionId)
  const deliveries = [
    ...(asked.has('SessionManagerDelivery') ? [['SessionManagerDelivery', row.sessionDelivery ?? {}] as const] : []),
    ...(asked.has('InvocationDelivery') ? [['InvocationDelivery', row.invocationDelivery ?? {}] as const] : []),
  ]
  return {
    OssDeliveryConfigs: { OssDeliveryConfig: deliveries.map(([type, delivery]) => ossView(type, delivery)) },
    SlsDeliveryConfigs: { SlsDeliveryConfig: deliveries.map(([type, delivery]) => slsView(type, delivery)) },
    ...(asked.has('AgentUpgradeConfig') && { AgentUpgradeConfig: upgradeView(row) }),
    ...(asked.has('SessionManagerConfig') && { SessionManagerConfig: { SessionManagerEnabled: sessionsEnabled(context) } }),
    ...(asked.has('ResourceUsageConfig') && { ResourceUsageConfig: usageView(row) }),
  }
})
