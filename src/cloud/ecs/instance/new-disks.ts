import type { InstanceType } from '../../../api/instance-types.ts'
import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { encryptionOf } from '../disk/encryption.ts'
import { demandAutoOptions } from '../disk/performance.ts'
import { categories, defaultCategory, performanceLevels, sizeRange } from '../disk/sizes.ts'
import { demandTakesDisk } from '../market/offers.ts'
import type { UsableImage } from '../image/find.ts'
import type { ImageDisk } from '../image/records.ts'
import type { Disk } from '../records.ts'
import type { Snapshot } from '../snapshot/records.ts'
import { dataSnapshotOf } from '../snapshot/find.ts'
import { policyOf } from '../snapshot/policies.ts'
import { demandDescription, demandName, demandOneOf, numberOf } from '../values.ts'

export interface DiskInput {
  /** RunInstances takes the system disk's as text. */
  readonly Size?: number | string | undefined
  readonly Category?: string | undefined
  readonly PerformanceLevel?: string | undefined
  readonly DiskName?: string | undefined
  readonly Description?: string | undefined
  readonly Device?: string | undefined
  readonly DeleteWithInstance?: boolean | undefined
  readonly SnapshotId?: string | undefined
  readonly Encrypted?: boolean | string | undefined
  readonly KMSKeyId?: string | undefined
  readonly EncryptAlgorithm?: string | undefined
  readonly BurstingEnabled?: boolean | undefined
  readonly ProvisionedIops?: number | undefined
  readonly AutoSnapshotPolicyId?: string | undefined
}

/** What a launch says of a disk, before there is an instance to put it in. */
export type NewDisk = Pick<
  Disk,
  | 'type'
  | 'category'
  | 'performanceLevel'
  | 'size'
  | 'diskName'
  | 'description'
  | 'device'
  | 'deleteWithInstance'
  | 'sourceSnapshotId'
  | 'encrypted'
  | 'kmsKeyId'
  | 'burstingEnabled'
  | 'provisionedIops'
  | 'autoSnapshotPolicyIds'
>

/** How many data disks an instance is made with. */
const mostDataDisks = 16
const devices = 'bcdefghijklmnopqrstuvwxyz'

const levelOf = (input: DiskInput, category: string, byDefault: string) =>
  category === 'cloud_essd' ? input.PerformanceLevel || byDefault : ''

function demandCommon(input: DiskInput, type: 'system' | 'data', category: string): void {
  const name = type === 'system' ? 'SystemDisk' : 'DataDisk'
  demandOneOf(category, categories, `${name}.Category`, `Invalid${name}Category.ValueNotSupported`)
  demandOneOf(input.PerformanceLevel, performanceLevels, `${name}.PerformanceLevel`, 'InvalidPerformanceLevel.Malformed')
  demandName(input.DiskName, `${name}.DiskName`, 'InvalidDiskName.Malformed')
  demandDescription(input.Description, `${name}.Description`, 'InvalidDiskDescription.Malformed')
}

/** RunInstances types it as text. */
const asBoolean = (value: boolean | string | undefined) =>
  value === undefined || value === '' ? undefined : String(value).toLowerCase() === 'true'

const described = (
  input: DiskInput,
  source: Pick<Snapshot, 'encrypted' | 'kmsKeyId'> | undefined,
  snapshotId: string,
  context: Context,
) => ({
  diskName: input.DiskName ?? '',
  description: input.Description ?? '',
  sourceSnapshotId: snapshotId,
  ...encryptionOf({ ...input, Encrypted: asBoolean(input.Encrypted) }, source, context),
})

/** What few disks have: more than comes with their size, and a policy of snapshots. */
function optionsOf(input: DiskInput, category: string, size: number, context: Context) {
  const { BurstingEnabled, ProvisionedIops, AutoSnapshotPolicyId } = input
  demandAutoOptions(category, size, input)
  const policy = AutoSnapshotPolicyId ? policyOf(AutoSnapshotPolicyId, context) : undefined
  return {
    ...(BurstingEnabled && { burstingEnabled: true }),
    ...(ProvisionedIops && { provisionedIops: ProvisionedIops }),
    ...(policy && { autoSnapshotPolicyIds: [policy.id] }),
  }
}

