import { type RegionFacts, regionFacts, regions } from '../../api/regions.ts'
import { instanceTypes } from '../../api/instance-types.ts'
import { demand, fault } from '../fault.ts'
import { saleOf } from '../market/model.ts'
import { type Context, ecs } from '../operation.ts'
import { listed } from '../rows.ts'
import { hostTypes } from './dedicated-host/types.ts'
import { generationOf } from './instance-type-traits.ts'
import { demandOneOf } from './values.ts'

/** The list of 2021. Later texts add zh-TW, fr, de and ko, whose names are not known. */
const languages = ['zh-CN', 'en-US', 'ja']
const spot = ['SpotWithPriceLimit', 'SpotAsPriceGo'] as const

/** One view per language, so that each region's JSON is kept once per language. */
const views = new Map(
  languages.map((language) => [
    language,
    (region: RegionFacts) => ({
      RegionId: region.RegionId,
      LocalName: region.LocalName[language] ?? '',
      // Where a client should really call is `endpointOf`; real answers name this host even for cn-hangzhou.
      RegionEndpoint: `ecs.${region.RegionId}.aliyuncs.com`,
      Status: region.Status,
    }),
  ]),
)

function viewFor(language: string | undefined) {
  const view = views.get(language || 'zh-CN')
  if (view === undefined) throw fault('InvalidAcceptLanguage.NotFound', 'The specified AcceptLanguage does not exist.', 404)
  return view
}

/** Everything is on sale everywhere here, so what it is asked for changes nothing but has to be known. */
export const DescribeRegions = ecs('DescribeRegions', ['AcceptLanguage', 'ResourceType', 'InstanceChargeType'], (input) => {
  const resources = ['instance', 'disk', 'reservedinstance', 'scu']
  demandOneOf(input.ResourceType, resources, 'ResourceType', 'InvalidResourceType.NotFound', 404)
  demandOneOf(input.InstanceChargeType, ['PrePaid', 'PostPaid', ...spot], 'InstanceChargeType', 'InvalidParameter')
  return { Regions: { Region: listed([...regions().values()], viewFor(input.AcceptLanguage)) } }
})

const diskCategories = ['cloud_essd', 'cloud_auto', 'cloud_essd_entry', 'cloud_ssd', 'cloud_efficiency']
const creatable = ['VSwitch', 'IoOptimized', 'Instance', 'Disk', 'DedicatedHost']

/** `可用区A` / `Zone A` after the city, which a region's name has in brackets: 华东1（杭州）, China (Hangzhou). */
export function zoneName(region: RegionFacts, zoneId: string, language: string): string {
  const letter = (zoneId.at(-1) as string).toUpperCase()
  const name = region.LocalName[language] ?? ''
  const city = /[（(]([^）)]*)[）)]/.exec(name)?.[1] ?? name
  return language === 'zh-CN' ? `${city} 可用区${letter}` : language === 'ja' ? `${city} ゾーン${letter}` : `${city} Zone ${letter}`
}

/** What is sold in a zone at the moment. Without stock of any type nothing is, disks neither. */
function soldIn(zoneId: string, { state, now }: Context) {
  const types = [...instanceTypes().values()].filter((type) => saleOf(state, { zoneId, instanceType: type.InstanceTypeId }, now).left > 0)
  return {
    types: types.map((type) => type.InstanceTypeId),
    families: [...new Set(types.map((type) => type.InstanceTypeFamily))],
    generations: [...new Set(types.map((type) => generationOf(type.InstanceTypeFamily)))].toSorted(),
    categories: types.length > 0 ? diskCategories : [],
  }
}

/** The same as ResourcesInfo tells it. */
const resourcesInfo = ({ types, families, generations, categories }: ReturnType<typeof soldIn>) => ({
  IoOptimized: true,
  NetworkTypes: { supportedNetworkCategory: ['vpc'] },
  SystemDiskCategories: { supportedSystemDiskCategory: categories },
  DataDiskCategories: { supportedDataDiskCategory: categories },
  InstanceTypes: { supportedInstanceType: types },
  InstanceTypeFamilies: { supportedInstanceTypeFamily: families },
  InstanceGenerations: { supportedInstanceGeneration: generations },
})

const nothing: ReturnType<typeof soldIn> = { types: [], families: [], generations: [], categories: [] }

export const DescribeZones = ecs(
  'DescribeZones',
  ['AcceptLanguage', 'Verbose', 'InstanceChargeType', 'SpotStrategy'],
  ({ AcceptLanguage = 'zh-CN', Verbose = true, InstanceChargeType, SpotStrategy }, context) => {
    viewFor(AcceptLanguage)
    demandOneOf(InstanceChargeType, ['PrePaid', 'PostPaid'], 'InstanceChargeType', 'InvalidInstanceChargeType.NotFound', 404)
    demandOneOf(SpotStrategy, ['NoSpot', 'SpotWithPriceLimit', 'SpotAsPriceGo'], 'SpotStrategy', 'InvalidSpotStrategy', 400)
    const region = regionFacts(context.regionId)
    demand(region !== undefined, 'InvalidRegionId.NotFound', 'The specified RegionId does not exist.', 404)
    return {
      Zones: {
        Zone: region.Zones.map((ZoneId) => {
          const sold = Verbose ? soldIn(ZoneId, context) : nothing
          return {
            ZoneId,
            ZoneType: 'AvailabilityZone',
            LocalName: zoneName(region, ZoneId, AcceptLanguage || 'zh-CN'),
            AvailableInstanceTypes: { InstanceTypes: sold.types },
            AvailableDiskCategories: { DiskCategories: sold.categories },
            AvailableVolumeCategories: { VolumeCategories: sold.categories },
            AvailableResourceCreation: { ResourceTypes: creatable },
            AvailableDedicatedHostTypes: { DedicatedHostType: [...hostTypes.keys()] },
            DedicatedHostGenerations: { DedicatedHostGeneration: [] },
            AvailableResources: { ResourcesInfo: sold.types.length > 0 ? [resourcesInfo(sold)] : [] },
          }
        }),
      },
    }
  },
)
