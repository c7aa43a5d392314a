import { regionFacts } from '../../../api/regions.ts'
import { toSeconds } from '../../../api/time.ts'
import { publicAddresses } from '../../ecs/instance/places.ts'
import { equalities, passes } from '../../ecs/values.ts'
import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import type { State } from '../../state.ts'
import { numberedPage } from '../lists.ts'
import { forwardsOf, snatsOf } from './addresses.ts'
import type { NatGateway, NatPackage } from './records.ts'

/** Public addresses of one package at most. */
const mostAddresses = 50

/** @throws Fault InvalidIpCount.ValueNotSupported, QuotaExceeded.BandwidthPackageIps */
function demandCount(count: number, held: number): void {
  demand(Number.isInteger(count) && count >= 1, 'InvalidIpCount.ValueNotSupported', 'The specified IpCount is not valid.', 400)
  const room = held + count <= mostAddresses
  demand(room, 'QuotaExceeded.BandwidthPackageIps', `A bandwidth package holds at most ${mostAddresses} addresses.`, 400)
}

/** Mbit/s. @throws Fault InvalidBandwidth.ValueNotSupported */
function demandBandwidth(bandwidth: number): void {
  const fits = Number.isInteger(bandwidth) && bandwidth >= 5 && bandwidth <= 5000
  demand(fits, 'InvalidBandwidth.ValueNotSupported', 'The specified Bandwidth is not valid.')
}

const newAddresses = (count: number, regionId: string, { state, random }: Context) =>
  publicAddresses(count, state, random).map((ipAddress) => ({ allocationId: newId('nateip', regionId, random), ipAddress }))

/** What is asked of a package that comes with a gateway. */
export interface PackageInput {
  readonly Bandwidth?: number | undefined
  readonly IpCount?: number | undefined
  readonly Zone?: string | undefined
}

/** Checks what a new package is to be. Without a zone it lies in the first of the region. */
export function packageOf({ Bandwidth = 0, IpCount = 0, Zone }: PackageInput, regionId: string) {
  demandBandwidth(Bandwidth)
  demandCount(IpCount, 0)
  const zones = regionFacts(regionId)?.Zones ?? []
  demand(!Zone || zones.includes(Zone), 'InvalidZoneId.NotFound', 'The specified Zone does not exist.', 404)
  return { bandwidth: Bandwidth, count: IpCount, zoneId: Zone || (zones[0] ?? '') }
}

/** Puts a package of a new gateway. */
export function makePackage({ count, ...chosen }: ReturnType<typeof packageOf>, row: NatGateway, context: Context): NatPackage {
  const { state, random, now } = context
  return state.natPackages.put({
    id: newId('bwp', row.regionId, random),
    accountId: row.accountId,
    regionId: row.regionId,
    natGatewayId: row.id,
    ...chosen,
    ips: newAddresses(count, row.regionId, context),
    createdAt: now,
  })
}

/** @throws Fault InvalidBandwidthPackageId.NotFound */
function natPackageOf(id: string, context: Context): NatPackage {
  const row = owned(context.state.natPackages.get(id), context)
  demand(row, 'InvalidBandwidthPackageId.NotFound', 'The specified BandwidthPackageId does not exist.', 404)
  return row
}

/** @throws Fault DependencyViolation.ForwardEntry, DependencyViolation.SnatEntry */
function demandUnused(addresses: readonly string[], { natGatewayId }: NatPackage, state: State): void {
  const gateway = state.natGateways.get(natGatewayId)
  if (gateway === undefined) return
  for (const address of addresses) {
    demand(forwardsOf(gateway, address, state).length === 0, 'DependencyViolation.ForwardEntry', `A DNAT entry uses "${address}".`, 400)
    demand(snatsOf(gateway, address, state).length === 0, 'DependencyViolation.SnatEntry', `An SNAT entry uses "${address}".`, 400)
  }
}

export const AddBandwidthPackageIps = ecs('AddBandwidthPackageIps', ['BandwidthPackageId', 'IpCount'], (input, context) => {
  const row = natPackageOf(input.BandwidthPackageId, context)
  const count = /^\d{1,3}$/.test(input.IpCount) ? Number(input.IpCount) : 0
  demandCount(count, row.ips.length)
  context.state.natPackages.put({ ...row, ips: [...row.ips, ...newAddresses(count, row.regionId, context)] })
  return {}
})

/** One address stays at least, and those that a table uses. */
export const RemoveBandwidthPackageIps = ecs(
  'RemoveBandwidthPackageIps',
  ['BandwidthPackageId', 'RemovedIpAddresses'],
  (input, context) => {
    const { state } = context
    const row = natPackageOf(input.BandwidthPackageId, context)
    const removed = new Set(input.RemovedIpAddresses)
    const held = [...removed].every((address) => row.ips.some(({ ipAddress }) => ipAddress === address))
    demand(held, 'invalidRemovedIpAddresses.NotFound', 'An address of RemovedIpAddresses is not in the bandwidth package.', 404)
    demand(removed.size < row.ips.length, 'InvalidIpCount.ValueNotSupported', 'Not all addresses can be removed.', 400)
    demandUnused([...removed], row, state)
    state.natPackages.put({ ...row, ips: row.ips.filter(({ ipAddress }) => !removed.has(ipAddress)) })
    return {}
  },
)

export const ModifyBandwidthPackageSpec = ecs('ModifyBandwidthPackageSpec', ['BandwidthPackageId', 'Bandwidth'], (input, context) => {
  const row = natPackageOf(input.BandwidthPackageId, context)
  const bandwidth = /^\d{1,5}$/.test(input.Bandwidth) ? Number(input.Bandwidth) : 0
  demandBandwidth(bandwidth)
  context.state.natPackages.put({ ...row, bandwidth })
  return {}
})

export const DeleteBandwidthPackage = ecs('DeleteBandwidthPackage', ['BandwidthPackageId'], (input, context) => {
  const { state } = context
  const row = natPackageOf(input.BandwidthPackageId, context)
  demandUnused(
    row.ips.map(({ ipAddress }) => ipAddress),
    row,
    state,
  )
  state.natPackages.delete(row.id)
  return {}
})

const view = (row: NatPackage) => ({
  BandwidthPackageId: row.id,
  Name: '',
  Description: '',
  RegionId: row.regionId,
  ZoneId: row.zoneId,
  NatGatewayId: row.natGatewayId,
  Bandwidth: String(row.bandwidth),
  InstanceChargeType: 'PostPaid',
  InternetChargeType: 'PayByTraffic',
  BusinessStatus: 'Normal',
  Status: 'Available',
  ISP: 'BGP',
  IpCount: String(row.ips.length),
  PublicIpAddresses: {
    PublicIpAddresse: row.ips.map(({ allocationId, ipAddress }) => ({ AllocationId: allocationId, IpAddress: ipAddress })),
  },
  CreationTime: toSeconds(row.createdAt),
})

export const DescribeBandwidthPackages = ecs(
  'DescribeBandwidthPackages',
  ['BandwidthPackageId', 'NatGatewayId', 'PageNumber', 'PageSize'],
  (input, { state, accountId, regionId }) => {
    const where = passes<NatPackage>(equalities<NatPackage, typeof input>(input, { BandwidthPackageId: (row) => row.id }))
    const by = { gateway: input.NatGatewayId || undefined }
    const { rows, counts } = numberedPage(state.natPackages.list({ accountId, regionId, by, where }), input)
    return { ...counts, BandwidthPackages: { BandwidthPackage: rows.map(view) } }
  },
)
