/**
 * Kinds of transitions that are no change under way but an end that was agreed on: a fault that slows or sticks changes does not
 * move them.
 */
export const deadlines: ReadonlySet<string> = new Set(['instance.autoRelease', 'instance.expired', 'session.expired', 'replay.expired'])
