import { type PublicImage, publicImages } from '../../../api/images.ts'
import { type InstanceType, instanceTypes } from '../../../api/instance-types.ts'
import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import type { Context } from '../../operation.ts'
import type { Tag, VSwitch } from '../../vpc/records.ts'
import type { Instance } from '../records.ts'
import { newTags } from '../tags.ts'
import { demandDescription, demandName, demandOneOf } from '../values.ts'
import { type ChargeInput, chargeOf } from './charge.ts'
import { demandEcsRole, demandPassword, demandUserData } from './login.ts'
import { defaultHostName, isHostName, type Naming, nameAt } from './names.ts'
import { type DiskInput, type NewDisk, newDisks } from './new-disks.ts'
import { durations } from './lifecycles.ts'
import { type NetworkInput, placeOf, privateAddresses, publicAddresses } from './places.ts'

/** What RunInstances and CreateInstance have in common. */
export interface LaunchInput extends NetworkInput, ChargeInput {
  readonly ImageId?: string | undefined
  readonly ImageFamily?: string | undefined
  readonly InstanceType?: string | undefined
  readonly InstanceName?: string | undefined
  readonly Description?: string | undefined
  readonly HostName?: string | undefined
  readonly Password?: string | undefined
  readonly PasswordInherit?: boolean | undefined
  readonly UserData?: string | undefined
  readonly RamRoleName?: string | undefined
  readonly ResourceGroupId?: string | undefined
  readonly InternetChargeType?: string | undefined
  readonly InternetMaxBandwidthIn?: number | undefined
  readonly InternetMaxBandwidthOut?: number | undefined
  readonly IoOptimized?: string | undefined
  readonly CreditSpecification?: string | undefined
  readonly HttpEndpoint?: string | undefined
  readonly HttpTokens?: string | undefined
  readonly SecurityEnhancementStrategy?: string | undefined
  readonly SystemDisk?: DiskInput | undefined
  readonly DataDisk?: readonly DiskInput[] | undefined
  readonly Tag?: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined
}

/** How a call launches. */
export interface Launch extends Naming {
  /** Fewer than this is a failure. */
  readonly least: number
  readonly hostNames: readonly string[]
  /** RunInstances starts what it makes and gives public addresses; CreateInstance does neither. */
  readonly start: boolean
}

function typeOf({ InstanceType: id }: LaunchInput): InstanceType {
  demand(id, 'MissingParameter', 'The input parameter "InstanceType" that is mandatory for processing this request is not supplied.')
  const type = instanceTypes().get(id)
  demand(type, 'InvalidInstanceType.ValueNotSupported', 'The specified InstanceType does not exist or is not supported here.', 400)
  return type
}

/** The newest image of a family, or the one named. */
function imageOf({ ImageId, ImageFamily }: LaunchInput, type: InstanceType): PublicImage {
  const newest = [...publicImages().values()]
    .filter((image) => image.ImageFamily === ImageFamily)
    .toSorted((a, b) => (a.CreationTime < b.CreationTime ? 1 : -1))[0]
  demand(
    ImageId || ImageFamily,
    'MissingParameter',
    'The input parameter "ImageId" that is mandatory for processing this request is not supplied.',
  )
  const image = ImageId ? publicImages().get(ImageId) : newest
  demand(image, 'InvalidImageId.NotFound', 'The specified ImageId does not exist.', 404)
  const fits = (image.Architecture === 'arm64') === (type.CpuArchitecture === 'ARM')
  demand(fits, 'ImageNotSupportInstanceType', 'The specified image does not support the specified instance type.')
  return image
}

function bandwidthOf({ InternetChargeType, InternetMaxBandwidthIn, InternetMaxBandwidthOut: out = 0, InstanceChargeType }: LaunchInput) {
  demandOneOf(InternetChargeType, ['PayByTraffic', 'PayByBandwidth'], 'InternetChargeType', 'InvalidInternetChargeType.ValueNotSupported')
  const most = InstanceChargeType === 'PrePaid' ? 200 : 100
  const into = InternetMaxBandwidthIn ?? Math.max(10, out)
  const fits = Number.isInteger(out) && out >= 0 && out <= most && Number.isInteger(into) && into >= 1 && into <= 200
  demand(fits, 'InvalidParameter.Bandwidth', 'The specified parameter Bandwidth is not valid.')
  return { internetChargeType: InternetChargeType || 'PayByTraffic', internetMaxBandwidthIn: into, internetMaxBandwidthOut: out }
}

