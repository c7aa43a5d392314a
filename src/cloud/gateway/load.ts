import { handlerOf } from '../handlers.ts'
import type { Step } from './exchange.ts'

/** Waits for the code of the operation, the first time that one of its module is called. Before anything is looked at, so nothing is done twice. */
export const load: Step = ({ product, action }) => void handlerOf(product, action)
