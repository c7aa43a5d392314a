import type { Lifecycles } from '../lifecycle.ts'

/** How long a session is kept after its end, so that its key is told it has expired rather than that it never was. */
export const keptAfterEndMs = 24 * 3_600_000

export const lifecycles: Lifecycles = { 'session.expired': (subject, { state }) => state.sessions.delete(subject) }