const burstable = (type: InstanceType) => /^ecs\.t[56]$/.test(type.InstanceTypeFamily)

function optionsOf(input: LaunchInput, type: InstanceType) {
  demandOneOf(input.IoOptimized, ['none', 'optimized'], 'IoOptimized', 'InvalidIoOptimizedValue.ValueNotSupported')
  demand(input.IoOptimized !== 'none', 'IoOptimized.NotSupported', 'The specified instance type must be I/O optimized.', 400)
  demandOneOf(input.HttpEndpoint, ['enabled', 'disabled'], 'HttpEndpoint', 'InvalidHttpEndpoint.NotSupported')
  demandOneOf(input.HttpTokens, ['optional', 'required'], 'HttpTokens', 'InvalidHttpTokens.NotSupported')
  // Whether the guest's security agent is installed shows in no answer, so only the value is checked.
  demandOneOf(input.SecurityEnhancementStrategy, ['Active', 'Deactive'], 'SecurityEnhancementStrategy', 'InvalidParameter')
  const credit = input.CreditSpecification
  demandOneOf(credit, ['Standard', 'Unlimited'], 'CreditSpecification', 'InvalidParameter.CreditSpecification')
  demand(
    !credit || burstable(type),
    'InvalidParameter.CreditSpecification',
    'The specified instance type does not support CreditSpecification.',
  )
  demandDescription(input.Description, 'Description', 'InvalidDescription.Malformed')
  // Resource groups are another product's: any id of their form is taken as one that exists.
  const group = input.ResourceGroupId ?? ''
  demand(
    group === '' || /^rg-[0-9a-z]+$/.test(group),
    'InvalidResourceGroup.NotFound',
    'The specified ResourceGroupId does not exist.',
    404,
  )
  return {
    description: input.Description ?? '',
    userData: input.UserData ?? '',
    ramRoleName: input.RamRoleName ?? '',
    resourceGroupId: group,
    creditSpecification: credit || (burstable(type) ? 'Standard' : ''),
    httpEndpoint: input.HttpEndpoint || 'enabled',
    httpTokens: input.HttpTokens || 'optional',
  }
}

function demandLogin(input: LaunchInput, image: PublicImage, context: Context): void {
  const both = input.PasswordInherit === true && Boolean(input.Password)
  demand(!both, 'InvalidPasswordParam.Mismatch', 'The input password should be null when passwdInherit is true.')
  demandPassword(input.Password, image.OSType)
  demandUserData(input.UserData)
  demandEcsRole(input.RamRoleName, context)
}

function namesOf(input: LaunchInput, launch: Launch, image: PublicImage) {
  const instanceName = (index: number) => (input.InstanceName ? nameAt(input.InstanceName, index, launch) : '')
  const hostName = (index: number) => launch.hostNames[index] ?? (input.HostName ? nameAt(input.HostName, index, launch) : '')
  for (let index = 0; index < launch.amount; index++) {
    demandName(instanceName(index), 'InstanceName', 'InvalidInstanceName.Malformed')
    // The id's place is kept by as many characters as an id has.
    const host = hostName(index).replaceAll('${instance_id}', 'i'.padEnd(22, 'x'))
    demand(host === '' || isHostName(host, image.OSType), 'InvalidHostName.Malformed', 'The specified HostName is not valid.')
  }
  return (index: number, id: string) => ({
    instanceName: instanceName(index) || id,
    hostName: hostName(index).replaceAll('${instance_id}', id) || defaultHostName(id),
  })
}

const macAddress = (bytes: Buffer) => `00:16:3e:${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':')}`

