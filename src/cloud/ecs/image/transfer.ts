import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { demandResourceGroup } from '../instance/places.ts'
import { begin } from '../snapshot/make.ts'
import { beginTask } from '../task/begin.ts'
import { newTags } from '../tags.ts'
import { demandDescription, demandOneOf } from '../values.ts'
import { imageOf } from './find.ts'
import { demandFreeName, demandImageName, demandImageQuota, featuresOf, osOfPlatform, putImage } from './new-image.ts'
import type { ImageDisk } from './records.ts'

const mostDisks = 17
/** Milliseconds of the cloud's time that a GiB takes to come in or go out (unconfirmed). */
const perGiBMs = 2_000
const leastMs = 60_000
const mostExports = 5

/** Buckets are another product's: any of the right form is taken as one that exists. */
export const bucketForm = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/

/** How long so many GiB take. */
export const transferMs = (gib: number): number => leastMs + gib * perGiBMs

export interface ImportedDisk {
  readonly DiskImSize?: number | undefined
  readonly DiskImageSize?: number | undefined
  readonly Format?: string | undefined
  readonly OSSBucket?: string | undefined
  readonly OSSObject?: string | undefined
  readonly Device?: string | undefined
}

/** The first disk is the system disk; sizes are GiB, 40 where none is given (unconfirmed). */
function importedDisk(disk: ImportedDisk, index: number): ImageDisk {
  const object = disk.OSSObject ?? ''
  const [bucket, size] = [disk.OSSBucket ?? '', disk.DiskImageSize ?? disk.DiskImSize ?? 40]
  demand(bucketForm.test(bucket), 'InvalidOSSBucket.NotFound', 'The specified OSSBucket does not exist.')
  const named = object.length > 0 && object.length <= 1_023 && !/^[/\\]/.test(object)
  demand(named, 'InvalidOSSObject.Malformed', 'The specified OSSObject is not valid.')
  const format = (disk.Format || object.split('.').at(-1) || '').toUpperCase()
  demand(['RAW', 'VHD', 'QCOW2'].includes(format), 'InvalidFormat.Malformed', 'The specified DiskDeviceMapping.n.Format is not valid.')
  const system = index === 0
  const fits = Number.isInteger(size) && size >= (system ? 1 : 5) && size <= (system ? 2_048 : 32_768)
  demand(fits, system ? 'InvalidImageSize' : 'InvalidDataDiskSize', 'The specified DiskDeviceMapping.n.DiskImageSize is not valid.')
  const device = disk.Device || `/dev/xvd${String.fromCharCode(97 + index)}`
  const there = system ? device === '/dev/xvda' : /^\/dev\/xvd[b-z]$/.test(device)
  demand(there, 'InvalidParameter', 'The specified DiskDeviceMapping.n.Device is not valid.')
  return { device, type: system ? 'system' : 'data', size, snapshotId: '', encrypted: false, imported: { format, bucket, object } }
}

type SnapshotPlace = Pick<Context, 'accountId' | 'regionId'> & Parameters<typeof begin>[1]

/** The disks that are imported, checked; none has a snapshot yet. */
export function importedDisks(given: readonly ImportedDisk[]): ImageDisk[] {
  demand(given.length > 0, 'MissingParameter.DiskDeviceMapping', 'At least one DiskDeviceMapping must be given.')
  demand(given.length <= mostDisks, 'InvalidParameter', `At most ${mostDisks} DiskDeviceMapping can be given.`)
  const disks = given.map(importedDisk)
  const double = new Set(disks.map((disk) => disk.device)).size < disks.length
  demand(!double, 'InvalidDevice.InUse', 'The specified device has been occupied.', 400)
  return disks
}

/** A snapshot that no disk was there for. */
export const newSnapshot = ({ type, size }: Pick<ImageDisk, 'type' | 'size'>, context: SnapshotPlace) =>
  begin(
    {
      accountId: context.accountId,
      regionId: context.regionId,
      snapshotName: '',
      description: '',
      snapshotType: 'user',
      category: 'Standard',
      retentionDays: undefined,
      instantAccess: false,
      instantAccessRetentionDays: undefined,
      resourceGroupId: '',
      tags: [],
      sourceDiskId: '',
      sourceDiskType: type,
      sourceDiskSize: size,
      sourceStorageType: 'disk',
      encrypted: false,
      kmsKeyId: '',
      sourceSnapshotId: '',
      sourceRegionId: '',
    },
    context,
  )

