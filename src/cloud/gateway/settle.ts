import type { Step } from './exchange.ts'

/** Lets everything happen that is due by now, before the request sees the cloud. */
export const settle: Step = (_exchange, machine) => machine.settle()
