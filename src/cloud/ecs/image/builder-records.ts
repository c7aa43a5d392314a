import type { Row } from '../../engine/table.ts'
import type { Tag } from '../../vpc/records.ts'
import type { ImportedDisk } from './transfer.ts'

/** A piece of a build that pipelines use. */
export interface ImageComponent extends Row {
  readonly name: string
  readonly componentType: string
  readonly componentVersion: string
  readonly systemType: string
  readonly content: string
  readonly description: string
  readonly createdAt: number
  readonly resourceGroupId: string
  readonly tags: readonly Tag[]
}

export interface PipelineTag {
  readonly Key?: string | undefined
  readonly Value?: string | undefined
}

/** What the image of a pipeline is to be. */
export interface PipelineImage {
  readonly ImageName?: string | undefined
  readonly ImageFamily?: string | undefined
  readonly Description?: string | undefined
  readonly ImageFeatures?: { readonly NvmeSupport?: string | undefined } | undefined
  readonly ImageTags?: readonly PipelineTag[] | undefined
}

/** What a pipeline imports, where it begins with that. */
export interface PipelineImport {
  readonly Architecture?: string | undefined
  readonly BootMode?: string | undefined
  readonly Description?: string | undefined
  readonly DiskDeviceMappings?: readonly ImportedDisk[] | undefined
  readonly Features?: { readonly ImdsSupport?: string | undefined; readonly NvmeSupport?: string | undefined } | undefined
  readonly ImageName?: string | undefined
  readonly ImportImageTags?: readonly PipelineTag[] | undefined
  readonly LicenseType?: string | undefined
  readonly OSType?: string | undefined
  readonly Platform?: string | undefined
  readonly RetainImportedImage?: boolean | undefined
  readonly RetentionStrategy?: string | undefined
  readonly RoleName?: string | undefined
}

/** How an image is built; what is undefined was not said. */
export interface ImagePipeline extends Row {
  readonly name: string
  readonly description: string
  readonly baseImageType: string
  readonly baseImage: string
  readonly buildContent: string
  readonly testContent: string
  readonly image: PipelineImage
  readonly imported: PipelineImport | undefined
  readonly advanced: { readonly ImageNameSuffix?: string | undefined; readonly RetainCloudAssistant?: boolean | undefined }
  readonly instanceType: string
  readonly vSwitchId: string
  readonly internetMaxBandwidthOut: number
  /** GiB. */
  readonly systemDiskSize: number
  readonly deleteInstanceOnFailure: boolean
  readonly repairMode: string
  readonly repairItems: readonly string[]
  readonly addAccounts: readonly string[]
  readonly toRegionIds: readonly string[]
  readonly createdAt: number
  readonly resourceGroupId: string
  readonly tags: readonly Tag[]
}

export interface PipelineExecution extends Row {
  readonly pipelineId: string
  readonly status: string
  readonly imageId: string
  readonly message: string
  readonly createdAt: number
  readonly modifiedAt: number
  readonly resourceGroupId: string
  readonly tags: readonly Tag[]
}
