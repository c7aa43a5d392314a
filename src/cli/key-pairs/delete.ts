import { statesOf } from '../safety/carry-out.ts'
import { deedCommand } from '../safety/command.ts'
import { type KeyPair, keyPairs } from './key-pair.ts'

const kind = { en: 'key pair', zh: '密钥对' } as const

/** `tanxing key-pairs delete`: deletes key pairs that no instance has. */
export const command = deedCommand<KeyPair>({
  noun: keyPairs,
  verb: { en: 'delete', zh: '删除' },
  done: { en: 'deleted', zh: '已删除' },
  undo: 'key-pairs delete',
  limit: 50,
  // DeleteKeyPairs has no DryRun.
  dryRuns: false,
  about: ({ KeyPairFingerPrint }) => KeyPairFingerPrint,
  tags: ({ Tags }) => Tags?.Tag ?? [],
  losses: (items) => Promise.resolve(new Map(items.map(({ KeyPairName }) => [KeyPairName, [{ kind, what: KeyPairName }]]))),
  // It takes many, and refuses all for one that is in use.
  action: ({ KeyPairName }) => ({ action: 'DeleteKeyPairs', input: { KeyPairNames: [KeyPairName] } }),
  seen: { idOf: keyPairs.id, states: statesOf(keyPairs, () => 'Present'), there: (state) => state === 'Deleted' },
})
