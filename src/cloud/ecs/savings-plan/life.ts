import type { Lifecycles } from '../../lifecycle.ts'
import { voucherLife } from '../term-life.ts'
import type { SavingsPlan } from './records.ts'

export const lifecycles: Lifecycles = voucherLife<SavingsPlan>('savingsPlan', (state) => state.savingsPlans)
