import { instanceTypeOf } from '../../../api/instance-types.ts'
import { demand } from '../../fault.ts'
import type { State } from '../../state.ts'
import type { Instance } from '../records.ts'
import { mountsOf } from './find.ts'

/** Beside its system disk. */
const mostDataDisks = 16
const devices = Array.from('bcdefghijklmnopqrstuvwxyz', (letter) => `/dev/xvd${letter}`)

/**
 * The device that a further data disk of an instance gets: the one asked for, or the first that is free.
 * @throws Fault InstanceDiskLimitExceeded, InvalidDevice.Malformed, InvalidDevice.InUse
 */
export function freeDevice(instance: Instance, asked: string | undefined, state: State): string {
  const disks = state.disks.by('instance', instance.id).filter((disk) => disk.type === 'data')
  // The type's figure counts the system disk (unconfirmed).
  const most = Math.min(mostDataDisks, (instanceTypeOf(instance.instanceType)?.DiskQuantity ?? mostDataDisks + 1) - 1)
  demand(disks.length < most, 'InstanceDiskLimitExceeded', 'The amount of the disks on the instance reaches its limit.')
  const taken = new Set(
    disks.flatMap((disk) => mountsOf(disk).flatMap((mount) => (mount.instanceId === instance.id ? [mount.device] : []))),
  )
  if (!asked) return devices.find((device) => !taken.has(device)) ?? ''
  demand(devices.includes(asked), 'InvalidDevice.Malformed', 'The specified Device is not valid.', 400)
  demand(!taken.has(asked), 'InvalidDevice.InUse', 'The specified device has been occupied.')
  return asked
}
