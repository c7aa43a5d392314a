import type * as Ecs from '../../../api/generated/ecs.ts'
import { toSeconds } from '../../../api/time.ts'
import { shownTags } from '../tags.ts'
import type { TemplateData } from './data.ts'
import type { LaunchTemplate, LaunchTemplateVersion } from './records.ts'

export const templateView = (template: LaunchTemplate) => ({
  LaunchTemplateId: template.id,
  LaunchTemplateName: template.name,
  DefaultVersionNumber: template.defaultVersion,
  LatestVersionNumber: template.latestVersion,
  CreateTime: toSeconds(template.createdAt),
  ModifiedTime: toSeconds(template.modifiedAt),
  CreatedBy: template.createdBy,
  ResourceGroupId: template.resourceGroupId,
  Tags: shownTags(template.tags),
})

const interfaceView = ({ SecurityGroupIds = [], ...rest }: NonNullable<TemplateData['NetworkInterface']>[number]) => ({
  ...rest,
  SecurityGroupIds: { SecurityGroupId: [...SecurityGroupIds] },
})

/** Terraform's provider reads a boolean, though the catalogue names a text. */
const diskView = <D extends { readonly Encrypted?: string | undefined }>({ Encrypted, ...rest }: D) => ({
  ...rest,
  ...(Encrypted !== undefined && { Encrypted: Encrypted === 'true' }),
})

type Versions = Ecs.DescribeLaunchTemplateVersionsResult['LaunchTemplateVersionSets']['LaunchTemplateVersionSet']

/**
 * The data as answers show it: lists in their wrappers, and the system disk's fields with a dot in their names (`SystemDisk.Size`), which
 * is how SDKs read them.
 */
export function dataView(data: TemplateData): Versions[number]['LaunchTemplateData'] {
  const { SystemDisk = {}, DataDisk = [], NetworkInterface = [], Tag = [], SecurityGroupIds = [], SecurityOptions, ...rest } = data
  const dotted: object = Object.fromEntries(Object.entries(diskView(SystemDisk)).map(([name, value]) => [`SystemDisk.${name}`, value]))
  return {
    ...rest,
    ...dotted,
    DataDisks: { DataDisk: DataDisk.map(diskView) },
    NetworkInterfaces: { NetworkInterface: NetworkInterface.map(interfaceView) },
    Tags: { InstanceTag: Tag.map(({ Key = '', Value = '' }) => ({ Key, Value })) },
    SecurityGroupIds: { SecurityGroupId: [...SecurityGroupIds] },
    ...(SecurityOptions && { SecurityOptions: { TrustedSystemMode: SecurityOptions.TrustedSystemMode ?? '' } }),
    // What the template does not say is left out.
  } as object as Versions[number]['LaunchTemplateData']
}

export const versionView = (version: LaunchTemplateVersion, template: LaunchTemplate) => ({
  LaunchTemplateId: template.id,
  LaunchTemplateName: template.name,
  VersionNumber: version.number,
  VersionDescription: version.description,
  DefaultVersion: version.number === template.defaultVersion,
  CreateTime: toSeconds(version.createdAt),
  ModifiedTime: toSeconds(version.createdAt),
  CreatedBy: version.createdBy,
  LaunchTemplateData: dataView(version.data),
})
