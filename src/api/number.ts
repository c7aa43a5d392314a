const plainNumber = /^-?(?:\d+\.?\d*|\.\d+)$/

/** The number that a plain decimal says; undefined for any other text, such as `0x10` or `1e3`. */
export function toNumber(text: string): number | undefined {
  const number = plainNumber.test(text) ? Number(text) : Number.NaN
  return Number.isFinite(number) ? number : undefined
}

const fractional = /(?:Price|PriceLimit|Memory|Memories|MemorySize|Frequency|OverCommitRatio|WeightedCapacity)$/
const past64Bits = 2 ** 63

/**
 * Whether the parameter at a path may have a fraction: prices, GiB of memory, clock speeds, ratios and weights may. The SDKs' types do
 * not tell, their documentation's examples do.
 */
export const mayHaveFraction = (path: string): boolean => fractional.test(path)

/** Whether a number can be the value of the parameter at a path: nearly all are whole, and none needs more than 64 bits. */
export const fitsParameter = (number: number, path: string): boolean =>
  mayHaveFraction(path) ? Number.isFinite(number) : Number.isInteger(number) && Math.abs(number) < past64Bits