const gibOf = (disks: readonly ImageDisk[]) => disks.reduce((sum, disk) => sum + disk.size, 0)

/** The task and the image are there at once; the image is Available when the task is Finished. Nothing is read from any bucket. */
export const ImportImage = ecs(
  'ImportImage',
  [
    'DiskDeviceMapping',
    'ImageName',
    'Description',
    'OSType',
    'Platform',
    'Architecture',
    'BootMode',
    'Features',
    'LicenseType',
    'RoleName',
    'DetectionStrategy',
    'ResourceGroupId',
    'Tag',
  ],
  (input, context) => {
    const { state, accountId, regionId } = context
    demandImageName(input.ImageName)
    demandDescription(input.Description, 'Description', 'InvalidDescription.Malformed', 400)
    demandOneOf(input.OSType, ['linux', 'windows'], 'OSType', 'InvalidOSType.Malformed')
    demandOneOf(input.Architecture, ['i386', 'x86_64', 'arm64'], 'Architecture', 'InvalidArchitecture.Malformed', 400)
    demandOneOf(input.LicenseType, ['Auto', 'Aliyun', 'BYOL'], 'LicenseType', 'InvalidLicenseType.NotSupported')
    const windows = input.OSType === 'windows' || input.Platform?.includes('Windows')
    const os = osOfPlatform(input.Platform || (windows ? 'Other Windows' : 'Others Linux'), input.Architecture)
    demand(!input.OSType || input.OSType === os.type, 'InvalidPlatform.Malformed', 'The specified Platform does not go with the OSType.')
    const features = featuresOf(input)
    const resourceGroupId = demandResourceGroup(input.ResourceGroupId)
    const tags = newTags(input.Tag)
    demandFreeName(input.ImageName, context, state)
    demandImageQuota(context, state)
    const disks = importedDisks(input.DiskDeviceMapping ?? []).map((disk) => ({ ...disk, snapshotId: newSnapshot(disk, context).id }))
    const image = putImage(
      {
        accountId,
        regionId,
        os,
        disks,
        imageName: input.ImageName ?? '',
        description: input.Description ?? '',
        licenseType: input.LicenseType || 'Auto',
        detected: Boolean(input.DetectionStrategy),
        ...features,
        resourceGroupId,
        tags,
      },
      context,
      transferMs(gibOf(disks)),
    )
    const task = beginTask({ accountId, regionId, action: 'ImportImage', resourceId: image.id }, image.readyAt - context.now, context)
    state.images.put({ ...image, importTaskId: task.id })
    return { ImageId: image.id, RegionId: regionId, TaskId: task.id }
  },
)

/** Exports to a bucket, into which nothing is written here: the task alone tells of it. */
export const ExportImage = ecs('ExportImage', ['ImageId', 'OSSBucket', 'OSSPrefix', 'ImageFormat', 'RoleName'], (input, context) => {
  const { state } = context
  const image = imageOf(input.ImageId, context)
  demand(bucketForm.test(input.OSSBucket), 'InvalidOSSBucket.NotFound', 'The specified OSSBucket does not exist.')
  const prefix = input.OSSPrefix ?? ''
  demand(/^[A-Za-z0-9]{0,30}$/.test(prefix), 'InvalidOSSPrefix.Malformed', 'The specified OSSPrefix is not valid.')
  const format = input.ImageFormat?.toLowerCase()
  demandOneOf(format, ['raw', 'vhd', 'qcow2', 'vmdk', 'vdi'], 'ImageFormat', 'InvalidImageFormat.Malformed')
  demand(!image.exportTaskId, 'ImageIsExporting', 'The specified image is being exported.')
  demand(image.status === 'Available', 'IncorrectImageStatus', 'The current status of the image does not support this operation.')
  const plain = image.disks.every((disk) => !disk.encrypted)
  demand(plain, 'ImageNotSupported', 'An image with encrypted disks cannot be exported.')
  const { accountId, regionId } = image
  const under = state.tasks.select({
    accountId,
    regionId,
    where: ({ action, status }) => action === 'ExportImage' && status === 'Processing',
  })
  demand(under.length < mostExports, 'ConcurrentQuotaExceed.ExportImage', `At most ${mostExports} images are exported at a time.`)
  const durationMs = transferMs(gibOf(image.disks))
  const task = beginTask({ accountId, regionId, action: 'ExportImage', resourceId: image.id }, durationMs, context)
  state.images.put({ ...image, exportTaskId: task.id })
  context.schedule('image.exported', image.id, durationMs)
  return { RegionId: regionId, TaskId: task.id }
})
