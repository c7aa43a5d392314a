import type * as Ecs from '../../api/generated/ecs.ts'
import type { Text } from '../../api/text.ts'
import { PermissionError } from '../../client/api-error.ts'
import type { EcsClient } from '../../client/index.ts'

type Launch = Pick<
  Ecs.RunInstancesInput,
  'InstanceType' | 'ImageId' | 'SystemDisk' | 'DataDisk' | 'InternetChargeType' | 'InternetMaxBandwidthOut' | 'SpotStrategy' | 'ZoneId'
>

// The values that are documented for a price are fewer than those for a launch; both are the same categories.
type Category = NonNullable<Ecs.DescribePriceInput['SystemDisk']>['Category']

const digits = (amount: number) => String(Number(amount.toFixed(4)))

/**
 * What a launch costs by the hour, in words.
 * @param count how many instances
 * @throws ApiError where the launch could not be either; where only the price may not be asked for, that is what is told
 */
export async function priceText(ecs: EcsClient, launch: Launch, count: number, signal: AbortSignal): Promise<Text> {
  const { InstanceType, ImageId, SystemDisk, DataDisk = [], InternetChargeType, InternetMaxBandwidthOut, SpotStrategy, ZoneId } = launch
  const size = Number(SystemDisk?.Size)
  try {
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
    const { TradePrice, Currency } = PriceInfo.Price
    const traffic = InternetMaxBandwidthOut === undefined ? { en: '', zh: '' } : { en: ', and traffic', zh: '，流量另计' }
    return {
      en: `price: ${digits(TradePrice)} ${Currency} an hour${traffic.en}`,
      zh: `价格：每小时 ${digits(TradePrice)} ${Currency}${traffic.zh}`,
    }
  } catch (error) {
    if (!(error instanceof PermissionError)) throw error
    return { en: `price: unknown (${error.code})`, zh: `价格：未知（${error.code}）` }
  }
}
