import { type PublicImage, publicImages } from '../../api/images.ts'
import { demand } from '../fault.ts'
import { ecs } from '../operation.ts'
import { page } from '../paging.ts'
import { listed } from '../rows.ts'

const statuses = ['Creating', 'Waiting', 'Available', 'UnAvailable', 'CreateFailed', 'Deprecated']
const view = (image: PublicImage) => ({ ...image, ImageOwnerId: 0 })

/** `*` stands for any text; without one the name only has to contain the text. */
function named(pattern: string): (name: string) => boolean {
  if (!pattern.includes('*')) return (name) => name.includes(pattern)
  const parts = pattern.split('*')
  return (name) => {
    let at = 0
    return parts.every((part, index) => {
      const found =
        index === 0
          ? name.startsWith(part)
            ? 0
            : -1
          : index === parts.length - 1 && part !== ''
            ? name.lastIndexOf(part)
            : name.indexOf(part, at)
      const fits = found >= at && (index < parts.length - 1 || part === '' || found + part.length === name.length)
      at = found + part.length
      return fits
    })
  }
}

/** Public images are all that a fresh account has; they are the same in every region. */
export const DescribeImages = ecs(
  'DescribeImages',
  [
    'ImageId',
    'ImageName',
    'ImageFamily',
    'ImageOwnerAlias',
    'Status',
    'OSType',
    'Architecture',
    'Usage',
    'IsSupportCloudinit',
    'IsSupportIoOptimized',
    'IsPublic',
    'ActionType',
    'PageNumber',
    'PageSize',
  ],
  (input) => {
    const wanted = input.ImageId?.split(',').map((id) => id.trim())
    demand((wanted?.length ?? 0) <= 100, 'InvalidParameter', 'At most 100 image ids can be given.')
    const status = (input.Status ?? 'Available').split(',')
    demand(
      status.every((one) => one === 'ALL' || statuses.includes(one)),
      'InvalidStatus.ValueNotSupported',
      'The specified Status is not supported.',
    )
    const name = named(input.ImageName ?? '')
    const found = [...publicImages().values()].filter(
      (image) =>
        (wanted === undefined || wanted.includes(image.ImageId)) &&
        name(image.ImageName) &&
        (input.ImageFamily === undefined || input.ImageFamily === image.ImageFamily) &&
        (input.ImageOwnerAlias === undefined || input.ImageOwnerAlias === 'system') &&
        (input.OSType === undefined || input.OSType === image.OSType) &&
        (input.Architecture === undefined || input.Architecture === image.Architecture) &&
        (input.Usage === undefined || input.Usage === image.Usage) &&
        (input.IsSupportCloudinit === undefined || input.IsSupportCloudinit === image.IsSupportCloudinit) &&
        input.IsPublic !== false &&
        (status.includes('ALL') || status.includes('Available')),
    )
    const { rows, fields } = page(found, input, { maxSize: 100 })
    const { NextToken: _token, ...counts } = fields
    return { Images: { Image: listed(rows, view) }, ...counts }
  },
)
