import { type PublicImage, publicImages } from '../../../api/images.ts'
import { instanceTypeOf } from '../../../api/instance-types.ts'
import { parseTime } from '../../../api/time.ts'
import type { Sliceable } from '../../engine/table.ts'
import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { page } from '../../paging.ts'
import type { State } from '../../state.ts'
import { tagTest } from '../tags.ts'
import { demandOneOf, equalities, named, passes, type Test } from '../values.ts'
import { newestOfFamily, newestPublic } from './find.ts'
import type { Image } from './records.ts'
import { imageView, publicView } from './view.ts'

const statuses = ['Creating', 'Waiting', 'Available', 'UnAvailable', 'CreateFailed', 'Deprecated', 'ALL']
const aliases = ['system', 'self', 'others', 'marketplace']
const mostIds = 100

/** As much of an image as the filters look at, whoever made it. */
interface Seen {
  readonly ImageId: string
  readonly ImageName: string
  readonly createdAt: number
  readonly image?: Image
  readonly known?: PublicImage
}

const seenImage = (image: Image): Seen => ({ ImageId: image.id, ImageName: image.imageName, createdAt: image.createdAt, image })
const seenPublic = (known: PublicImage): Seen => ({
  ImageId: known.ImageId,
  ImageName: known.ImageName,
  createdAt: parseTime(known.CreationTime) ?? 0,
  known,
})

/** `*` stands for any text; without one the name only has to contain the text. */
const nameTest = (pattern: string | undefined) =>
  named<Seen>(pattern && !pattern.includes('*') ? `*${pattern}*` : pattern, (image) => image.ImageName)

/** Ids and states come as comma-separated lists. */
const listOf = (text: string) => text.split(',', mostIds + 1).map((one) => one.trim())

function idsOf(text: string | undefined): ReadonlySet<string> | undefined {
  if (!text) return undefined
  const wanted = new Set(listOf(text))
  demand(wanted.size <= mostIds, 'InvalidParameter', 'At most 100 image ids can be given.')
  return wanted
}

/** The states asked for; undefined for all of them. */
function statusesOf(text: string | undefined): ReadonlySet<string> | undefined {
  const wanted = listOf(text || 'Available')
  for (const status of wanted) demandOneOf(status, statuses, 'Status', 'InvalidStatus.ValueNotSupported')
  return wanted.includes('ALL') ? undefined : new Set(wanted)
}

/** The images that run on a type: those made for its processor. */
function typeTest(id: string | undefined): Test<Seen> {
  if (!id) return undefined
  const type = instanceTypeOf(id)
  demand(type, 'InvalidInstanceType.ValueNotSupported', 'The specified InstanceType is not valid.', 400)
  return (image) => (architectureOf(image) === 'arm64') === (type.CpuArchitecture === 'ARM')
}

function timeTests(filters: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] = []): Test<Seen>[] {
  return filters.map(({ Key, Value = '' }) => {
    const known = Key === 'CreationStartTime' || Key === 'CreationEndTime'
    demand(known, 'InvalidFilterKey.NotFound', 'The specified Filter.n.Key does not exist.', 404)
    const at = parseTime(Value)
    demand(at !== undefined, 'InvalidFilterValue', 'The specified Filter.n.Value is not valid.')
    return Key === 'CreationStartTime' ? ({ createdAt }) => createdAt >= at : ({ createdAt }) => createdAt <= at
  })
}

const osTypeOf = ({ image, known }: Seen) => image?.os.type ?? known?.OSType
const architectureOf = ({ image, known }: Seen) => image?.os.architecture ?? known?.Architecture

/** Whether instances run on it. Only of an account's own images is that known; a public one always counts as in use (unconfirmed). */
const usageOf = ({ image, known }: Seen, state: State) =>
  image ? (state.instances.count('image', image.id) > 0 ? 'instance' : 'none') : known?.Usage

/** Lists one after the other. */
const joined = (lists: readonly Sliceable<Seen>[]): Sliceable<Seen> => ({
  length: lists.reduce((sum, list) => sum + list.length, 0),
  slice(start, end) {
    let passed = 0
    return lists.flatMap((list) => {
      const cut = list.slice(Math.max(0, start - passed), Math.max(0, Math.min(list.length, end - passed)))
      passed += list.length
      return cut
    })
  },
})

interface Wanted {
  readonly ids: ReadonlySet<string> | undefined
  readonly states: ReadonlySet<string> | undefined
  readonly family: string | undefined
  readonly where: Test<Seen>
}

/** The account's own images, newest first: without a `where` only the page is looked at. */
function ownImages({ ids, states, family, where }: Wanted, { state, accountId, regionId }: Context): Sliceable<Seen> {
  const [only] = states?.size === 1 ? states : []
  const among = states && only === undefined ? (image: Image) => states.has(image.status) : undefined
  const own = state.images.list({
    accountId,
    regionId,
    ids: ids && [...ids],
    by: { status: only, family: family || undefined },
    where: among || where ? (image) => (among?.(image) ?? true) && (where?.(seenImage(image)) ?? true) : undefined,
  })
  return { length: own.length, slice: (start, end) => own.slice(start, end).map(seenImage) }
}

