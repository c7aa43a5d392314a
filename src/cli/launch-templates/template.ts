import type * as Ecs from '../../api/generated/ecs.ts'
import type { Connection } from '../connect.ts'
import { CommandError, exit } from '../errors.ts'
import { collect } from '../output.ts'
import { type Noun, named } from '../select/select.ts'

/** A launch template as DescribeLaunchTemplates answers it. */
export type LaunchTemplate = Ecs.Items['DescribeLaunchTemplates']
/** A version of one, with what it says of a launch. */
export type Version = Ecs.Items['DescribeLaunchTemplateVersions']

/** That a page may hold more is unconfirmed. */
const pageSize = 50

/** Launch templates on the command line. */
export const launchTemplates: Noun<LaunchTemplate> = {
  one: { en: 'launch template', zh: '启动模板' },
  many: { en: 'launch templates', zh: '个启动模板' },
  prefix: 'lt-',
  id: ({ LaunchTemplateId }) => LaunchTemplateId,
  name: ({ LaunchTemplateName }) => LaunchTemplateName,
  columns: [
    { head: { en: 'ID', zh: '启动模板 ID' }, cell: ({ LaunchTemplateId }) => LaunchTemplateId },
    { head: { en: 'NAME', zh: '名称' }, cell: ({ LaunchTemplateName }) => LaunchTemplateName },
    { head: { en: 'DEFAULT', zh: '默认版本' }, cell: ({ DefaultVersionNumber }) => DefaultVersionNumber },
    { head: { en: 'LATEST', zh: '最新版本' }, cell: ({ LatestVersionNumber }) => LatestVersionNumber },
    { head: { en: 'CREATED', zh: '创建时间' }, cell: ({ CreateTime }) => CreateTime },
    { head: { en: 'CHANGED', zh: '修改时间' }, cell: ({ ModifiedTime }) => ModifiedTime, extra: true },
  ],
  filters: {
    name: { parameter: 'LaunchTemplateName', list: true },
    'resource-group': { parameter: 'TemplateResourceGroupId' },
  },
  read({ ecs }, input, signal) {
    // Tags of the template itself have a parameter of another name.
    const { Tag: TemplateTag, ...rest } = input as { readonly Tag?: Ecs.DescribeLaunchTemplatesInput['TemplateTag'] }
    return ecs.paginate('DescribeLaunchTemplates', { PageSize: pageSize, ...rest, TemplateTag }, { signal })
  },
  withIds: (LaunchTemplateId) => ({ LaunchTemplateId }),
  withName: (name) => ({ LaunchTemplateName: [name] }),
}

/** All versions of a template, the newest first, or those of some numbers. */
export const versionsOf = (
  { LaunchTemplateId }: Pick<LaunchTemplate, 'LaunchTemplateId'>,
  { ecs }: Connection,
  signal: AbortSignal,
  numbers?: readonly number[],
): Promise<Version[]> =>
  collect(
    ecs.paginate(
      'DescribeLaunchTemplateVersions',
      { PageSize: pageSize, LaunchTemplateId, LaunchTemplateVersion: numbers, DetailFlag: true },
      { signal },
    ),
  )

/**
 * The version that `ID|NAME[:VERSION]` names; the default one where it names none.
 * @throws CommandError (exit 3) when there is no such version, and as `named`
 */
export async function versionNamed(word: string, connection: Connection, signal: AbortSignal): Promise<Version> {
  const [, which = word, number] = /^(.+):(\d{1,9}|latest)$/.exec(word) ?? []
  const [template] = await named([which], launchTemplates, connection, signal)
  const wanted =
    number === 'latest' ? template?.LatestVersionNumber : number === undefined ? template?.DefaultVersionNumber : Number(number)
  const versions = template && wanted !== undefined ? await versionsOf(template, connection, signal) : []
  const found = versions.find(({ VersionNumber }) => VersionNumber === wanted)
  if (found !== undefined) return found
  const there = versions.map(({ VersionNumber }) => VersionNumber).join(', ')
  throw new CommandError(
    { en: `${which} has no version ${wanted} (${there})`, zh: `${which} 没有版本 ${wanted}（已有：${there}）` },
    exit.notFound,
  )
}

/** What a version says of a launch, where it says it. */
export interface Said {
  readonly InstanceType?: string | undefined
  readonly ImageId?: string | undefined
  readonly VSwitchId?: string | undefined
  readonly ZoneId?: string | undefined
  readonly groups: readonly string[]
  readonly SystemDisk: { readonly Category?: string | undefined; readonly Size?: string | undefined }
  readonly DataDisk: readonly { readonly Category: string; readonly Size: number }[]
  readonly InternetChargeType?: string | undefined
  readonly InternetMaxBandwidthOut?: number | undefined
  readonly SpotStrategy?: string | undefined
}

/** Reads what a version says of a launch. Fields of the system disk come with a dot in their names. */
export function saidBy({ LaunchTemplateData }: Version): Said {
  const data = LaunchTemplateData as Partial<Version['LaunchTemplateData']> & Readonly<Record<string, unknown>>
  const systemDisk = (field: 'Category' | 'Size') => {
    const value = data[`SystemDisk.${field}`] ?? data.SystemDisk?.[field]
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
  }
  const { SecurityGroupId, SecurityGroupIds } = data
  return {
    InstanceType: data.InstanceType,
    ImageId: data.ImageId,
    VSwitchId: data.VSwitchId,
    ZoneId: data.ZoneId,
    groups: SecurityGroupIds?.SecurityGroupId?.length ? SecurityGroupIds.SecurityGroupId : SecurityGroupId ? [SecurityGroupId] : [],
    SystemDisk: { Category: systemDisk('Category'), Size: systemDisk('Size') },
    DataDisk: (data.DataDisks?.DataDisk ?? []).map(({ Category, Size }) => ({ Category, Size })),
    InternetChargeType: data.InternetChargeType,
    InternetMaxBandwidthOut: data.InternetMaxBandwidthOut,
    SpotStrategy: data.SpotStrategy,
  }
}
