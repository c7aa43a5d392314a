import type { Voucher } from '../term-life.ts'

/** So much an hour that is paid for a time, whatever runs. No operation of ECS shows one: they are told by the billing service. */
export interface SavingsPlan extends Voucher {
  readonly planType: string
  readonly offeringType: string
  /** What is paid each hour. */
  readonly committedAmount: number
  /** What it is for; empty for a plan for everything. */
  readonly instanceTypeFamily: string
  /** The instances that are paid by use since. */
  readonly resourceIds: readonly string[]
  readonly createdAt: number
}
