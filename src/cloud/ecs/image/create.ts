import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { demandUnlocked } from '../instance/locks.ts'
import { demandResourceGroup } from '../instance/places.ts'
import type { Disk, OperatingSystem } from '../records.ts'
import { demandSnapshotable } from '../snapshot/create.ts'
import { readySnapshotOf } from '../snapshot/find.ts'
import { makeSnapshot } from '../snapshot/make.ts'
import { newTags } from '../tags.ts'
import { demandDescription, demandOneOf } from '../values.ts'
import { osOf, osOfImage } from './find.ts'
import {
  demandFamily,
  demandFreeName,
  demandImageName,
  demandImageQuota,
  demandVersion,
  featuresOf,
  osOfPlatform,
  putImage,
} from './new-image.ts'
import type { ImageDisk } from './records.ts'

const mostDisks = 17
const systemDevice = '/dev/xvda'
const deviceAt = (index: number) => `/dev/xvd${String.fromCharCode(97 + index)}`

/** What an image is made of: its disks, and the system where that is known. */
interface Origin {
  readonly disks: readonly ImageDisk[]
  readonly os: OperatingSystem | undefined
  readonly instanceId?: string
}

/** What the snapshots of an image say of themselves (unconfirmed). */
const asked = {
  snapshotName: '',
  description: '',
  snapshotType: 'user',
  retentionDays: undefined,
  resourceGroupId: '',
  tags: [],
} as const

const bySystemFirst = (a: Disk, b: Disk) => (a.type === b.type ? (a.device < b.device ? -1 : 1) : a.type === 'system' ? -1 : 1)

/** Snapshots of all disks of an instance. */
function ofInstance(id: string, context: Context): Origin {
  const { state } = context
  const instance = owned(state.instances.get(id), context)
  demand(instance, 'InvalidInstanceId.NotFound', 'The specified InstanceId does not exist.', 404)
  demandUnlocked('CreateImage', instance)
  const fits = (instance.status === 'Running' || instance.status === 'Stopped') && !instance.releasing
  demand(fits, 'IncorrectInstanceStatus', 'The current status of the resource does not support this operation.', 400)
  const disks = [...state.disks.by('instance', id)].filter((disk) => !disk.multiAttach).sort(bySystemFirst)
  demand(disks[0]?.type === 'system', 'InvalidInstanceId.ValueNotSupported', 'The instance has no system disk.')
  demand(disks.length <= mostDisks, 'InvalidInstanceId.ValueNotSupported', `An image has at most ${mostDisks} disks.`)
  for (const disk of disks) demandSnapshotable(disk, context)
  const made = disks.map((disk) => {
    const { id: snapshotId, encrypted } = makeSnapshot(disk, asked, context)
    return { device: disk.device, type: disk.type, size: disk.size, snapshotId, encrypted }
  })
  return { disks: made, os: osOf(instance), instanceId: id }
}

/** The snapshot of one system disk. */
function ofSnapshot(id: string, context: Context): Origin {
  const snapshot = readySnapshotOf(id, context)
  demand(snapshot.sourceDiskType === 'system', 'OperationDenied', 'An image can be made of the snapshot of a system disk only.')
  demandCategory(snapshot.category)
  const disk = {
    device: systemDevice,
    type: 'system',
    size: snapshot.sourceDiskSize,
    snapshotId: id,
    encrypted: snapshot.encrypted,
  } as const
  return { disks: [disk], os: snapshot.imageId ? osOfImage(snapshot.imageId, context.state) : undefined }
}

const demandCategory = (category: string) =>
  demand(category !== 'Archive', 'OperationDenied.InvalidSnapshotCategory', 'An image cannot be made of an archived snapshot.')

interface Mapping {
  readonly Device?: string | undefined
  readonly DiskType?: string | undefined
  readonly Size?: number | undefined
  readonly SnapshotId?: string | undefined
}

/** A mapping without a snapshot is an empty data disk. */
function mapped({ Device, DiskType, Size, SnapshotId }: Mapping, index: number, context: Context): ImageDisk {
  demandOneOf(DiskType, ['system', 'data'], 'DiskDeviceMapping.n.DiskType', 'InvalidDiskType.ValueNotSupported')
  const snapshot = SnapshotId ? readySnapshotOf(SnapshotId, context) : undefined
  if (snapshot) demandCategory(snapshot.category)
  const type = (DiskType as 'system' | 'data' | '' | undefined) || snapshot?.sourceDiskType || 'data'
  const device = Device || (type === 'system' ? systemDevice : deviceAt(Math.max(1, index)))
  const fits = type === 'system' ? device === systemDevice : /^\/dev\/xvd[b-z]$/.test(device)
  demand(fits, 'InvalidDevice.Malformed', 'The specified DiskDeviceMapping.n.Device is not valid.', 400)
  const least = snapshot?.sourceDiskSize ?? (type === 'system' ? 1 : 5)
  const size = Size ?? snapshot?.sourceDiskSize ?? 0
  const sized = Number.isInteger(size) && size >= least && size <= (type === 'system' ? 2_048 : 32_768)
  demand(sized, 'InvalidSize.ValueNotSupported', 'The specified DiskDeviceMapping.n.Size is not valid.')
  return { device, type, size, snapshotId: snapshot?.id ?? '', encrypted: snapshot?.encrypted ?? false }
}

