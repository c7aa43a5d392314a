import { demand } from '../../fault.ts'
import { zoneOffset } from '../invocation/zone.ts'
import { demandOneOf } from '../values.ts'
import type { AgentUpgrade, Delivery, OssDelivery, ResourceUsage } from './records.ts'

type Given<T> = { readonly [name in keyof T]?: T[name] | undefined }

export const usualUpgrade: AgentUpgrade = { enabled: false, windows: [], timeZone: 'UTC', bootstrapUpgrade: true, disableUpgrade: false }

export const usualUsage: ResourceUsage = {
  cpuLimit: 20,
  memoryLimit: '50MB',
  overloadLimit: 3,
  logSizeLimit: '100MB',
  logFileCountLimit: 30,
  keepScriptFile: false,
}

const noOss: OssDelivery = { enabled: false, bucketName: '', prefix: '', encryptionType: '', encryptionAlgorithm: '', encryptionKeyId: '' }
const noSls = { enabled: false, projectName: '', logstoreName: '' }

type OssInput = Given<{
  BucketName: string
  Enabled: boolean
  EncryptionAlgorithm: string
  EncryptionKeyId: string
  EncryptionType: string
  Prefix: string
}>

/** The forms of names are those that OSS and SLS publish. A key is for KMS, an algorithm for what is not inherited (unconfirmed). */
function changedOss(before: OssDelivery, given: OssInput): OssDelivery {
  const after = {
    enabled: given.Enabled ?? before.enabled,
    bucketName: given.BucketName ?? before.bucketName,
    prefix: given.Prefix ?? before.prefix,
    encryptionType: given.EncryptionType ?? before.encryptionType,
    encryptionAlgorithm: given.EncryptionAlgorithm ?? before.encryptionAlgorithm,
    encryptionKeyId: given.EncryptionKeyId ?? before.encryptionKeyId,
  }
  const { bucketName, prefix, encryptionType, encryptionAlgorithm, encryptionKeyId } = after
  const isBucket = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(bucketName) || (bucketName === '' && !after.enabled)
  demand(isBucket, 'InvalidParameter.OssBucketName', 'The specified BucketName is not valid.')
  demand(prefix.length <= 254 && !/^[/\\]/.test(prefix), 'InvalidParameter.OssPrefix', 'The specified Prefix is not valid.')
  demandOneOf(encryptionType, ['Inherit', 'OssManaged', 'KMS'], 'EncryptionType', 'InvalidParameter.OssEncryptionType')
  demandOneOf(encryptionAlgorithm, ['AES256', 'SM4'], 'EncryptionAlgorithm', 'InvalidParameter.OssEncryptionAlgorithm')
  const isKey = encryptionKeyId === '' || (encryptionType === 'KMS' && encryptionKeyId.length <= 128)
  demand(isKey, 'InvalidParameter.OssEncryptionKeyId', 'The specified EncryptionKeyId is not valid.')
  return after
}

type SlsInput = Given<{ Enabled: boolean; LogstoreName: string; ProjectName: string }>

function changedSls(before: NonNullable<Delivery['sls']>, given: SlsInput): NonNullable<Delivery['sls']> {
  const after = {
    enabled: given.Enabled ?? before.enabled,
    projectName: given.ProjectName ?? before.projectName,
    logstoreName: given.LogstoreName ?? before.logstoreName,
  }
  const fits = (name: string, form: RegExp) => form.test(name) || (name === '' && !after.enabled)
  const isProject = fits(after.projectName, /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/)
  demand(isProject, 'InvalidParameter.SlsProjectName', 'The specified ProjectName is not valid.')
  const isLogstore = fits(after.logstoreName, /^[a-z0-9][a-z0-9_-]{0,61}[a-z0-9]$/)
  demand(isLogstore, 'InvalidParameter.SlsLogstoreName', 'The specified LogstoreName is not valid.')
  return after
}

/**
 * Where records are delivered to after a change: what is not given stays.
 * @throws Fault InvalidParameter.Oss…, InvalidParameter.Sls…
 */
export const changedDelivery = (before: Delivery, oss: OssInput | undefined, sls: SlsInput | undefined): Delivery => ({
  ...before,
  ...(oss && { oss: changedOss(before.oss ?? noOss, oss) }),
  ...(sls && { sls: changedSls(before.sls ?? noSls, sls) }),
})

