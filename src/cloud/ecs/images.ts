import { type PublicImage, publicImages } from '../../api/images.ts'
import { instanceTypes } from '../../api/instance-types.ts'
import { parseTime } from '../../api/time.ts'
import { demand } from '../fault.ts'
import { ecs } from '../operation.ts'
import { page } from '../paging.ts'
import { listed } from '../rows.ts'
import { tagTest } from './tags.ts'
import { demandOneOf, equalities, named, passes, type Test } from './values.ts'

const statuses = ['Creating', 'Waiting', 'Available', 'UnAvailable', 'CreateFailed', 'Deprecated', 'ALL']
const mostIds = 100

const view = (image: PublicImage) => ({ ...image, ImageOwnerId: 0, Usable: true })

/** `*` stands for any text; without one the name only has to contain the text. */
const nameTest = (pattern: string | undefined) =>
  named<PublicImage>(pattern && !pattern.includes('*') ? `*${pattern}*` : pattern, (image) => image.ImageName)

/** Ids and states come as comma-separated lists. */
const listOf = (text: string) => text.split(',').map((one) => one.trim())

function idTest(text: string | undefined): Test<PublicImage> {
  if (!text) return undefined
  const wanted = new Set(listOf(text))
  demand(wanted.size <= mostIds, 'InvalidParameter', 'At most 100 image ids can be given.')
  return (image) => wanted.has(image.ImageId)
}

/** Every public image is Available, so all that is asked is whether the list has it. */
function statusTest(text: string | undefined): Test<PublicImage> {
  const wanted = listOf(text || 'Available')
  for (const status of wanted) demandOneOf(status, statuses, 'Status', 'InvalidStatus.ValueNotSupported')
  return wanted.includes('Available') || wanted.includes('ALL') ? undefined : () => false
}

/** The images that run on a type: those made for its processor. */
function typeTest(id: string | undefined): Test<PublicImage> {
  if (!id) return undefined
  const type = instanceTypes().get(id)
  demand(type, 'InvalidInstanceType.ValueNotSupported', 'The specified InstanceType is not valid.', 400)
  return (image) => (image.Architecture === 'arm64') === (type.CpuArchitecture === 'ARM')
}

function timeTests(
  filters: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] = [],
): Test<PublicImage>[] {
  return filters.map(({ Key, Value = '' }) => {
    const known = Key === 'CreationStartTime' || Key === 'CreationEndTime'
    demand(known, 'InvalidFilterKey.NotFound', 'The specified Filter.n.Key does not exist.', 404)
    const at = parseTime(Value)
    demand(at !== undefined, 'InvalidFilterValue', 'The specified Filter.n.Value is not valid.')
    const made = (image: PublicImage) => parseTime(image.CreationTime) ?? 0
    return Key === 'CreationStartTime' ? (image) => made(image) >= at : (image) => made(image) <= at
  })
}

/** Public images are all that an account has here so far; they are the same in every region. */
export const DescribeImages = ecs(
  'DescribeImages',
  [
    'ImageId',
    'ImageName',
    'ImageFamily',
    'ImageOwnerAlias',
    'ImageOwnerId',
    'Status',
    'OSType',
    'Architecture',
    'Usage',
    'Usable',
    'InstanceType',
    'IsSupportCloudinit',
    'IsSupportIoOptimized',
    'IsPublic',
    'SnapshotId',
    'ResourceGroupId',
    'ShowExpired',
    'ActionType',
    'Tag',
    'Filter',
    'PageNumber',
    'PageSize',
  ],
  (input, { regionId }) => {
    demandOneOf(input.Architecture, ['x86_64', 'i386', 'arm64'], 'Architecture', 'InvalidArchitecture', 404)
    demandOneOf(input.OSType, ['linux', 'windows'], 'OSType', 'InvalidOSType', 404)
    demandOneOf(input.Usage, ['instance', 'none'], 'Usage', 'InvalidUsage', 404)
    const aliases = ['system', 'self', 'others', 'marketplace']
    demandOneOf(input.ImageOwnerAlias, aliases, 'ImageOwnerAlias', 'InvalidImageOwnerAlias.ValueNotSupported')
    demandOneOf(input.ActionType, ['CreateEcs', 'ChangeOS'], 'ActionType', 'InvalidParameter')
    const tagged = tagTest(input.Tag)
    const tests: Test<PublicImage>[] = [
      idTest(input.ImageId),
      nameTest(input.ImageName),
      statusTest(input.Status),
      typeTest(input.InstanceType),
      tagged && (() => tagged({ tags: [] })),
      ...timeTests(input.Filter),
      ...equalities<PublicImage, typeof input>(input, {
        ImageFamily: (image) => image.ImageFamily,
        ImageOwnerAlias: () => 'system',
        ImageOwnerId: () => 0,
        OSType: (image) => image.OSType,
        Architecture: (image) => image.Architecture,
        Usage: (image) => image.Usage,
        Usable: () => true,
        IsSupportCloudinit: (image) => image.IsSupportCloudinit,
        IsSupportIoOptimized: (image) => image.IsSupportIoOptimized,
        IsPublic: () => true,
        SnapshotId: () => undefined,
        ResourceGroupId: () => undefined,
      }),
    ]
    const { rows, fields } = page([...publicImages().values()].filter(passes(tests) ?? (() => true)), input, { maxSize: 100 })
    const { NextToken: _token, ...counts } = fields
    return { Images: { Image: listed(rows, view) }, RegionId: regionId, ...counts }
  },
)
