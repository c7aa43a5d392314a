import { type InstanceType, instanceTypeOf } from '../../../api/instance-types.ts'
import { demand } from '../../fault.ts'
import { owned } from '../../owned.ts'
import { ecs } from '../../operation.ts'
import { demandOneOf } from '../values.ts'
import { categoryOf, diskOffers, offer, takesDisk, typeNamed, typesOf, zoneOffers, zonesOf } from './offers.ts'

const operations = ['Upgrade', 'Downgrade', 'RenewDowngrade', 'RenewModify']

/** What an instance could become, there or (with MigrateAcrossZone) in the region's other zones. Any type of its architecture will do. */
export const DescribeResourcesModification = ecs(
  'DescribeResourcesModification',
  ['ResourceId', 'DestinationResource', 'InstanceType', 'OperationType', 'MigrateAcrossZone', 'Cores', 'Memory', 'ZoneId', 'Conditions'],
  (input, context) => {
    const { DestinationResource: destination, MigrateAcrossZone = false, OperationType = 'Upgrade' } = input
    demandOneOf(destination, ['InstanceType', 'SystemDisk'], 'DestinationResource', 'Invalid.DestinationResource', 404)
    for (const condition of input.Conditions ?? []) demandOneOf(condition, ['DiskCategory'], 'Conditions', 'Invalid.Param', 400)
    demandOneOf(OperationType, operations, 'OperationType', 'Invalid.OperationType', 400)
    const instance = owned(context.state.instances.get(input.ResourceId), context)
    demand(instance, 'Invalid.ResourceId', 'The specified ResourceId is not valid.', 404)
    const now = instanceTypeOf(instance.instanceType)
    const zones = zonesOf(input.ZoneId, instance.regionId).filter((zone) => MigrateAcrossZone || zone === instance.zoneId)
    if (destination === 'SystemDisk') {
      const type = typeNamed(input.InstanceType || instance.instanceType)
      demand(type, 'Invalid.Param', 'The specified InstanceType is not valid.', 400)
      const offersIn = (zone: string) => diskOffers('system', type, categoryOf(zone, type.InstanceTypeId, context))
      return { AvailableZones: { AvailableZone: zones.map((zone) => zoneOffers(zone, instance.regionId, destination, offersIn(zone))) } }
    }
    const size = ({ CpuCoreCount, MemorySize }: { CpuCoreCount: number; MemorySize: number }) => CpuCoreCount * 4 + MemorySize
    const smaller = OperationType === 'Downgrade' || OperationType === 'RenewDowngrade'
    const types = typesOf(input).filter(
      (type) =>
        type.CpuArchitecture === now?.CpuArchitecture &&
        type.InstanceTypeId !== now.InstanceTypeId &&
        (!smaller || size(type) <= size(now)),
    )
    const category = context.state.disks.by('instance', instance.id).find((disk) => disk.type === 'system')?.category ?? ''
    const fits = (type: InstanceType) => takesDisk(type, category)
    const wanted = input.Conditions?.includes('DiskCategory') === true
    const offersIn = (zone: string, some: readonly InstanceType[]) =>
      some.map(({ InstanceTypeId }) => offer(InstanceTypeId, categoryOf(zone, InstanceTypeId, context)))
    /** Types that would need other disks: told apart on request. */
    const conditional = (zone: string) =>
      offersIn(
        zone,
        types.filter((type) => !fits(type)),
      ).map((one) => ({ ...one, Conditions: { Condition: [{ Key: 'DiskCategory' }] } }))
    return {
      AvailableZones: {
        AvailableZone: zones.map((zone) => {
          const { AvailableResources, ...told } = zoneOffers(zone, instance.regionId, destination, offersIn(zone, types.filter(fits)))
          const ConditionSupportedResources = { ConditionSupportedResource: wanted ? conditional(zone) : [] }
          return {
            ...told,
            AvailableResources: {
              AvailableResource: AvailableResources.AvailableResource.map((one) => ({ ...one, ConditionSupportedResources })),
            },
          }
        }),
      },
    }
  },
)
