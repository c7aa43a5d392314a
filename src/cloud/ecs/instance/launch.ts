import type { InstanceType } from '../../../api/instance-types.ts'
import { newId, newMacAddress } from '../../ids.ts'
import type { Context } from '../../operation.ts'
import type { VSwitch } from '../../vpc/records.ts'
import type { UsableImage } from '../image/find.ts'
import { demandDiskQuota } from '../market/sale.ts'
import { countUses } from '../private-pool/match.ts'
import type { Disk, Instance, Provisioning } from '../records.ts'
import { awaitNextRun } from '../snapshot/schedule.ts'
import { partitionsFor } from '../storage-set/join.ts'
import { newTags } from '../tags.ts'
import { keyPairNameOf } from '../key-pair/find.ts'
import { chargeOf } from './charge.ts'
import { cpuOf } from './cpu.ts'
import { demandInterfaces, primarySettings, putInterfaces } from './interfaces.ts'
import { bandwidthOf, demandLogin, imageOf, type LaunchInput, namesOf, optionsOf, typeOf } from './launch-input.ts'
import { durations } from './lifecycles.ts'
import type { Naming } from './names.ts'
import { type NewDisk, newDisks } from './new-disks.ts'
import { placesFor, withoutSpotOnHosts } from './placing.ts'
import { launchOptions } from './options.ts'
import { placeOf, privateAddresses, publicAddresses } from './places.ts'
import { hostNameByDns, privateDnsOf } from './private-dns.ts'
import { scheduleEnd } from './renewal-schedule.ts'
import { watchSpot } from './spot-watch.ts'

/** How a call launches. */
export interface Launch extends Naming {
  /** Fewer than this is a failure. */
  readonly least: number
  /** RunInstances starts what it makes and gives public addresses; CreateInstance does neither. */
  readonly start: boolean
  /** The auto provisioning group that launches. */
  readonly provisioning?: Provisioning
}

/**
 * The disks that each instance of a launch gets, but for what differs: whole rows, since copies of these are made fast.
 * Here and below what is named comes before what is spread: V8 takes a microsecond for each new field that is named after a spread.
 */
function disksAlike(disks: readonly NewDisk[], shared: Shared, { now }: Context): Disk[] {
  const { accountId, regionId, zoneId, instanceChargeType, expiresAt, resourceGroupId, tags } = shared
  return disks.map((disk) => ({
    id: '',
    accountId,
    regionId,
    zoneId,
    status: 'Creating',
    instanceId: '',
    imageId: disk.type === 'system' ? shared.imageId : '',
    portable: disk.type === 'data' && instanceChargeType === 'PostPaid',
    deleteAutoSnapshot: true,
    enableAutoSnapshot: true,
    diskChargeType: instanceChargeType,
    createdAt: now,
    attachedAt: undefined,
    detachedAt: undefined,
    expiresAt,
    resourceGroupId,
    tags,
    ...disk,
  }))
}

/** Puts the disks of a new instance; they are `Creating` until it is made. */
function putDisks(instance: Instance, disks: readonly Disk[], partitions: ReturnType<typeof partitionsFor>, context: Context): void {
  const { state, random } = context
  for (const [at, disk] of disks.entries()) {
    const storageSet = partitions[at]
    const made = { ...disk, id: newId('d', instance.regionId, random), instanceId: instance.id }
    state.disks.put(storageSet === undefined ? made : { ...made, storageSet })
  }
}

/** Lets the policies of disks that were just put see to them. */
function awaitSnapshots(disks: readonly Disk[], context: Context): void {
  for (const id of new Set(disks.flatMap((disk) => disk.autoSnapshotPolicyIds ?? []))) {
    const policy = context.state.autoSnapshotPolicies.get(id)
    if (policy) awaitNextRun(policy, context)
  }
}

function scheduleLife(instance: Instance, start: boolean, context: Context): void {
  const { schedule, now } = context
  schedule('instance.created', instance.id, durations.create)
  if (start) schedule('instance.running', instance.id, durations.create + durations.start)
  if (instance.autoReleaseAt !== undefined) schedule('instance.autoRelease', instance.id, instance.autoReleaseAt - now)
  if (instance.expiresAt !== undefined) scheduleEnd(instance, context)
  watchSpot(instance, context)
}

