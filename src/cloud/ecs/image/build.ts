import { publicImages } from '../../../api/images.ts'
import type { LifeContext } from '../../lifecycle.ts'
import { imageKey } from '../../state.ts'
import type { OperatingSystem } from '../records.ts'
import type { ImagePipeline } from './builder-records.ts'
import { copyImage } from './copy.ts'
import { newestOfFamily, newestPublic, osOfImage, systemOf, visibleImage } from './find.ts'
import { osOfPlatform, putImage } from './new-image.ts'
import type { Image } from './records.ts'
import { importedDisks, newSnapshot } from './transfer.ts'

/** What a pipeline begins with: its system and the size of its system disk. */
interface Base {
  readonly os: OperatingSystem
  readonly size: number
}

function baseOf({ baseImageType, baseImage, imported, ...place }: ImagePipeline, { state }: LifeContext): Base | undefined {
  if (baseImageType === 'OSS') {
    const [disk] = importedDisks(imported?.DiskDeviceMappings ?? [])
    return disk && { os: osOfPlatform(imported?.Platform || 'Others Linux', imported?.Architecture), size: disk.size }
  }
  const context = { state, accountId: place.accountId, regionId: place.regionId }
  const known = baseImageType === 'IMAGE' ? publicImages().get(baseImage) : newestPublic(baseImage)
  const own = baseImageType === 'IMAGE' ? visibleImage(baseImage, context) : newestOfFamily(baseImage, context)
  if (own) return { os: osOfImage(own.id, state) ?? own.os, size: own.size }
  return known && { os: systemOf(known), size: known.Size }
}

/** The name of a pipeline's image; the time keeps those of one pipeline apart where the name is taken (unconfirmed). */
function freeName(wanted: string, { accountId, regionId }: ImagePipeline, { state, now }: LifeContext): string {
  const taken = wanted !== '' && state.images.count('name', imageKey({ accountId, regionId, imageName: wanted })) > 0
  return taken ? `${wanted.slice(0, 110)}-${now}` : wanted
}

/** Begins the image of a pipeline; undefined when what it begins with is not there any more. */
export function buildImage(pipeline: ImagePipeline, context: LifeContext): Image | undefined {
  const base = baseOf(pipeline, context)
  if (base === undefined) return undefined
  const { accountId, regionId, image, advanced, resourceGroupId } = pipeline
  const size = Math.max(base.size, pipeline.systemDiskSize)
  const { id: snapshotId } = newSnapshot({ type: 'system', size }, { ...context, accountId, regionId })
  const nvme = image.ImageFeatures?.NvmeSupport
  return putImage(
    {
      accountId,
      regionId,
      os: base.os,
      disks: [{ device: '/dev/xvda', type: 'system', size, snapshotId, encrypted: false }],
      imageName: freeName(image.ImageName ? `${image.ImageName}${advanced.ImageNameSuffix ?? ''}` : '', pipeline, context),
      imageFamily: image.ImageFamily ?? '',
      description: image.Description ?? '',
      ...(nvme && nvme !== 'auto' && { nvmeSupport: nvme }),
      resourceGroupId,
      tags: (image.ImageTags ?? []).map(({ Key = '', Value = '' }) => ({ key: Key, value: Value })),
    },
    context,
  )
}

/** Shares a built image with the accounts of its pipeline that there are, and copies it to the other regions. */
export function distributeImage(id: string, pipeline: ImagePipeline, context: LifeContext): void {
  const { state, now } = context
  const built = state.images.get(id)
  if (built === undefined) return
  const known = [...new Set(pipeline.addAccounts)].filter((account) => account !== built.accountId && state.accounts.get(account))
  const image = state.images.put({ ...built, sharedWith: known.map((accountId) => ({ accountId, at: now })) })
  const { accountId, tags, imageFamily, description } = image
  for (const regionId of new Set(pipeline.toRegionIds)) {
    const imageName = image.imageName === id ? '' : freeName(image.imageName, { ...pipeline, regionId }, context)
    if (regionId !== image.regionId) copyImage(image, { accountId, regionId, imageName, imageFamily, description, tags }, context)
  }
}
