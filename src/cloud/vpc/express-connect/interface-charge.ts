import { periodEnd } from '../../ecs/instance/charge.ts'
import { demandOneOf } from '../../ecs/values.ts'
import { demand } from '../../fault.ts'
import type { RouterInterface } from './records.ts'

interface ChargeInput {
  readonly InstanceChargeType?: string | undefined
  readonly Period?: number | undefined
  readonly PricingCycle?: string | undefined
  readonly AutoRenew?: boolean | undefined
}

type Charge = Pick<RouterInterface, 'chargeType' | 'expiresAt' | 'renewalMonths'>

/** 1 to 9 months or 1 to 3 years. The accepting side costs nothing. @throws Fault InvalidInstanceChargeType.ValueNotSupported, InvalidPeriod (unconfirmed) */
export function chargeOf(input: ChargeInput, role: RouterInterface['role'], now: number): Charge {
  demandOneOf(input.InstanceChargeType, ['PrePaid', 'PostPaid'], 'InstanceChargeType', 'InvalidInstanceChargeType.ValueNotSupported', 400)
  demandOneOf(input.PricingCycle, ['Month', 'Year'], 'PricingCycle', 'InvalidParameter')
  if (input.InstanceChargeType !== 'PrePaid' || role === 'AcceptingSide')
    return { chargeType: 'PostPaid', expiresAt: undefined, renewalMonths: undefined }
  const unit = input.PricingCycle || 'Month'
  const { Period: period = 0 } = input
  const fits = Number.isInteger(period) && period >= 1 && period <= (unit === 'Year' ? 3 : 9)
  demand(fits, 'InvalidPeriod', 'The specified Period is not valid.', 400)
  const renewalMonths = input.AutoRenew === true ? period * (unit === 'Year' ? 12 : 1) : undefined
  return { chargeType: 'PrePaid', expiresAt: periodEnd(now, period, unit), renewalMonths }
}