/** Minutes that `23:00-01:00` takes, past midnight too (unconfirmed); undefined for what is none. */
function windowMinutes(text: string): number | undefined {
  const parts = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/.exec(text)?.slice(1).map(Number)
  if (parts === undefined) return undefined
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = parts
  return ((toHour - fromHour) * 60 + toMinute - fromMinute + 1_440) % 1_440
}

const mostWindows = 5

type UpgradeInput = Given<{
  AllowedUpgradeWindow: readonly string[]
  BootstrapUpgrade: boolean
  DisableUpgrade: boolean
  Enabled: boolean
  TimeZone: string
}>

/**
 * How agents are brought up to date after a change: what is not given stays.
 * @throws Fault InvalidAllowedUpgradeWindow.…, InvalidParameter.AllowedUpgradeWindow, InvalidParameter.TimeZone
 */
export function changedUpgrade(before: AgentUpgrade, given: UpgradeInput): AgentUpgrade {
  const windows = given.AllowedUpgradeWindow ?? before.windows
  const enabled = given.Enabled ?? before.enabled
  const timeZone = given.TimeZone || before.timeZone
  demand(!enabled || windows.length > 0, 'InvalidAllowedUpgradeWindow.Required', 'AllowedUpgradeWindow is required.')
  demand(windows.length <= mostWindows, 'InvalidAllowedUpgradeWindow.CountLimitExceeded', `At most ${mostWindows} windows can be given.`)
  for (const window of windows) {
    const minutes = windowMinutes(window)
    demand(minutes !== undefined, 'InvalidParameter.AllowedUpgradeWindow', 'The specified AllowedUpgradeWindow is not valid.')
    demand(minutes >= 60, 'InvalidAllowedUpgradeWindow.DurationTooShort', 'A window must last for an hour at least.')
  }
  demand(zoneOffset(timeZone, 0) !== undefined, 'InvalidParameter.TimeZone', 'The specified TimeZone is not valid.')
  const { BootstrapUpgrade: bootstrapUpgrade = before.bootstrapUpgrade, DisableUpgrade: disableUpgrade = before.disableUpgrade } = given
  return { enabled, windows, timeZone, bootstrapUpgrade, disableUpgrade }
}

const units = { B: 1, KB: 1_024, MB: 1_048_576 } as const

/** Whether a size such as `50MB` is from so many to so many megabytes. */
function isSize(text: string, least: number, most: number): boolean {
  const [, count, unit] = /^(\d{1,10})(B|KB|MB)$/.exec(text) ?? []
  if (unit !== 'B' && unit !== 'KB' && unit !== 'MB') return false
  const bytes = Number(count) * units[unit]
  return bytes >= least * units.MB && bytes <= most * units.MB
}

type UsageInput = Given<{
  CpuLimit: number
  KeepScriptFile: boolean
  LogFileCountLimit: number
  LogSizeLimit: string
  MemoryLimit: string
  OverloadLimit: number
}>

/** What agents may use after a change: what is not given stays. The code is unconfirmed. @throws Fault InvalidParameter */
export function changedUsage(before: ResourceUsage, given: UsageInput): ResourceUsage {
  const after = {
    cpuLimit: given.CpuLimit ?? before.cpuLimit,
    memoryLimit: given.MemoryLimit ?? before.memoryLimit,
    overloadLimit: given.OverloadLimit ?? before.overloadLimit,
    logSizeLimit: given.LogSizeLimit ?? before.logSizeLimit,
    logFileCountLimit: given.LogFileCountLimit ?? before.logFileCountLimit,
    keepScriptFile: given.KeepScriptFile ?? before.keepScriptFile,
  }
  const whole = (value: number, least: number, most: number) => Number.isInteger(value) && value >= least && value <= most
  const fits =
    whole(after.cpuLimit, 10, 95) &&
    isSize(after.memoryLimit, 35, 1_024) &&
    whole(after.overloadLimit, 3, 1_000_000) &&
    isSize(after.logSizeLimit, 10, 1_024) &&
    whole(after.logFileCountLimit, 7, 365)
  demand(fits, 'InvalidParameter', 'The specified ResourceUsageConfig is not valid.')
  return after
}
