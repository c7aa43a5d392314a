import { createRandom, type Random } from '../engine/random.ts'
import { putInterface } from '../ecs/network-interface/shape.ts'
import type { Instance } from '../ecs/records.ts'
import { createState, type State } from '../state.ts'
import type { Capture } from '../store/capture.ts'
import { putEip } from '../vpc/eip/binding.ts'
import type { Origin } from './fields.ts'
import { imageRow, systemOfInstance } from './images.ts'
import { diskRow, instanceRow, interfaceRow } from './instances.ts'
import { eipRow, groupRow, keyPairRow, vpcRow, vSwitchRow } from './network.ts'
import type { RegionView } from './views.ts'

export interface TwinOptions {
  /** Milliseconds since 1970: when the estate was read. */
  readonly now: number
  /** Of what no answer tells, and of what the twin goes on with: same seed, same ids. */
  readonly seed: string
}

/** The account that owns the interfaces, or the networks; one made by chance where neither tells it. */
function accountOf(regions: readonly RegionView[], random: Random): string {
  const owners = [
    ...regions.flatMap(({ networkInterfaces }) => networkInterfaces.map(({ OwnerId }) => OwnerId ?? '')),
    ...regions.flatMap(({ vpcs }) => vpcs.map(({ OwnerId }) => String(OwnerId ?? ''))),
  ]
  return owners.find((id) => /^\d{16}$/.test(id)) ?? `1${Array.from({ length: 15 }, () => random.integer(10)).join('')}`
}

/** Subscriptions end, and what is to release itself does. */
function schedule({ id, accountId, regionId, expiresAt, autoReleaseAt }: Instance, { agenda }: State, now: number): void {
  const due = { 'instance.expired': expiresAt, 'instance.autoRelease': autoReleaseAt }
  for (const [kind, at] of Object.entries(due))
    if (at !== undefined) agenda.schedule({ id: `${kind}:${id}`, accountId, regionId, at: Math.max(at, now), kind, subject: id })
}

/** Lists begin with what is newest, and tables with what is oldest. */
function putRegion(view: RegionView, origin: Origin, state: State): void {
  for (const vpc of view.vpcs.toReversed()) state.vpcs.put(vpcRow(vpc, view, origin))
  for (const vSwitch of view.vSwitches.toReversed()) state.vSwitches.put(vSwitchRow(vSwitch, origin))
  for (const group of view.securityGroups.toReversed()) state.securityGroups.put(groupRow(group, origin))
  for (const image of view.images.toReversed()) state.images.put(imageRow(image, origin))
  for (const pair of view.keyPairs.toReversed()) state.keyPairs.put(keyPairRow(pair, origin))
  const primary = new Map(view.networkInterfaces.filter(({ Type }) => Type === 'Primary').map((eni) => [eni.InstanceId, eni]))
  for (const instance of view.instances.toReversed()) {
    // Outside of a VPC there is nothing here that it could stand in.
    if (!instance.VpcAttributes?.VpcId) continue
    const os = systemOfInstance(instance, view.images)
    const row = { ...instanceRow(instance, primary.get(instance.InstanceId), origin), ...(os && { os }) }
    schedule(state.instances.put(row), state, origin.now)
  }
  for (const disk of view.disks.toReversed()) state.disks.put(diskRow(disk, origin))
  for (const eni of view.networkInterfaces.toReversed()) if (eni.Type === 'Secondary') putInterface(interfaceRow(eni, origin), state)
  const privateAddress = (id: string) =>
    state.instances.get(id)?.privateIpAddress ?? state.networkInterfaces.get(id)?.primaryIpAddress ?? ''
  for (const eip of view.eips.toReversed()) putEip(eipRow(eip, origin, privateAddress), state)
}

/** A cloud with what was read of an account, in a form that a local cloud imports. What was under way is taken as done. */
export function twinOf(regions: readonly RegionView[], { now, seed }: TwinOptions): Capture {
  const random = createRandom(seed)
  const accountId = accountOf(regions, random)
  const state = createState()
  for (const view of regions) putRegion(view, { accountId, regionId: view.regionId, now, random }, state)
  state.commit()
  const rows = state.tables.flatMap((table) => table.entries().map(([number, row]) => ({ table: table.name, number, row })))
  return {
    accountId,
    seed: undefined,
    chance: { key: Buffer.from(random.key).toString('hex'), position: random.save() },
    clock: { mode: 'real', at: now, machineAt: now },
    takenAt: now,
    rows,
  }
}
