import type * as Ecs from '../../api/generated/ecs.ts'
import type { Text } from '../../api/text.ts'
import type { EcsClient } from '../../client/index.ts'
import { hourly, priceLine } from '../price.ts'

type Launch = Pick<
  Ecs.RunInstancesInput,
  'InstanceType' | 'ImageId' | 'SystemDisk' | 'DataDisk' | 'InternetChargeType' | 'InternetMaxBandwidthOut' | 'SpotStrategy' | 'ZoneId'
>

// The values that are documented for a price are fewer than those for a launch; both are the same categories.
type Category = NonNullable<Ecs.DescribePriceInput['SystemDisk']>['Category']

/**
 * What a launch costs by the hour, in words.
 * @param count how many instances
 * @throws ApiError where the launch could not be either; where only the price may not be asked for, that is what is told
 */
export function priceText(ecs: EcsClient, launch: Launch, count: number, signal: AbortSignal): Promise<Text> {
  const { InstanceType, ImageId, SystemDisk, DataDisk = [], InternetChargeType, InternetMaxBandwidthOut, SpotStrategy, ZoneId } = launch
  const size = Number(SystemDisk?.Size)
  return priceLine(async () => {
    const { PriceInfo } = await ecs.describePrice(
      {
        ResourceType: 'instance',
        PriceUnit: 'Hour',
        Amount: count,
        InstanceType,
        ImageId,
        SystemDisk: { Category: SystemDisk?.Category as Category, ...(size > 0 && { Size: size }) },
        DataDisk: DataDisk.map(({ Category, Size }) => ({ Category: Category as Category, Size })),
        InternetChargeType,
        InternetMaxBandwidthOut,
        SpotStrategy,
        ZoneId,
      },
      { signal },
    )
    const { en, zh } = hourly(PriceInfo.Price.TradePrice, PriceInfo.Price.Currency)
    return InternetMaxBandwidthOut === undefined ? { en, zh } : { en: `${en}, and traffic`, zh: `${zh}，流量另计` }
  })
}
