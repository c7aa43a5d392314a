import { publicImages } from '../../api/images.ts'
import type { Image, ImageDisk } from '../ecs/image/records.ts'
import type { OperatingSystem } from '../ecs/records.ts'
import { type Origin, owner, tagsOf, timeOf } from './fields.ts'
import type { ImageView, InstanceView } from './views.ts'

interface SystemView {
  readonly OSType?: string | undefined
  readonly OSName?: string | undefined
  readonly OSNameEn?: string | undefined
  readonly Platform?: string | undefined
  readonly Architecture?: string | undefined
}

const systemOf = ({ OSType, OSName, OSNameEn, Platform, Architecture }: SystemView): OperatingSystem => ({
  type: OSType === 'windows' ? 'windows' : 'linux',
  platform: Platform ?? '',
  name: OSName ?? '',
  nameEn: OSNameEn ?? '',
  architecture: Architecture || 'x86_64',
})

/** What runs on an instance, where its image is none that a local cloud has for everyone. */
export function systemOfInstance(view: InstanceView, images: readonly ImageView[]): OperatingSystem | undefined {
  if (publicImages().has(view.ImageId ?? '')) return undefined
  const nvme = view.ImageOptions?.CurrentOSNVMeSupported
  return { ...systemOf({ ...images.find(({ ImageId }) => ImageId === view.ImageId), ...view }), ...(nvme !== undefined && { nvme }) }
}

const diskOf = (view: NonNullable<NonNullable<ImageView['DiskDeviceMappings']>['DiskDeviceMapping']>[number]): ImageDisk => ({
  device: view.Device ?? '',
  type: view.Type === 'data' ? 'data' : 'system',
  size: Number(view.Size) || 0,
  snapshotId: view.SnapshotId ?? '',
  encrypted: view.Encrypted ?? false,
})

/** An image of the account's own, or one that is shared with it, which is its own in the twin. */
export const imageRow = (view: ImageView, origin: Origin): Image => ({
  ...owner(origin),
  id: view.ImageId ?? '',
  status: 'Available',
  readyAt: timeOf(view.CreationTime) ?? origin.now,
  createdAt: timeOf(view.CreationTime) ?? origin.now,
  imageName: view.ImageName ?? '',
  description: view.Description ?? '',
  imageFamily: view.ImageFamily ?? '',
  imageVersion: view.ImageVersion ?? '',
  os: systemOf(view),
  size: view.Size ?? 0,
  disks: (view.DiskDeviceMappings?.DiskDeviceMapping ?? []).map((disk) => diskOf(disk)),
  bootMode: view.BootMode ?? '',
  imdsSupport: view.Features?.ImdsSupport ?? '',
  nvmeSupport: view.Features?.NvmeSupport ?? '',
  secureBoot: view.SecureBootOptions?.SecureBootSupport ?? '',
  licenseType: view.LicenseType ?? '',
  detected: view.DetectionOptions !== undefined,
  sharedWith: [],
  isPublic: false,
  resourceGroupId: view.ResourceGroupId ?? '',
  tags: tagsOf(view.Tags),
})