/** Puts the disks of a new instance; they are `Creating` until it is made. */
function putDisks(instance: Instance, disks: readonly NewDisk[], tags: readonly Tag[], { state, random, now }: Context): void {
  const { accountId, regionId, zoneId, instanceChargeType, expiresAt, resourceGroupId } = instance
  for (const disk of disks)
    state.disks.put({
      ...disk,
      id: newId('d', regionId, random),
      accountId,
      regionId,
      zoneId,
      status: 'Creating',
      instanceId: instance.id,
      imageId: disk.type === 'system' ? instance.imageId : '',
      sourceSnapshotId: '',
      portable: disk.type === 'data' && instanceChargeType === 'PostPaid',
      deleteAutoSnapshot: true,
      enableAutoSnapshot: false,
      diskChargeType: instanceChargeType,
      createdAt: now,
      attachedAt: undefined,
      detachedAt: undefined,
      expiresAt,
      resourceGroupId,
      tags,
    })
}

function scheduleLife(instance: Instance, start: boolean, { schedule, now }: Context): void {
  schedule('instance.created', instance.id, durations.create)
  if (start) schedule('instance.running', instance.id, durations.create + durations.start)
  if (instance.autoReleaseAt !== undefined) schedule('instance.autoRelease', instance.id, instance.autoReleaseAt - now)
  if (instance.expiresAt !== undefined) schedule('instance.expired', instance.id, instance.expiresAt - now)
}

/** The rest of a row that every instance of a launch shares. */
type Shared = Omit<
  Instance,
  'id' | 'instanceName' | 'hostName' | 'serialNumber' | 'privateIpAddress' | 'networkInterfaceId' | 'macAddress' | 'publicIpAddress'
>

function sharedOf(input: LaunchInput, type: InstanceType, image: PublicImage, vSwitch: VSwitch, context: Context) {
  return {
    accountId: context.accountId,
    regionId: vSwitch.regionId,
    zoneId: vSwitch.zoneId,
    vpcId: vSwitch.vpcId,
    vSwitchId: vSwitch.id,
    status: 'Pending',
    instanceType: type.InstanceTypeId,
    imageId: image.ImageId,
    createdAt: context.now,
    startedAt: undefined,
    keyPairName: '',
    stoppedMode: 'Not-applicable',
    ...bandwidthOf(input),
    ...chargeOf(input, context),
    ...optionsOf(input, type),
  } as const
}

/**
 * Makes instances, with their disks and addresses, and lets their lives begin. Checks everything before it changes anything.
 * @returns the new rows, in the order of their names; fewer than asked for when the vSwitch holds no more and `least` allows
 * @throws Fault, whichever check fails first
 */
export function launch(input: LaunchInput, how: Launch, context: Context): Instance[] {
  const { state, random } = context
  const type = typeOf(input)
  const image = imageOf(input, type)
  const { vSwitch, securityGroupIds } = placeOf(input, how.amount, context)
  const disks = newDisks(input.SystemDisk ?? {}, input.DataDisk ?? [], image, type)
  const tags = newTags(input.Tag)
  demandLogin(input, image, context)
  const names = namesOf(input, how, image)
  const shared: Shared = { ...sharedOf(input, type, image, vSwitch, context), securityGroupIds, tags }
  const addresses = privateAddresses(vSwitch, how.amount, how.least, input.PrivateIpAddress, state)
  const open = how.start && shared.internetMaxBandwidthOut > 0
  const publicIps = publicAddresses(open ? addresses.length : 0, state, random)
  return addresses.map((privateIpAddress, index) => {
    const id = newId('i', shared.regionId, random)
    const instance = state.instances.put({
      ...shared,
      id,
      ...names(index, id),
      serialNumber: random.uuid(),
      privateIpAddress,
      networkInterfaceId: newId('eni', shared.regionId, random),
      macAddress: macAddress(random.bytes(3)),
      publicIpAddress: publicIps[index] ?? '',
    })
    putDisks(instance, disks, tags, context)
    scheduleLife(instance, how.start, context)
    return instance
  })
}
