import { noteCreated } from './created.ts'
import type { Step } from './exchange.ts'

/** Lets everything happen that is due by now, before the request sees the cloud. That is final, whatever becomes of the request. */
export const settle: Step = (exchange, machine) => {
  try {
    machine.settle()
  } finally {
    if (machine.state.journal.mark() > 0) noteCreated(exchange, machine.state.commit())
  }
}
