import type { LifeContext, Lifecycles } from '../../lifecycle.ts'

/** Milliseconds of the cloud's time (unconfirmed). */
export const durations = { attach: 3_000, detach: 3_000 } as const

export const lifecycles: Lifecycles = {
  'storageChannel.attached': (subject, { state }) => {
    const channel = state.storageChannels.get(subject)
    if (channel?.status === 'Attaching') state.storageChannels.put({ ...channel, status: 'In_use' })
  },
  'storageChannel.detached': (subject, { state }) => {
    if (state.storageChannels.get(subject)?.status === 'Detaching') state.storageChannels.delete(subject)
  },
}

/** The channels of an instance go with it. */
export function removeChannels(instanceId: string, { state }: Pick<LifeContext, 'state'>): void {
  for (const { id } of state.storageChannels.by('instance', instanceId)) {
    for (const kind of Object.keys(lifecycles)) state.agenda.cancel(`${kind}:${id}`)
    state.storageChannels.delete(id)
  }
}
