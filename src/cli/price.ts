import { PermissionError } from '../client/api-error.ts'
import type { Text } from '../api/text.ts'

/** The part of an answer about prices that is told. */
export interface Priced {
  readonly PriceInfo: {
    readonly Price: {
      readonly TradePrice: number
      readonly Currency: string
      readonly DetailInfos: { readonly DetailInfo: readonly { readonly Resource: string; readonly TradePrice: number }[] }
    }
  }
}

/** An amount of money, to a hundredth of a cent, without zeros at the end. */
export const digits = (amount: number): string => String(Number(amount.toFixed(4)))

/**
 * Asks for a price and puts it in words.
 * @throws ApiError where what is asked for could not be bought either; where only the price may not be asked for, that is told
 */
export async function priceLine(ask: () => Promise<Text>): Promise<Text> {
  try {
    const { en, zh } = await ask()
    return { en: `price: ${en}`, zh: `价格：${zh}` }
  } catch (error) {
    if (!(error instanceof PermissionError)) throw error
    return { en: `price: unknown (${error.code})`, zh: `价格：未知（${error.code}）` }
  }
}

/** An amount by the hour, in words. */
export const hourly = (amount: number, currency: string): Text => ({
  en: `${digits(amount)} ${currency} an hour`,
  zh: `每小时 ${digits(amount)} ${currency}`,
})
