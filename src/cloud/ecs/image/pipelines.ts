import { publicImages } from '../../../api/images.ts'
import { instanceTypeOf } from '../../../api/instance-types.ts'
import { regionFacts } from '../../../api/regions.ts'
import { toSeconds } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { page } from '../../paging.ts'
import { listed } from '../../rows.ts'
import { demandResourceGroup } from '../instance/places.ts'
import { newTags, shownTags, tagTest } from '../tags.ts'
import { demandDescription, demandName, demandOneOf, equalities, named, passes, type Test } from '../values.ts'
import type { ImagePipeline, PipelineTag } from './builder-records.ts'
import { longestContent } from './components.ts'
import { newestOfFamily, newestPublic, visibleImage } from './find.ts'
import { demandFamily, demandImageName, featuresOf, osOfPlatform } from './new-image.ts'
import { importedDisks } from './transfer.ts'

type Defined<T> = T extends readonly (infer I)[]
  ? readonly Defined<I>[]
  : T extends object
    ? { [K in keyof T]: Defined<Exclude<T[K], undefined>> }
    : T

/** What was not said is left out of the JSON, so that to an answer it is as if it were not there. */
const said = <T extends object>(given: T) => given as Defined<T>

const shown = (tags: readonly PipelineTag[] = []) => tags.map(({ Key = '', Value = '' }) => ({ TagKey: Key, TagValue: Value }))

function importView(imported: NonNullable<ImagePipeline['imported']>) {
  const { DiskDeviceMappings = [], ImportImageTags = [], ...rest } = imported
  const disks = DiskDeviceMappings.map(({ DiskImageSize, Format, OSSBucket, OSSObject }) => ({
    DiskImageSize,
    Format,
    OSSBucket,
    OSSObject,
  }))
  return said({ ...rest, DiskDeviceMappings: { DiskDeviceMapping: disks }, ImportImageTags: { ImportImageTag: ImportImageTags } })
}

const view = (pipeline: ImagePipeline) => {
  const { ImageTags, ...image } = pipeline.image
  return {
    ImagePipelineId: pipeline.id,
    Name: pipeline.name,
    Description: pipeline.description,
    BaseImageType: pipeline.baseImageType,
    BaseImage: pipeline.baseImage,
    BuildContent: pipeline.buildContent,
    TestContent: pipeline.testContent,
    ImageName: image.ImageName ?? '',
    ImageFamily: image.ImageFamily ?? '',
    NvmeSupport: image.ImageFeatures?.NvmeSupport ?? 'auto',
    ImageOptions: said({ ...image, ImageTags: { ImageTag: shown(ImageTags) } }),
    ...(pipeline.imported && { ImportImageOptions: importView(pipeline.imported) }),
    AdvancedOptions: said(pipeline.advanced),
    InstanceType: pipeline.instanceType,
    VSwitchId: pipeline.vSwitchId,
    InternetMaxBandwidthOut: pipeline.internetMaxBandwidthOut,
    SystemDiskSize: pipeline.systemDiskSize,
    DeleteInstanceOnFailure: pipeline.deleteInstanceOnFailure,
    RepairMode: pipeline.repairMode,
    RepairItems: { RepairItem: pipeline.repairItems },
    AddAccounts: { AddAccount: pipeline.addAccounts },
    ToRegionIds: { ToRegionId: pipeline.toRegionIds },
    CreationTime: toSeconds(pipeline.createdAt),
    ResourceGroupId: pipeline.resourceGroupId,
    Tags: shownTags(pipeline.tags),
  }
}

/** @throws Fault InvalidImagePipelineId.NotFound (the code is unconfirmed) */
export function pipelineOf(id: string, context: Context): ImagePipeline {
  const pipeline = owned(context.state.imagePipelines.get(id), context)
  demand(pipeline, 'InvalidImagePipelineId.NotFound', 'The specified ImagePipelineId does not exist.')
  return pipeline
}

/** What a pipeline begins with has to be there when the pipeline is made. */
function demandBase(type: string, base: string, context: Context): void {
  demandOneOf(type, ['IMAGE', 'IMAGE_FAMILY', 'OSS'], 'BaseImageType', 'InvalidParameter')
  if (type === 'OSS') return
  demand(base !== '', 'MissingParameter', 'The input parameter "BaseImage" that is mandatory for processing this request is not supplied.')
  const there =
    type === 'IMAGE' ? publicImages().has(base) || visibleImage(base, context) : newestOfFamily(base, context) || newestPublic(base)
  demand(there, 'InvalidImage.NotFound', 'The specified BaseImage does not exist.')
}

const demandContent = (text: string | undefined, parameter: string) =>
  demand((text?.length ?? 0) <= longestContent, 'InvalidParameter', `The specified ${parameter} is too long.`)

const mostRegions = 20
const mostAccounts = 20

function demandImport(imported: ImagePipeline['imported']): void {
  demand(
    imported,
    'MissingParameter',
    'The input parameter "ImportImageOptions" that is mandatory for processing this request is not supplied.',
  )
  importedDisks(imported.DiskDeviceMappings ?? [])
  osOfPlatform(imported.Platform || 'Others Linux', imported.Architecture)
  featuresOf(imported)
  demandImageName(imported.ImageName)
  demandOneOf(imported.LicenseType, ['Auto', 'Aliyun', 'BYOL'], 'ImportImageOptions.LicenseType', 'InvalidLicenseType.NotSupported')
  demandOneOf(imported.OSType, ['windows', 'linux'], 'ImportImageOptions.OSType', 'InvalidOSType.Malformed')
  const strategies = ['RetainOnlySuccessful', 'RetainOnlyFailed', 'RetainAlways', 'RetainNever']
  demandOneOf(imported.RetentionStrategy, strategies, 'ImportImageOptions.RetentionStrategy', 'InvalidParameter')
}

