import type { Step } from './exchange.ts'

/** Ends the transaction: what was changed stays. */
export const commit: Step = (_exchange, { state }) => state.commit()