function systemDisk(input: DiskInput, image: UsableImage, type: InstanceType, context: Context): NewDisk {
  const category = input.Category || defaultCategory(type.InstanceTypeFamily)
  demandCommon(input, 'system', category)
  demandTakesDisk(type, category)
  const performanceLevel = levelOf(input, category, input.Category ? 'PL1' : 'PL0')
  const size = numberOf(input.Size) ?? Math.max(40, image.Size)
  const { least, most } = sizeRange('system', category, performanceLevel)
  const fits = Number.isInteger(size) && size >= least && size <= most
  demand(fits, 'InvalidSystemDiskSize.ValueNotSupported', 'The specified SystemDisk.Size is not valid.')
  demand(size >= image.Size, 'InvalidSystemDiskSize.LessThanImageSize', 'The specified SystemDisk.Size is less than the image size.', 404)
  return {
    type: 'system',
    category,
    performanceLevel,
    size,
    device: '/dev/xvda',
    // Only a launch template can say so.
    deleteWithInstance: input.DeleteWithInstance ?? true,
    // That it does not name the image's snapshot is unconfirmed.
    ...described(input, image.encrypted ? { encrypted: true, kmsKeyId: '' } : undefined, '', context),
    ...optionsOf(input, category, size, context),
  }
}

/** A data disk that is asked for, that an image has, or both. */
interface AskedDisk extends DiskInput {
  readonly ofImage?: ImageDisk
}

/** The snapshot that a disk is made of. An image's may be another account's: that the image is shared is enough. */
function snapshotFor({ SnapshotId, ofImage }: AskedDisk, context: Context): Snapshot | undefined {
  if (SnapshotId && SnapshotId !== ofImage?.snapshotId) return dataSnapshotOf(SnapshotId, context, 400)
  return ofImage && context.state.snapshots.get(ofImage.snapshotId)
}

/** The disks asked for, and before them those of the image; one that is asked for under an image disk's device changes that (unconfirmed). */
function withImageDisks(data: readonly DiskInput[], image: UsableImage): AskedDisk[] {
  const ofImage = image.dataDisks.map((disk) => {
    const asked = data.find((input) => input.Device === disk.device)
    return { ...asked, Device: disk.device, Size: asked?.Size ?? disk.size, ofImage: disk }
  })
  return [...ofImage, ...data.filter((input) => !image.dataDisks.some((disk) => disk.device === input.Device))]
}

/** Made of a snapshot, a disk is at least as large as that. */
function dataDisk(input: AskedDisk, device: string, type: InstanceType, context: Context): NewDisk {
  const category = input.Category || defaultCategory(type.InstanceTypeFamily)
  demandCommon(input, 'data', category)
  demandTakesDisk(type, category)
  const performanceLevel = levelOf(input, category, 'PL1')
  const { least, most } = sizeRange('data', category, performanceLevel)
  const snapshot = snapshotFor(input, context)
  const ofSnapshot = snapshot?.sourceDiskSize ?? 0
  const size = numberOf(input.Size) ?? snapshot?.sourceDiskSize ?? 0
  const fits = Number.isInteger(size) && size >= Math.max(least, ofSnapshot) && size <= most
  demand(fits, 'InvalidDataDiskSize.ValueNotSupported', 'The specified DataDisk.n.Size is not valid.')
  return {
    type: 'data',
    category,
    performanceLevel,
    size,
    device,
    deleteWithInstance: input.DeleteWithInstance ?? true,
    ...described(input, snapshot, snapshot?.id ?? '', context),
    ...optionsOf(input, category, size, context),
  }
}

/** The device names of data disks: those asked for, and the first free ones for the others. */
function deviceNames(inputs: readonly DiskInput[]): string[] {
  if (inputs.length === 0) return []
  const asked = new Set(inputs.map((input) => input.Device).filter((device) => device))
  for (const device of asked)
    demand(/^\/dev\/xvd[b-z]$/.test(device ?? ''), 'InvalidDataDevice.Malformed', 'The specified Device is not valid.')
  const double = asked.size < inputs.filter((input) => input.Device).length
  demand(!double, 'InvalidDevice.InUse', 'The specified device has been occupied.')
  const free = devices
    .split('')
    .map((letter) => `/dev/xvd${letter}`)
    .filter((device) => !asked.has(device))
  return inputs.map((input) => input.Device || (free.shift() as string))
}

/**
 * The disks a launch asks for, the system disk first.
 * @throws Fault for a category, size, name or device outside the rules
 */
export function newDisks(
  system: DiskInput,
  asked: readonly DiskInput[],
  image: UsableImage,
  type: InstanceType,
  context: Context,
): NewDisk[] {
  const data = withImageDisks(asked, image)
  demand(data.length <= mostDataDisks, 'InstanceDiskNumber.LimitExceed', 'The total number of specified disks exceeds the limit.')
  const names = deviceNames(data)
  return [systemDisk(system, image, type, context), ...data.map((input, index) => dataDisk(input, names[index] as string, type, context))]
}
