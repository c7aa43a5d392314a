import { expect, test } from 'vitest'
import { catalogue } from '../../../api/catalogue.ts'
import { publicImages } from '../../../api/images.ts'
import { strays } from '../../strays.ts'
import { type TestAnswer, testCloud } from '../../testing.ts'

const [base] = publicImages().keys()
const BuildContent = 'RUN yum -y update'

async function builder() {
  const cloud = await testCloud()
  const { call, refusal } = cloud
  const pipeline = async (input: object = {}): Promise<string> =>
    (await call('CreateImagePipeline', { BaseImageType: 'IMAGE', BaseImage: base, BuildContent, ...input })).ImagePipelineId
  const executions = async (input: object = {}): Promise<TestAnswer[]> =>
    (await call('DescribeImagePipelineExecutions', input)).ImagePipelineExecution.ImagePipelineExecutionSet
  const refused = async (action: string, input: object) => {
    const { code, status } = await refusal(action, input)
    return `${code} ${status}`
  }
  return { ...cloud, pipeline, executions, refused }
}

test('components are made, found and deleted', async () => {
  const { call, refused } = await builder()
  const input = { Name: 'update', Content: BuildContent, Description: 'd', SystemType: 'Linux', Tag: [{ Key: 'a', Value: 'b' }] }
  const { ImageComponentId } = await call('CreateImageComponent', input)
  const list = async (filter: object = {}) => (await call('DescribeImageComponents', filter)).ImageComponent.ImageComponentSet
  expect(await list({ Name: 'up*', Owner: 'SELF', Tag: [{ Key: 'a' }] })).toMatchObject([
    { ImageComponentId, Name: 'update', Content: BuildContent, ComponentType: 'Build', ComponentVersion: '1.0.0' },
  ])
  expect(await list({ ComponentType: 'Test' })).toEqual([])
  expect(await list({ Owner: 'ALIYUN' })).toEqual([])
  await call('DeleteImageComponent', { ImageComponentId })
  expect(await refused('DeleteImageComponent', { ImageComponentId })).toBe('InvalidImageComponentId.NotFound 404')
})

test.each([
  [{ Content: '' }, 'MissingParameter 400'],
  [{ ComponentType: 'x' }, 'InvalidParameter 400'],
  [{ ComponentVersion: '1' }, 'InvalidParameter 400'],
  [{ SystemType: 'x' }, 'InvalidParameter 400'],
])('a component is refused with %j', async (input, code) => {
  const { refused } = await builder()
  expect(await refused('CreateImageComponent', { Content: BuildContent, ...input })).toBe(code)
})

test('a pipeline shows all that it was told', async () => {
  const { call, pipeline } = await builder()
  const ImageOptions = {
    ImageName: 'built',
    ImageFamily: 'family',
    Description: 'made',
    ImageFeatures: { NvmeSupport: 'supported' },
    ImageTags: [{ Key: 'k', Value: 'v' }],
  }
  const mapping = { DiskImageSize: 40, Format: 'qcow2', OSSBucket: 'bucket', OSSObject: 'a.qcow2' }
  const imported = {
    Architecture: 'x86_64',
    BootMode: 'BIOS',
    Description: 'from there',
    Features: { ImdsSupport: 'v2', NvmeSupport: 'supported' },
    ImageName: 'raw',
    LicenseType: 'BYOL',
    OSType: 'linux',
    Platform: 'CentOS',
    RetainImportedImage: true,
    RetentionStrategy: 'RetainAlways',
    RoleName: 'AliyunECSImageImportDefaultRole',
  }
  const AdvancedOptions = { ImageNameSuffix: 'now', RetainCloudAssistant: true }
  const ImagePipelineId = await pipeline({
    BaseImageType: 'OSS',
    BaseImage: '',
    Name: 'all',
    Description: 'everything',
    AddAccount: ['1000000000000001'],
    ToRegionId: ['cn-beijing'],
    RepairMode: 'Custom',
    RepairItem: ['network'],
    AdvancedOptions,
    ImageOptions,
    ImportImageOptions: { ...imported, DiskDeviceMappings: [mapping], ImportImageTags: [{ Key: 'i', Value: 'j' }] },
  })
  const answer = await call('DescribeImagePipelines', { ImagePipelineId: [ImagePipelineId] })
  expect(answer.ImagePipeline.ImagePipelineSet[0]).toMatchObject({
    AddAccounts: { AddAccount: ['1000000000000001'] },
    ToRegionIds: { ToRegionId: ['cn-beijing'] },
    RepairItems: { RepairItem: ['network'] },
    AdvancedOptions,
    ImageOptions: { ...ImageOptions, ImageTags: { ImageTag: [{ TagKey: 'k', TagValue: 'v' }] } },
    ImportImageOptions: {
      ...imported,
      DiskDeviceMappings: { DiskDeviceMapping: [mapping] },
      ImportImageTags: { ImportImageTag: [{ Key: 'i', Value: 'j' }] },
    },
  })
  expect(strays(answer, catalogue('ecs').get('DescribeImagePipelines')?.output, 'pipelines')).toEqual([])
})