export const CreateImagePipeline = ecs(
  'CreateImagePipeline',
  [
    'AddAccount',
    'AdvancedOptions',
    'BaseImage',
    'BaseImageType',
    'BuildContent',
    'DeleteInstanceOnFailure',
    'Description',
    'ImageFamily',
    'ImageName',
    'ImageOptions',
    'ImportImageOptions',
    'InstanceType',
    'InternetMaxBandwidthOut',
    'Name',
    'NvmeSupport',
    'RepairItem',
    'RepairMode',
    'ResourceGroupId',
    'SystemDiskSize',
    'Tag',
    'TestContent',
    'ToRegionId',
    'VSwitchId',
  ],
  (input, context) => {
    const { state, random, now, accountId, regionId } = context
    const { BaseImage = '', BaseImageType, ToRegionId = [], AddAccount = [], ImageOptions = {} } = input
    demandBase(BaseImageType, BaseImage, context)
    if (BaseImageType === 'OSS') demandImport(input.ImportImageOptions)
    demandName(input.Name, 'Name', 'InvalidParameter')
    demandDescription(input.Description, 'Description', 'InvalidDescription.Malformed', 400)
    demandContent(input.BuildContent, 'BuildContent')
    demandContent(input.TestContent, 'TestContent')
    // The parameters of old stand in for those of ImageOptions that are not given.
    const image = { ImageName: input.ImageName, ImageFamily: input.ImageFamily, ...ImageOptions }
    demandImageName(image.ImageName)
    demandFamily(image.ImageFamily)
    newTags(ImageOptions.ImageTags)
    const nvme = ImageOptions.ImageFeatures?.NvmeSupport || input.NvmeSupport || 'auto'
    demandOneOf(nvme, ['supported', 'unsupported', 'auto'], 'ImageOptions.ImageFeatures.NvmeSupport', 'InvalidParameter')
    const known = !input.InstanceType || instanceTypeOf(input.InstanceType) !== undefined
    demand(known, 'InvalidInstanceType.ValueNotSupported', 'The specified InstanceType does not exist or is not supported here.', 400)
    const size = input.SystemDiskSize ?? 40
    demand(Number.isInteger(size) && size >= 20 && size <= 2_048, 'InvalidParameter', 'The specified SystemDiskSize is not valid.')
    const bandwidth = input.InternetMaxBandwidthOut ?? 0
    const fits = Number.isInteger(bandwidth) && bandwidth >= 0 && bandwidth <= 100
    demand(fits, 'InvalidParameter', 'The specified InternetMaxBandwidthOut is not valid.')
    const few = ToRegionId.length <= mostRegions && AddAccount.length <= mostAccounts
    demand(few, 'InvalidParameter', `At most ${mostRegions} ToRegionId and ${mostAccounts} AddAccount can be given.`)
    for (const id of ToRegionId) demand(regionFacts(id), 'InvalidRegionId.NotFound', 'The specified ToRegionId does not exist.')
    const id = newId('ip', regionId, random)
    state.imagePipelines.put({
      id,
      accountId,
      regionId,
      name: input.Name || id,
      description: input.Description ?? '',
      baseImageType: BaseImageType,
      baseImage: BaseImage,
      buildContent: input.BuildContent ?? '',
      testContent: input.TestContent ?? '',
      image: { ...image, ImageFeatures: { NvmeSupport: nvme } },
      imported: input.ImportImageOptions,
      advanced: input.AdvancedOptions ?? {},
      instanceType: input.InstanceType ?? '',
      vSwitchId: input.VSwitchId ?? '',
      internetMaxBandwidthOut: bandwidth,
      systemDiskSize: size,
      deleteInstanceOnFailure: input.DeleteInstanceOnFailure ?? true,
      repairMode: input.RepairMode ?? '',
      repairItems: input.RepairItem ?? [],
      addAccounts: AddAccount.map(String),
      toRegionIds: ToRegionId,
      createdAt: now,
      resourceGroupId: demandResourceGroup(input.ResourceGroupId),
      tags: newTags(input.Tag),
    })
    return { ImagePipelineId: id }
  },
)

export const DescribeImagePipelines = ecs(
  'DescribeImagePipelines',
  ['ImagePipelineId', 'Name', 'ResourceGroupId', 'Tag', 'NextToken', 'MaxResults'],
  (input, { state, accountId, regionId }) => {
    const tests: Test<ImagePipeline>[] = [
      named(input.Name, (pipeline) => pipeline.name),
      tagTest(input.Tag),
      ...equalities<ImagePipeline, typeof input>(input, { ResourceGroupId: (pipeline) => pipeline.resourceGroupId }),
    ]
    const ids = input.ImagePipelineId?.length ? input.ImagePipelineId : undefined
    const found = state.imagePipelines.list({ accountId, regionId, ids, where: passes(tests) })
    const MaxResults = input.MaxResults ?? 50
    const { rows, fields } = page(found, { ...input, MaxResults }, { maxSize: 500, maxResults: [1, 500] })
    return {
      ImagePipeline: { ImagePipelineSet: listed(rows, view) },
      MaxResults,
      TotalCount: fields.TotalCount,
      NextToken: fields.NextToken,
    }
  },
)

/** One that is being executed cannot go (the code is unconfirmed). */
export const DeleteImagePipeline = ecs('DeleteImagePipeline', ['ImagePipelineId'], ({ ImagePipelineId }, context) => {
  const { state } = context
  const pipeline = pipelineOf(ImagePipelineId, context)
  demand(state.pipelineExecutions.count('active', pipeline.id) === 0, 'OperationDenied', 'The pipeline is being executed.', 403)
  state.imagePipelines.delete(pipeline.id)
  return {}
})