/** Those that other accounts share with it, and then the public ones. */
function otherImages({ ids, states, family, where }: Wanted, { state, accountId, regionId }: Context): Seen[] {
  const shared = new Set([...state.images.by('shared', accountId), ...state.images.by('shared', '*')])
  const theirs = [...shared].filter((image) => image.accountId !== accountId && image.regionId === regionId)
  const fits = (seen: Seen) =>
    (ids?.has(seen.ImageId) ?? true) &&
    (states?.has(seen.image?.status ?? 'Available') ?? true) &&
    (!family || (seen.image?.imageFamily ?? seen.known?.ImageFamily) === family) &&
    (where?.(seen) ?? true)
  return [...theirs.map(seenImage), ...[...publicImages().values()].map(seenPublic)].filter(fits)
}

/** The caller's own images, those shared with it, and the public ones, which are the same in every region. That they come in this order is unconfirmed. */
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
  (input, context) => {
    const { state, regionId, accountId } = context
    demandOneOf(input.Architecture, ['x86_64', 'i386', 'arm64'], 'Architecture', 'InvalidArchitecture', 404)
    demandOneOf(input.OSType, ['linux', 'windows'], 'OSType', 'InvalidOSType', 404)
    demandOneOf(input.Usage, ['instance', 'none'], 'Usage', 'InvalidUsage', 404)
    demandOneOf(input.ImageOwnerAlias, aliases, 'ImageOwnerAlias', 'InvalidImageOwnerAlias.ValueNotSupported')
    demandOneOf(input.ActionType, ['CreateEcs', 'ChangeOS'], 'ActionType', 'InvalidParameter')
    const tagged = tagTest(input.Tag)
    const { ImageOwnerAlias: alias } = input
    const own = ({ image }: Seen) => image?.accountId === accountId
    const aliasOf = (seen: Seen) => (own(seen) ? 'self' : seen.image ? 'others' : 'system')
    const tests: Test<Seen>[] = [
      nameTest(input.ImageName),
      typeTest(input.InstanceType),
      tagged && ((seen) => tagged({ tags: own(seen) && seen.image ? seen.image.tags : [] })),
      input.SnapshotId ? ({ image }) => image?.disks.some((disk) => disk.snapshotId === input.SnapshotId) === true : undefined,
      ...timeTests(input.Filter),
      ...equalities<Seen, typeof input>(
        { ...input, ImageOwnerAlias: alias === 'self' ? undefined : alias },
        {
          ImageOwnerAlias: aliasOf,
          ImageOwnerId: ({ image }) => Number(image?.accountId ?? 0),
          OSType: osTypeOf,
          Architecture: architectureOf,
          Usage: (seen) => usageOf(seen, state),
          Usable: ({ image }) => image === undefined || image.status === 'Available' || image.status === 'Deprecated',
          IsSupportCloudinit: ({ known }) => known?.IsSupportCloudinit ?? true,
          IsSupportIoOptimized: ({ known }) => known?.IsSupportIoOptimized ?? true,
          IsPublic: ({ image }) => image?.isPublic ?? true,
          ResourceGroupId: ({ image }) => image?.resourceGroupId,
        },
      ),
    ]
    const wanted = { ids: idsOf(input.ImageId), states: statusesOf(input.Status), family: input.ImageFamily, where: passes(tests) }
    const found = joined([
      ...(!alias || alias === 'self' ? [ownImages(wanted, context)] : []),
      ...(alias === 'self' ? [] : [otherImages(wanted, context)]),
    ])
    const { rows, fields } = page(found, input, { maxSize: 100 })
    const { NextToken: _token, ...counts } = fields
    const views = rows.flatMap(({ image, known }) => (image ? [imageView(image, context)] : known ? [publicView(known)] : []))
    return { Images: { Image: views }, RegionId: regionId, ...counts }
  },
)

type View = ReturnType<typeof imageView>

/** As much of an image as DescribeImageFromFamily shows. */
const familyFields = [
  'Architecture',
  'CreationTime',
  'Description',
  'ImageFamily',
  'ImageId',
  'ImageName',
  'ImageOwnerAlias',
  'ImageVersion',
  'IsCopied',
  'IsSelfShared',
  'IsSubscribed',
  'IsSupportCloudinit',
  'IsSupportIoOptimized',
  'OSName',
  'OSType',
  'Platform',
  'ProductCode',
  'Progress',
  'Size',
  'Status',
  'Tags',
  'Usage',
] as const satisfies readonly (keyof View)[]

/** The newest Available image of a family, the caller's own before a public one; an answer without an image where there is none. */
export const DescribeImageFromFamily = ecs('DescribeImageFromFamily', ['ImageFamily'], ({ ImageFamily }, context) => {
  const own = newestOfFamily(ImageFamily, context)
  const known = own ? undefined : newestPublic(ImageFamily)
  const shown = own ? imageView(own, context) : known && (publicView(known) as unknown as View)
  if (shown === undefined) return {}
  const fields = Object.fromEntries(familyFields.map((name) => [name, shown[name]])) as Pick<View, (typeof familyFields)[number]>
  const DiskDeviceMapping = shown.DiskDeviceMappings.DiskDeviceMapping.map(
    ({ Encrypted: _encrypted, Progress: _progress, RemainTime: _remain, ...disk }) => disk,
  )
  return { Image: { ...fields, DiskDeviceMappings: { DiskDeviceMapping } } }
})