test('a pipeline builds an image step by step, and copies it', async () => {
  const { call, clock, pipeline, executions, refused } = await builder()
  const ImageOptions = { ImageName: 'built', ImageFamily: 'built', ImageTags: [{ Key: 'k', Value: 'v' }] }
  const ImagePipelineId = await pipeline({ ImageOptions, TestContent: 'RUN true', ToRegionId: ['cn-beijing'], RepairMode: 'Standard' })
  const { ExecutionId } = await call('StartImagePipelineExecution', { ImagePipelineId })
  expect(await refused('StartImagePipelineExecution', { ImagePipelineId })).toBe('OperationDenied 403')
  expect(await refused('DeleteImagePipeline', { ImagePipelineId })).toBe('OperationDenied 403')
  const seen: string[] = []
  for (let step = 0; step < 7; step++) {
    seen.push((await executions({ ExecutionId }))[0].Status)
    clock.advance(60_000)
  }
  expect(seen).toEqual(['PREPARING', 'REPAIRING', 'BUILDING', 'TESTING', 'DISTRIBUTING', 'RELEASING', 'SUCCESS'])
  const [{ ImageId }] = await executions({ ImagePipelineId, Status: 'SUCCESS' })
  const own = async (regionId: string) => (await call('DescribeImages', { ImageOwnerAlias: 'self' }, { regionId })).Images.Image
  expect(await own('cn-hangzhou')).toMatchObject([{ ImageId, ImageName: 'built', ImageFamily: 'built', Size: 40 }])
  expect(await own('cn-beijing')).toMatchObject([{ ImageName: 'built', IsCopied: true }])
  await call('DeleteImagePipeline', { ImagePipelineId })
  expect(await refused('DeleteImagePipeline', { ImagePipelineId })).toBe('InvalidImagePipelineId.NotFound 404')
})

test('an execution is cancelled', async () => {
  const { call, clock, pipeline, executions, refused } = await builder()
  const ImagePipelineId = await pipeline()
  const { ExecutionId } = await call('StartImagePipelineExecution', { ImagePipelineId, Tag: [{ Key: 'a', Value: 'b' }] })
  await call('CancelImagePipelineExecution', { ExecutionId })
  expect(await executions({ Tag: [{ Key: 'a' }] })).toMatchObject([{ ExecutionId, Status: 'CANCELLING' }])
  clock.advance(600_000)
  expect(await executions()).toMatchObject([{ ExecutionId, Status: 'CANCELLED', ImageId: '' }])
  expect(await refused('CancelImagePipelineExecution', { ExecutionId })).toBe('OperationDenied 403')
  expect(await refused('CancelImagePipelineExecution', { ExecutionId: 'exec-none' })).toBe('InvalidExecutionId.NotFound 404')
})

test.each([
  [{ BaseImage: 'm-none' }, 'InvalidImage.NotFound 404'],
  [{ BaseImageType: 'x' }, 'InvalidParameter 400'],
  [{ BaseImageType: 'IMAGE_FAMILY', BaseImage: 'none' }, 'InvalidImage.NotFound 404'],
  [{ BaseImageType: 'OSS' }, 'MissingParameter 400'],
  [{ ImageName: '1' }, 'InvalidImageName.Malformed 400'],
  [{ InstanceType: 'x' }, 'InvalidInstanceType.ValueNotSupported 400'],
  [{ SystemDiskSize: 5 }, 'InvalidParameter 400'],
  [{ ToRegionId: ['xx'] }, 'InvalidRegionId.NotFound 404'],
])('a pipeline is refused with %j', async (input, code) => {
  const { refused } = await builder()
  expect(await refused('CreateImagePipeline', { BaseImageType: 'IMAGE', BaseImage: base, ...input })).toBe(code)
})

test('the answers have the fields of the catalogue and no others', async () => {
  const { call, pipeline } = await builder()
  const Tag = [{ Key: 'a', Value: 'b' }]
  const disk = { OSSBucket: 'my-bucket', OSSObject: 'disk.raw', DiskImageSize: 20 }
  const ImportImageOptions = { ImageName: 'in', DiskDeviceMappings: [disk], ImportImageTags: Tag, Platform: 'Ubuntu' }
  const ImagePipelineId = await pipeline({ BaseImageType: 'OSS', BaseImage: '', ImportImageOptions, Tag, AddAccount: [1000000000000009] })
  await call('CreateImageComponent', { Content: BuildContent, Tag })
  await call('StartImagePipelineExecution', { ImagePipelineId, Tag })
  const found: string[] = []
  for (const action of ['DescribeImageComponents', 'DescribeImagePipelines', 'DescribeImagePipelineExecutions'])
    found.push(...strays(await call(action), catalogue('ecs').get(action)?.output, action))
  expect([...new Set(found)]).toEqual([])
})
