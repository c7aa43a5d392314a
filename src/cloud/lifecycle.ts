import type { Context } from './operation.ts'

/** What a transition may see and change: a request's context without a caller. */
export type LifeContext = Pick<Context, 'state' | 'now' | 'random' | 'schedule'>

/** What happens when a scheduled transition comes due, by its kind. It finds its row by id and does nothing when that is gone or has moved on. */
export type Lifecycles = { readonly [kind: string]: (subject: string, context: LifeContext) => void }
