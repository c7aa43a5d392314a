import { type PublicImage, publicImages } from '../../../api/images.ts'
import type { InstanceType } from '../../../api/instance-types.ts'
import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { owned } from '../../owned.ts'
import type { State } from '../../state.ts'
import type { Instance, OperatingSystem } from '../records.ts'
import type { Image, ImageDisk } from './records.ts'

type Place = Pick<Context, 'state' | 'accountId' | 'regionId'>

/** As much of an image as a launch takes, public or not. */
export interface UsableImage extends Pick<PublicImage, 'ImageId' | 'OSType' | 'Architecture' | 'Size'> {
  /** Of an image of an account's own: what its instances are told to run. */
  readonly os: OperatingSystem | undefined
  /** The data disks that its instances get. */
  readonly dataDisks: readonly ImageDisk[]
  readonly encrypted: boolean
}

const notFound = 'The specified ImageId does not exist.'

/**
 * The caller's own image: in the region asked for, or in any for a call that takes no RegionId.
 * @throws Fault InvalidImageId.NotFound
 */
export function imageOf(id: string, context: Place): Image {
  const image = owned(context.state.images.get(id), context)
  demand(image, 'InvalidImageId.NotFound', notFound, 404)
  return image
}

/** Whether an image is the account's own, shared with it, or shared with all. */
export const isVisible = (image: Image, accountId: string): boolean =>
  image.accountId === accountId || image.isPublic || image.sharedWith.some((share) => share.accountId === accountId)

/** The account's own image, or one that is shared with it; undefined where it sees none of that id. */
export function visibleImage(id: string, { state, accountId, regionId }: Place): Image | undefined {
  const image = state.images.get(id)
  const there = image && (regionId === '' || image.regionId === regionId) && isVisible(image, accountId)
  return there ? image : undefined
}

const usable = ({ ImageId, OSType, Architecture, Size }: PublicImage): UsableImage => ({
  ImageId,
  OSType,
  Architecture,
  Size,
  os: undefined,
  dataDisks: [],
  encrypted: false,
})

const ofAccount = (image: Image): UsableImage => ({
  ImageId: image.id,
  OSType: image.os.type,
  Architecture: image.os.architecture,
  Size: image.size,
  os: image.nvmeSupport ? { ...image.os, nvme: image.nvmeSupport === 'supported' } : image.os,
  dataDisks: image.disks.filter((disk) => disk.type === 'data'),
  encrypted: image.disks.some((disk) => disk.type === 'system' && disk.encrypted),
})

/**
 * The image of that id, public, own or shared, when something can be made of it. One that is Deprecated can (unconfirmed).
 * @throws Fault InvalidImageId.NotFound, IncorrectImageStatus
 */
export function usableImage(id: string, context: Place): UsableImage {
  const known = publicImages().get(id)
  if (known) return usable(known)
  const image = visibleImage(id, context)
  demand(image, 'InvalidImageId.NotFound', notFound, 404)
  const ready = image.status === 'Available' || image.status === 'Deprecated'
  demand(ready, 'IncorrectImageStatus', 'The current status of the image does not support this operation.')
  return ofAccount(image)
}

/** The account's newest Available image of a family. */
export const newestOfFamily = (family: string, { state, accountId, regionId }: Place): Image | undefined =>
  state.images.list({ accountId, regionId, by: { family, status: 'Available' } }).slice(0, 1)[0]

/**
 * The newest image of a family that is Available: the caller's own, or a public one.
 * @throws Fault InvalidImageId.NotFound
 */
export function usableOfFamily(family: string, context: Place): UsableImage {
  const own = newestOfFamily(family, context)
  if (own) return ofAccount(own)
  const newest = newestPublic(family)
  demand(newest, 'InvalidImageId.NotFound', notFound, 404)
  return usable(newest)
}

/** The newest public image of a family. */
export const newestPublic = (family: string): PublicImage | undefined =>
  [...publicImages().values()]
    .filter((image) => image.ImageFamily === family)
    .toSorted((a, b) => (a.CreationTime < b.CreationTime ? 1 : -1))[0]

/** @throws Fault ImageNotSupportInstanceType where the image is made for another processor */
export function demandRunsOn(image: Pick<UsableImage, 'Architecture'>, type: Pick<InstanceType, 'CpuArchitecture'> | undefined): void {
  const fits = (image.Architecture === 'arm64') === (type?.CpuArchitecture === 'ARM')
  demand(fits, 'ImageNotSupportInstanceType', 'The specified image does not support the specified instance type.')
}

/** A public image's system in the form that rows keep. */
export const systemOf = (image: PublicImage): OperatingSystem => ({
  type: image.OSType,
  platform: image.Platform,
  name: image.OSName,
  nameEn: image.OSNameEn,
  architecture: image.Architecture,
})

/** What runs on an instance; undefined where its image is not known any more. */
export function osOf(instance: Pick<Instance, 'imageId' | 'os'>): OperatingSystem | undefined {
  if (instance.os) return instance.os
  const image = publicImages().get(instance.imageId)
  return image && systemOf(image)
}

/** `windows` or `linux`, which an instance of an unknown image is taken to run. */
export const osTypeOf = (instance: Pick<Instance, 'imageId' | 'os'>): 'linux' | 'windows' => osOf(instance)?.type ?? 'linux'

/** What an image, whoever's it is, says of its system. */
export function osOfImage(id: string, { images }: Pick<State, 'images'>): OperatingSystem | undefined {
  const known = publicImages().get(id)
  return known ? systemOf(known) : images.get(id)?.os
}
