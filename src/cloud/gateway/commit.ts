import { fault, type Fault } from '../fault.ts'
import { StoreError } from '../store/store.ts'
import { noteCreated } from './created.ts'
import type { Step } from './exchange.ts'

/** Ends the transaction: what was changed stays, once it is on the disk where there is one. */
export const commit: Step = (exchange, { state }) => {
  if (state.journal.mark() > 0) noteCreated(exchange, state.commit())
}

/** The refusal of a request whose changes, or what they were based on, did not reach the disk and were taken back. */
export const unsaved = (error: unknown): Fault =>
  error instanceof StoreError && error.code === 'Full'
    ? fault('InternalError.StorageFull', 'The disk of the local cloud is full. Nothing of this request was kept.', 500)
    : fault('InternalError.StorageFailed', 'The local cloud could not write to its disk. Nothing of this request was kept.', 500)