/** The rest of a row that every instance of a launch shares. */
type Shared = Omit<Instance, 'id' | 'instanceName' | 'hostName' | 'serialNumber' | 'privateIpAddress' | 'macAddress' | 'publicIpAddress'>

function sharedOf(input: LaunchInput, type: InstanceType, image: UsableImage, vSwitch: VSwitch, context: Context) {
  return {
    accountId: context.accountId,
    regionId: vSwitch.regionId,
    zoneId: vSwitch.zoneId,
    vpcId: vSwitch.vpcId,
    vSwitchId: vSwitch.id,
    status: 'Pending',
    instanceType: type.InstanceTypeId,
    imageId: image.ImageId,
    ...(image.os && { os: image.os }),
    createdAt: context.now,
    startedAt: undefined,
    keyPairName: keyPairNameOf(input.KeyPairName, image.OSType, context),
    stoppedMode: 'Not-applicable',
    ...bandwidthOf(input),
    ...(input.CpuOptions && { cpu: cpuOf(input.CpuOptions, type.InstanceTypeId) }),
    ...(input.PrivateDnsNameOptions && { privateDns: privateDnsOf(input.PrivateDnsNameOptions) }),
    ...launchOptions(input, { instanceType: type.InstanceTypeId, imageId: image.ImageId, os: image.os }, context.state),
    ...chargeOf(input, context),
    ...optionsOf(input, type),
  } as const
}

/**
 * Makes instances, with their disks and addresses, and lets their lives begin. Checks everything before it changes anything.
 * @returns the new rows, in the order of their names; fewer than asked for when the vSwitch, the stock or a quota allows no more and `least` allows that
 * @throws Fault, whichever check fails first
 */
export function launch(given: LaunchInput, how: Launch, context: Context): Instance[] {
  const input = withoutSpotOnHosts(given)
  const { state, random } = context
  const type = typeOf(input)
  const image = imageOf(input, type, context)
  const { vSwitch, securityGroupIds } = placeOf(input, how.amount, context)
  const disks = newDisks(input.SystemDisk ?? {}, input.DataDisk ?? [], image, type, context)
  const tags = newTags(input.Tag)
  demandLogin(input, image, context)
  const names = namesOf(input, how, image)
  demandInterfaces(input, how.amount, type)
  const primaryInterface = primarySettings(input, tags)
  const shared: Shared = {
    securityGroupIds,
    tags,
    ...sharedOf(input, type, image, vSwitch, context),
    ...(primaryInterface && { primaryInterface }),
    ...(how.provisioning && { provisioning: how.provisioning }),
  }
  const places = placesFor(input, type, shared, how, context)
  const amount = places.length
  const gib = disks.reduce((sum, disk) => sum + (disk.type === 'data' ? disk.size : 0), 0)
  if (shared.instanceChargeType === 'PostPaid') demandDiskQuota(gib * amount, context)
  const addresses = privateAddresses(vSwitch, amount, how.least, input.PrivateIpAddress, state)
  const open = how.start && shared.internetMaxBandwidthOut > 0
  const publicIps = publicAddresses(open ? addresses.length : 0, state, random)
  const partitions = partitionsFor(input, shared.zoneId, disks.length * addresses.length, context)
  countUses(
    places.slice(0, addresses.length).map(({ poolId }) => poolId),
    context,
  )
  const alikeDisks = disksAlike(disks, shared, context)
  const alike = {
    id: '',
    instanceName: '',
    hostName: '',
    serialNumber: '',
    privateIpAddress: '',
    macAddress: '',
    publicIpAddress: '',
    ...shared,
  }
  const instances = addresses.map((privateIpAddress, index) => {
    const id = newId('i', shared.regionId, random)
    const named = names(index, id)
    const instance = state.instances.put({
      ...alike,
      id,
      instanceName: named.instanceName,
      hostName: hostNameByDns({ id, privateDns: shared.privateDns }, privateIpAddress) ?? named.hostName,
      serialNumber: random.uuid(),
      privateIpAddress,
      macAddress: newMacAddress(random),
      publicIpAddress: publicIps[index] ?? '',
      ...places[index],
    })
    putDisks(instance, alikeDisks, partitions.slice(index * disks.length), context)
    putInterfaces(input, instance, vSwitch, context)
    scheduleLife(instance, how.start, context)
    return instance
  })
  awaitSnapshots(alikeDisks, context)
  return instances
}
