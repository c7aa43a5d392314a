import { monotonicNow } from '../../api/system.ts'
import { createRecent } from '../recent.ts'
import { createRetryBudget, type RetryBudget } from './budget.ts'

/** As many endpoints as are kept for sure; one that is dropped begins anew. */
const kept = 1_000
const budgets = createRecent<RetryBudget>(kept)

/** The retry budget of an endpoint, which all clients of the process share. */
export const budgetOf = (host: string): RetryBudget => budgets.of(host, () => createRetryBudget(monotonicNow))
