import type { PublicImage } from '../../../api/images.ts'
import { toSeconds } from '../../../api/time.ts'
import type { State } from '../../state.ts'
import { progressOf as snapshotProgress } from '../snapshot/view.ts'
import { shownTags } from '../tags.ts'
import type { Image, ImageDisk } from './records.ts'

/** Whose eyes see an image, and when. */
export interface Looker {
  readonly state: Pick<State, 'snapshots' | 'instances'>
  readonly accountId: string
  readonly now: number
}

/** How far an image is, in percent: under way it never says 100. */
export function progressOf({ status, createdAt, readyAt }: Image, now: number): number {
  if (status === 'Creating' || status === 'Waiting')
    return Math.max(0, Math.min(99, Math.floor((100 * (now - createdAt)) / Math.max(1, readyAt - createdAt))))
  return status === 'CreateFailed' ? 0 : 100
}

function diskView(disk: ImageDisk, { state, now }: Looker) {
  const snapshot = state.snapshots.get(disk.snapshotId)
  const { percent, remainSeconds } = snapshot ? snapshotProgress(snapshot, now) : { percent: 100, remainSeconds: 0 }
  return {
    Device: disk.device,
    Type: disk.type,
    Size: String(disk.size),
    SnapshotId: disk.snapshotId,
    Encrypted: disk.encrypted,
    Format: disk.imported?.format ?? '',
    ImportOSSBucket: disk.imported?.bucket ?? '',
    ImportOSSObject: disk.imported?.object ?? '',
    Progress: `${percent}%`,
    RemainTime: remainSeconds,
  }
}

/** What the examination of an image found: nothing here is ever wrong with one. */
const detection = ({ status }: Image) => ({
  Status: status === 'Creating' || status === 'Waiting' ? 'Processing' : 'Finished',
  Items: { Item: [] },
})

/** Empty for an image that the account does not own; otherwise whether it is shared. */
const selfShared = (image: Image, own: boolean) => (own ? (image.sharedWith.length > 0 ? 'True' : 'False') : '')

/** An account's image as DescribeImages shows it: the answer depends on who looks, and on the clock until it is done. */
export function imageView(image: Image, looker: Looker) {
  const own = image.accountId === looker.accountId
  return {
    ImageId: image.id,
    ImageName: image.imageName,
    Description: image.description,
    ImageFamily: image.imageFamily,
    ImageVersion: image.imageVersion,
    ImageOwnerAlias: own ? 'self' : 'others',
    ImageOwnerId: Number(image.accountId),
    IsPublic: image.isPublic,
    IsSelfShared: selfShared(image, own),
    IsSubscribed: false,
    IsCopied: image.source !== undefined,
    IsSupportCloudinit: true,
    IsSupportIoOptimized: true,
    OSType: image.os.type,
    Platform: image.os.platform,
    OSName: image.os.name,
    OSNameEn: image.os.nameEn,
    Architecture: image.os.architecture,
    BootMode: image.bootMode,
    Features: { ImdsSupport: image.imdsSupport, NvmeSupport: image.nvmeSupport },
    SecureBootOptions: { SecureBootSupport: image.secureBoot },
    ...(image.detected && { DetectionOptions: detection(image) }),
    LicenseType: image.licenseType,
    LoginAsNonRootSupported: false,
    ProductCode: '',
    SupplierName: '',
    Usage: looker.state.instances.count('image', image.id) > 0 ? 'instance' : 'none',
    Size: image.size,
    Status: image.status,
    Progress: `${progressOf(image, looker.now)}%`,
    Usable: image.status === 'Available' || image.status === 'Deprecated',
    CreationTime: toSeconds(image.createdAt),
    DiskDeviceMappings: { DiskDeviceMapping: image.disks.map((disk) => diskView(disk, looker)) },
    ResourceGroupId: own ? image.resourceGroupId : '',
    // Whoever it is shared with does not see its tags (unconfirmed).
    Tags: shownTags(own ? image.tags : []),
  }
}

/** A public image as DescribeImages shows it. */
export const publicView = (image: PublicImage) => ({ ...image, ImageOwnerId: 0, Usable: true })
