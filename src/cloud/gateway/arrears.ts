import { fault } from '../fault.ts'
import type { Step } from './exchange.ts'

/** What an account whose bill is overdue cannot buy, with the status that says so. Everything else is up to the locks of its instances. */
const sales: { readonly [action: string]: number } = {
  AllocateDedicatedHosts: 400,
  CreateDisk: 400,
  CreateInstance: 400,
  ModifyDedicatedHostsChargeType: 403,
  ModifyDiskChargeType: 400,
  ModifyInstanceChargeType: 403,
  ModifyInstanceNetworkSpec: 400,
  ModifyInstanceSpec: 400,
  ModifyPrepayInstanceSpec: 400,
  PurchaseReservedInstancesOffering: 403,
  RunInstances: 400,
}

const message = 'Your account has an overdue payment.'

/** Sells nothing to an account in arrears (that this is said before the parameters are looked at is unconfirmed). */
export const arrears: Step = ({ product, action, caller, replayed }, { state }) => {
  const restarts = action === 'ReActivateInstances'
  if (product !== 'ecs' || replayed || !(restarts || Object.hasOwn(sales, action))) return
  if (state.accounts.get(caller.accountId)?.inArrears !== true) return
  throw restarts ? fault('InsufficientBalance', message, 403) : fault('Account.Arrearage', message, sales[action])
}
