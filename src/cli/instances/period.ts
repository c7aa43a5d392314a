import type { Text } from '../../api/text.ts'
import type { Invocation, Options } from '../command.ts'
import { CommandError } from '../errors.ts'
import type { Instance } from './instance.ts'

/** In months. */
const units = { month: 1, year: 12 } as const
const mostMonths = 60

/** How long a subscription is renewed for. */
export const periodOptions: Options = {
  period: { type: 'string', value: 'COUNT', default: '1', help: { en: 'for how many months or years', zh: '续费的月数或年数' } },
  unit: { type: 'string', choices: Object.keys(units), default: 'month', help: { en: 'of the period', zh: '时长单位' } },
}

/**
 * What the options tell, in months: a renewal takes no years.
 * @throws CommandError when the period is no number of months up to 60, or of years up to 5
 */
export function periodOf({ values }: Invocation): { readonly Period: number; readonly PeriodUnit: 'Month' } {
  const months = units[(values.text('unit') ?? 'month') as keyof typeof units]
  const text = values.text('period') ?? ''
  const most = mostMonths / months
  if (/^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= most) return { Period: Number(text) * months, PeriodUnit: 'Month' }
  throw new CommandError({ en: `--period is a number from 1 to ${most}`, zh: `--period 为 1 到 ${most} 的整数` })
}

/** Why it cannot be renewed. */
export const notRenewable = ({ InstanceChargeType }: Instance): Text | undefined =>
  InstanceChargeType === 'PrePaid' ? undefined : { en: 'is no subscription', zh: '不是包年包月实例' }
