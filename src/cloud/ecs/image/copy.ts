import { regionFacts } from '../../../api/regions.ts'
import { demand } from '../../fault.ts'
import type { LifeContext } from '../../lifecycle.ts'
import { ecs } from '../../operation.ts'
import { demandKey } from '../disk/encryption.ts'
import { demandResourceGroup } from '../instance/places.ts'
import { copySnapshot } from '../snapshot/make.ts'
import { newTags } from '../tags.ts'
import { demandDescription, demandOneOf } from '../values.ts'
import { imageOf, visibleImage } from './find.ts'
import { demandFreeName, demandImageName, demandImageQuota, putImage, beginImage } from './new-image.ts'
import type { Image, ImageDisk } from './records.ts'
import { removeImage } from './remove.ts'

/** So many copies into a region are under way at once; more wait (that the count is by region is unconfirmed). */
const mostAtOnce = 5
const defaultKey = 'alias/acs/ecs'

const count = ({ accountId, regionId }: Image, status: 'Creating' | 'Waiting', { state }: Pick<LifeContext, 'state'>) =>
  state.images.count('copying', `${accountId}/${regionId}/${status}`)

/** Begins the copies of the snapshots; undefined when one of them is gone. */
function copiedDisks(image: Image, context: LifeContext): readonly ImageDisk[] | undefined {
  const { state } = context
  const origin = state.images.get(image.source?.imageId ?? '')
  if (origin === undefined) return undefined
  const disks: ImageDisk[] = []
  for (const disk of origin.disks) {
    const snapshot = disk.snapshotId === '' ? undefined : state.snapshots.get(disk.snapshotId)
    if (snapshot === undefined && disk.snapshotId !== '') return undefined
    const encrypted = image.source?.encrypted || disk.encrypted
    const copy =
      snapshot &&
      copySnapshot(
        // The copy is the caller's, though the image may be another account's.
        { ...snapshot, accountId: image.accountId },
        image.regionId,
        {
          snapshotName: '',
          description: '',
          snapshotType: 'user',
          retentionDays: undefined,
          resourceGroupId: '',
          tags: [],
          encrypted,
          kmsKeyId: encrypted ? image.source?.kmsKeyId || snapshot.kmsKeyId || defaultKey : '',
        },
        context,
      )
    disks.push({ ...disk, snapshotId: copy?.id ?? '', encrypted })
  }
  return disks
}

function startCopy(image: Image, context: LifeContext): void {
  const disks = copiedDisks(image, context)
  if (disks) beginImage(image, disks, context)
  else context.state.images.put({ ...image, status: 'CreateFailed' })
}

/** Lets the copies that wait begin, as many as may. */
export function nextCopies(ended: Image, context: LifeContext): void {
  const waiting = context.state.images.by('copying', `${ended.accountId}/${ended.regionId}/Waiting`)
  for (const image of waiting.slice(0, Math.max(0, mostAtOnce - count(ended, 'Creating', context)))) startCopy(image, context)
}

/** Puts a copy of an image, which begins when fewer than five others are under way. */
export function copyImage(
  origin: Image,
  asked: Pick<Image, 'accountId' | 'regionId'> & Partial<Image> & { readonly encrypted?: boolean; readonly kmsKeyId?: string },
  context: LifeContext,
): Image {
  const { encrypted = false, kmsKeyId = '', ...rest } = asked
  const image = putImage(
    {
      os: origin.os,
      imageVersion: origin.imageVersion,
      bootMode: origin.bootMode,
      imdsSupport: origin.imdsSupport,
      nvmeSupport: origin.nvmeSupport,
      secureBoot: origin.secureBoot,
      licenseType: origin.licenseType,
      ...rest,
      disks: origin.disks.map((disk) => ({ ...disk, snapshotId: '' })),
      source: { imageId: origin.id, regionId: origin.regionId, encrypted, kmsKeyId },
      status: 'Waiting',
    },
    context,
  )
  if (count(image, 'Creating', context) < mostAtOnce) startCopy(image, context)
  return image
}

/** Copies an image, the caller's own or one that is shared with it, to another region, or within its own to encrypt it. */
export const CopyImage = ecs(
  'CopyImage',
  [
    'ImageId',
    'DestinationRegionId',
    'DestinationImageName',
    'DestinationDescription',
    'Encrypted',
    'KMSKeyId',
    'EncryptAlgorithm',
    'ResourceGroupId',
    'Tag',
  ],
  (input, context) => {
    const { state, accountId } = context
    const origin = visibleImage(input.ImageId, context)
    demand(origin, 'InvalidImageId.NotFound', 'The specified ImageId does not exist.', 404)
    const regionId = input.DestinationRegionId || context.regionId
    demand(regionFacts(regionId), 'DestinationRegion.NotFound', 'The specified DestinationRegionId does not exist.')
    const encrypts = input.Encrypted === true
    demand(regionId !== origin.regionId || encrypts, 'IncorrectDestinationRegion', 'The image is in the destination region already.')
    demand(origin.status === 'Available', 'IncorrectImageStatus', 'The current status of the image does not support this operation.')
    demandImageName(input.DestinationImageName)
    demandDescription(input.DestinationDescription, 'DestinationDescription', 'InvalidDescription.Malformed', 400)
    demandOneOf(input.EncryptAlgorithm, ['aes-256', 'sm4-128'], 'EncryptAlgorithm', 'InvalidParameter')
    demand(encrypts || !input.KMSKeyId, 'InvalidParameter.EncryptedIllegal', 'The KMSKeyId is for encrypted copies only.', 400)
    demandKey(input.KMSKeyId)
    const resourceGroupId = demandResourceGroup(input.ResourceGroupId)
    const tags = newTags(input.Tag)
    const place = { accountId, regionId }
    demandFreeName(input.DestinationImageName, place, state)
    demandImageQuota(place, state)
    const copy = copyImage(
      origin,
      {
        ...place,
        imageName: input.DestinationImageName ?? '',
        description: input.DestinationDescription ?? '',
        encrypted: encrypts,
        kmsKeyId: input.KMSKeyId ?? '',
        resourceGroupId,
        tags,
      },
      context,
    )
    return { ImageId: copy.id }
  },
)

/** Ends a copy that is under way or waits; it goes, and the snapshots made for it. RegionId is where the copy is made. */
export const CancelCopyImage = ecs('CancelCopyImage', ['ImageId'], ({ ImageId }, context) => {
  const image = imageOf(ImageId, context)
  demand(image.source, 'ImageCreatedNotFromCopy', 'The specified image is no copy.')
  const under = image.status === 'Creating' || image.status === 'Waiting'
  demand(under, 'IncorrectImageStatus', 'The current status of the image does not support this operation.')
  for (const { snapshotId } of image.disks) if (snapshotId) context.state.snapshots.delete(snapshotId)
  removeImage(image, context)
  nextCopies(image, context)
  return {}
})
