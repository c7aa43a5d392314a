/** The names of instances made together, as `prefix[begin,bits]suffix` orders them. Pure. */

interface Order {
  readonly prefix: string
  readonly begin: number
  readonly bits: number
  readonly suffix: string
}

const lastNumber = 999_999

/** Reads an ordered name; `[]` and `[,]` mean `[0,6]`, and a begin wider than `bits` widens it to 6. Anything else is a plain name. */
function orderOf(name: string): Order | undefined {
  const match = /^(.*)\[(?:(\d{0,6}),([1-6]?))?\](.*)$/.exec(name)
  if (match === null) return undefined
  const [, prefix = '', begin = '', bits = '', suffix = ''] = match
  const width = bits === '' ? 6 : Number(bits)
  return { prefix, begin: Number(begin), bits: String(Number(begin)).length > width ? 6 : width, suffix }
}

export interface Naming {
  /** How many are made in the call. */
  readonly amount: number
  /** UniqueSuffix: 001 to 999 at the end of each name, when more than one is made. */
  readonly uniqueSuffix: boolean
}

/** The name of the instance at `index` (from 0) of a call. An ordered name that ends with its brackets takes no unique suffix. */
export function nameAt(name: string, index: number, { amount, uniqueSuffix }: Naming): string {
  const order = orderOf(name)
  const number = order && String(Math.min(order.begin + index, lastNumber)).padStart(order.bits, '0')
  const ordered = order === undefined ? name : `${order.prefix}${number}${order.suffix}`
  if (!uniqueSuffix || amount === 1 || order?.suffix === '') return ordered
  return ordered + String(Math.min(index + 1, 999)).padStart(3, '0')
}

/** The host name of an instance that was given none: its id without `i-`, between `iZ` and `Z`. */
export const defaultHostName = (instanceId: string): string => `iZ${instanceId.slice(2)}Z`

const linuxHostName = /^(?=.{2,64}$)[a-z0-9]+(?:[-.][a-z0-9]+)*$/i
const windowsHostName = /^(?=.{2,15}$)(?!\d+$)[a-z0-9]+(?:-[a-z0-9]+)*$/i

/** True when a host name fits the rule of its operating system. */
export const isHostName = (name: string, osType: string): boolean => (osType === 'windows' ? windowsHostName : linuxHostName).test(name)
