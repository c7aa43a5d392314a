import { regionFacts } from '../../../api/regions.ts'
import { demandResourceGroup } from '../../ecs/instance/places.ts'
import { newTags } from '../../ecs/tags.ts'
import { demandOneOf } from '../../ecs/values.ts'
import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { vpc } from '../../operation.ts'
import { demandUnprotected } from '../deletion-protection.ts'
import { putEip } from '../eip/binding.ts'
import { packageOf } from './find.ts'
import { leave } from './life.ts'

/** Shared bandwidths of an account in one region (unconfirmed). */
const quota = 20

/** Mbit/s from and to, by how one is paid for; those sold in China by the first three, elsewhere by traffic. */
const ranges: Readonly<Record<string, readonly [number, number]>> = {
  PayByBandwidth: [2, 20_000],
  PayBy95: [200, 20_000],
  PayByDominantTraffic: [1, 2_000],
  PayByTraffic: [1, 1_000],
}

/** @throws Fault InvalidBandwidth.ValueNotSupported */
function demandBandwidth(bandwidth: number, internetChargeType: string): void {
  const [least, most] = ranges[internetChargeType] ?? [1, 0]
  const fits = Number.isInteger(bandwidth) && bandwidth >= least && bandwidth <= most
  demand(fits, 'InvalidBandwidth.ValueNotSupported', 'The specified Bandwidth is not valid.')
}

interface Texts {
  readonly Name?: string | undefined
  readonly Description?: string | undefined
}

/** @throws Fault InvalidParameter.Name.Malformed, InvalidParameter.Description.Malformed */
function demandTexts({ Name = '', Description = '' }: Texts): void {
  const fits = (text: string, most: number) => text.length <= most && !/^https?:\/\//.test(text)
  demand(fits(Name, 128), 'InvalidParameter.Name.Malformed', 'The specified Name is not valid.', 400)
  demand(fits(Description, 256), 'InvalidParameter.Description.Malformed', 'The specified Description is not valid.', 400)
}

/** Percent; with PayBy95 it has to be told, and is 20. Clients that were written for another time tell 100 with the others, which changes nothing. */
function ratioOf(given: number | undefined, internetChargeType: string): number {
  const fits =
    internetChargeType === 'PayBy95' ? given === 20 : given === undefined || (Number.isInteger(given) && given >= 0 && given <= 100)
  demand(fits, 'InvalidParameter', 'The specified Ratio is not valid.')
  return given || 100
}

interface Protection {
  readonly SecurityProtectionTypes?: readonly string[] | undefined
}

/** @throws Fault InvalidParameter for other than the one that there is, and for it without PayBy95 (the code is unconfirmed) */
function protectionOf({ SecurityProtectionTypes: types = [] }: Protection, internetChargeType: string): readonly string[] {
  const fits = types.length <= 10 && types.every((type) => type === 'AntiDDoS_Enhanced')
  demand(
    fits && (types.length === 0 || internetChargeType === 'PayBy95'),
    'InvalidParameter',
    'The specified SecurityProtectionTypes are not valid.',
  )
  return [...new Set(types)]
}

export const CreateCommonBandwidthPackage = vpc(
  'CreateCommonBandwidthPackage',
  ['Bandwidth', 'InternetChargeType', 'Ratio', 'ISP', 'Zone', 'Name', 'Description', 'ResourceGroupId', 'SecurityProtectionTypes', 'Tag'],
  (input, { state, random, accountId, regionId, now }) => {
    demandTexts(input)
    // The providers of a single line are for accounts that are let use them.
    demandOneOf(input.ISP, ['BGP', 'BGP_PRO'], 'ISP', 'InvalidParameter')
    demandOneOf(input.InternetChargeType, Object.keys(ranges), 'InternetChargeType', 'InvalidParameter')
    const internetChargeType = input.InternetChargeType || 'PayByBandwidth'
    demandBandwidth(input.Bandwidth, internetChargeType)
    const known = !input.Zone || regionFacts(regionId)?.Zones.includes(input.Zone)
    demand(known, 'InvalidZoneId.NotFound', 'The specified Zone does not exist.', 404)
    const held = state.bandwidthPackages.list({ accountId, regionId }).length
    demand(held < quota, 'QuotaExceeded', `A region holds at most ${quota} shared bandwidths.`, 400)
    const row = state.bandwidthPackages.put({
      id: newId('cbwp', regionId, random),
      accountId,
      regionId,
      name: input.Name ?? '',
      description: input.Description ?? '',
      bandwidth: input.Bandwidth,
      internetChargeType,
      ratio: ratioOf(input.Ratio, internetChargeType),
      isp: input.ISP || 'BGP',
      zone: input.Zone ?? '',
      securityProtectionTypes: protectionOf(input, internetChargeType),
      deletionProtection: false,
      resourceGroupId: demandResourceGroup(input.ResourceGroupId),
      createdAt: now,
      tags: newTags(input.Tag),
    })
    return { BandwidthPackageId: row.id, ResourceGroupId: row.resourceGroupId }
  },
)

/** Changes what is given and leaves the rest. */
export const ModifyCommonBandwidthPackageAttribute = vpc(
  'ModifyCommonBandwidthPackageAttribute',
  ['BandwidthPackageId', 'Name', 'Description'],
  (input, context) => {
    const row = packageOf(input.BandwidthPackageId, context)
    demandTexts(input)
    const { Name = row.name, Description = row.description } = input
    context.state.bandwidthPackages.put({ ...row, name: Name, description: Description })
    return {}
  },
)

export const ModifyCommonBandwidthPackageSpec = vpc(
  'ModifyCommonBandwidthPackageSpec',
  ['BandwidthPackageId', 'Bandwidth'],
  (input, context) => {
    const { state } = context
    const row = packageOf(input.BandwidthPackageId, context)
    const bandwidth = /^\d{1,5}$/.test(input.Bandwidth) ? Number(input.Bandwidth) : 0
    demandBandwidth(bandwidth, row.internetChargeType)
    state.bandwidthPackages.put({ ...row, bandwidth })
    for (const eip of state.eips.by('package', row.id)) putEip(eip, state)
    return {}
  },
)

/** With Force, its addresses are taken from it; without, it has to have none. */
export const DeleteCommonBandwidthPackage = vpc('DeleteCommonBandwidthPackage', ['BandwidthPackageId', 'Force'], (input, context) => {
  const { state } = context
  const row = packageOf(input.BandwidthPackageId, context)
  demandOneOf(input.Force?.toLowerCase(), ['true', 'false'], 'Force', 'InvalidParameter')
  demandUnprotected(row)
  const eips = state.eips.by('package', row.id)
  const adding = eips.some(({ shared }) => shared?.status === 'BINDING')
  demand(!adding, 'OperationFailed.AddIpTaskInProcessing', 'An elastic address is being added to the shared bandwidth.', 400)
  const forced = input.Force?.toLowerCase() === 'true'
  demand(forced || eips.length === 0, 'DependencyViolation.Ips', 'Elastic addresses still share the bandwidth.', 400)
  for (const eip of eips) leave(eip, context)
  state.bandwidthPackages.delete(row.id)
  return {}
})
