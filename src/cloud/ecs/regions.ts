import { endpointOf } from '../../api/endpoints.ts'
import { type RegionFacts, regionFacts, regions } from '../../api/regions.ts'
import { instanceTypes } from '../../api/instance-types.ts'
import { demand, fault } from '../fault.ts'
import { ecs } from '../operation.ts'
import { listed } from '../rows.ts'

const languages = ['zh-CN', 'en-US', 'ja']

/** One view per language, so that each region's JSON is kept once per language. */
const views = new Map(
  languages.map((language) => [
    language,
    (region: RegionFacts) => ({
      RegionId: region.RegionId,
      LocalName: region.LocalName[language] ?? '',
      RegionEndpoint: endpointOf('ecs', region.RegionId),
      Status: region.Status,
    }),
  ]),
)

function viewFor(language: string | undefined) {
  const view = views.get(language ?? 'zh-CN')
  if (view === undefined) throw fault('InvalidAcceptLanguage.NotFound', 'The specified AcceptLanguage does not exist.')
  return view
}

export const DescribeRegions = ecs('DescribeRegions', ['AcceptLanguage'], (input) => ({
  Regions: { Region: listed([...regions().values()], viewFor(input.AcceptLanguage)) },
}))

const diskCategories = ['cloud_essd', 'cloud_auto', 'cloud_essd_entry', 'cloud_ssd', 'cloud_efficiency']
const creatable = ['VSwitch', 'IoOptimized', 'Instance', 'Disk', 'DedicatedHost']

/** `可用区A` / `Zone A` after the city, which a region's name has in brackets: 华东1（杭州）, China (Hangzhou). */
function zoneName(region: RegionFacts, zoneId: string, language: string): string {
  const letter = (zoneId.at(-1) as string).toUpperCase()
  const name = region.LocalName[language] ?? ''
  const city = /[（(]([^）)]*)[）)]/.exec(name)?.[1] ?? name
  return language === 'zh-CN' ? `${city} 可用区${letter}` : language === 'ja' ? `${city} ゾーン${letter}` : `${city} Zone ${letter}`
}

export const DescribeZones = ecs(
  'DescribeZones',
  ['AcceptLanguage', 'Verbose', 'InstanceChargeType', 'SpotStrategy'],
  ({ AcceptLanguage = 'zh-CN', Verbose = true }, { regionId }) => {
    viewFor(AcceptLanguage)
    const region = regionFacts(regionId)
    demand(region !== undefined, 'InvalidRegionId.NotFound', 'The specified RegionId does not exist.')
    const types = Verbose ? [...instanceTypes().keys()] : []
    const families = Verbose ? [...new Set([...instanceTypes().values()].map((type) => type.InstanceTypeFamily))] : []
    const categories = Verbose ? diskCategories : []
    return {
      Zones: {
        Zone: region.Zones.map((ZoneId) => ({
          ZoneId,
          ZoneType: 'AvailabilityZone',
          LocalName: zoneName(region, ZoneId, AcceptLanguage),
          AvailableInstanceTypes: { InstanceTypes: types },
          AvailableDiskCategories: { DiskCategories: categories },
          AvailableVolumeCategories: { VolumeCategories: categories },
          AvailableResourceCreation: { ResourceTypes: creatable },
          AvailableDedicatedHostTypes: { DedicatedHostType: [] },
          DedicatedHostGenerations: { DedicatedHostGeneration: [] },
          AvailableResources: {
            ResourcesInfo: Verbose
              ? [
                  {
                    IoOptimized: true,
                    NetworkTypes: { supportedNetworkCategory: ['vpc'] },
                    SystemDiskCategories: { supportedSystemDiskCategory: categories },
                    DataDiskCategories: { supportedDataDiskCategory: categories },
                    InstanceTypes: { supportedInstanceType: types },
                    InstanceTypeFamilies: { supportedInstanceTypeFamily: families },
                    InstanceGenerations: { supportedInstanceGeneration: [] },
                  },
                ]
              : [],
          },
        })),
      },
    }
  },
)
