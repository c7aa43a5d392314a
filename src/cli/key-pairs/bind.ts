import { instanceDeed } from '../instances/deeds.ts'
import { type Instance, instances } from '../instances/instance.ts'
import { CommandError, exit } from '../errors.ts'
import { statesOf } from '../safety/carry-out.ts'
import type { Deed } from '../safety/deed.ts'

interface Answer {
  readonly Results?: { readonly Result?: readonly { readonly Success?: string; readonly Code?: string; readonly Message?: string }[] }
}

/** The service answers 200 and tells of each instance whether it went well. */
function refused(answer: unknown): Error | undefined {
  const [one] = (answer as Answer).Results?.Result ?? []
  if (one?.Success !== 'false') return undefined
  const said = `${one.Code}: ${one.Message}`
  return new CommandError({ en: said, zh: said }, exit.failed)
}

/** The call that binds a key pair to an instance, or takes it off. */
export const callOf = (action: 'AttachKeyPair' | 'DetachKeyPair', { InstanceId }: Instance, KeyPairName: unknown) => ({
  action,
  input: { KeyPairName, InstanceIds: [InstanceId] },
  refused,
})

/** What binding and unbinding have in common: the words are instances. */
export const bindDeed = {
  ...instanceDeed,
  dryRuns: false,
  about: ({ Status, KeyPairName }: Instance) => [Status, KeyPairName].filter(Boolean).join('  '),
} as const satisfies Partial<Deed<Instance>>

/** The key pair of each, as read back. */
export const states = statesOf(instances, ({ KeyPairName }) => KeyPairName ?? '')