/** Snapshots of several disks, exactly one of them of a system disk. */
function ofMappings(mappings: readonly Mapping[], context: Context): Origin {
  demand(mappings.length <= mostDisks, 'InvalidParameter', `At most ${mostDisks} DiskDeviceMapping can be given.`)
  const disks = mappings.map((mapping, index) => mapped(mapping, index, context)).toSorted((a, b) => (a.device < b.device ? -1 : 1))
  const devices = new Set(disks.map((disk) => disk.device))
  demand(devices.size === disks.length, 'InvalidDevice.InUse', 'The specified device has been occupied.', 400)
  const [system] = disks
  const there = system?.type === 'system' && system.snapshotId !== ''
  demand(there, 'InvalidSystemSnapshot.Missing', 'A snapshot of a system disk is missing.')
  return { disks, os: ofSnapshotOs(system.snapshotId, context) }
}

function ofSnapshotOs(id: string, { state }: Context): OperatingSystem | undefined {
  const imageId = state.snapshots.get(id)?.imageId
  return imageId ? osOfImage(imageId, state) : undefined
}

/** An instance counts before the mappings, and these before a single snapshot. */
function originOf(input: Source, context: Context): Origin {
  if (input.InstanceId) return ofInstance(input.InstanceId, context)
  if (input.DiskDeviceMapping?.length) return ofMappings(input.DiskDeviceMapping, context)
  demand(input.SnapshotId, 'InvalidParameter.AllEmpty', 'One of InstanceId, DiskDeviceMapping and SnapshotId must be given.', 400)
  return ofSnapshot(input.SnapshotId, context)
}

interface Source {
  readonly InstanceId?: string | undefined
  readonly SnapshotId?: string | undefined
  readonly DiskDeviceMapping?: readonly Mapping[] | undefined
}

/** The system is the instance's; of snapshots it is what is said, then what the disk ran, otherwise some Linux. */
function systemFor({ os, instanceId }: Origin, Platform: string | undefined, Architecture: string | undefined): OperatingSystem {
  demandOneOf(Architecture, ['i386', 'x86_64', 'arm64'], 'Architecture', 'InvalidArchitecture.Malformed', 400)
  if (Platform) {
    const said = osOfPlatform(Platform, Architecture || os?.architecture)
    if (!instanceId) return said
  }
  if (os === undefined) return osOfPlatform('Others Linux', Architecture)
  return instanceId || !Architecture ? os : { ...os, architecture: Architecture }
}

/** Begins an image. Of an instance it takes all disks as they are now. */
export const CreateImage = ecs(
  'CreateImage',
  [
    'InstanceId',
    'SnapshotId',
    'DiskDeviceMapping',
    'ImageName',
    'ImageFamily',
    'ImageVersion',
    'Description',
    'Platform',
    'Architecture',
    'BootMode',
    'Features',
    'SecureBootOptions',
    'DetectionStrategy',
    'ResourceGroupId',
    'Tag',
  ],
  (input, context) => {
    const { state, accountId, regionId } = context
    demandImageName(input.ImageName)
    demandFamily(input.ImageFamily)
    demandVersion(input.ImageVersion)
    demandDescription(input.Description, 'Description', 'InvalidDescription.Malformed', 400)
    const resourceGroupId = demandResourceGroup(input.ResourceGroupId)
    const tags = newTags(input.Tag)
    const features = featuresOf(input)
    demandFreeName(input.ImageName, context, state)
    demandImageQuota(context, state)
    const origin = originOf(input, context)
    const image = putImage(
      {
        accountId,
        regionId,
        disks: origin.disks,
        os: systemFor(origin, input.Platform, input.Architecture),
        ...(origin.instanceId && { instanceId: origin.instanceId }),
        imageName: input.ImageName ?? '',
        imageFamily: input.ImageFamily ?? '',
        imageVersion: input.ImageVersion ?? '',
        description: input.Description ?? '',
        detected: Boolean(input.DetectionStrategy),
        ...features,
        resourceGroupId,
        tags,
      },
      context,
    )
    return { ImageId: image.id }
  },
)
