import { instances } from '../instances/instance.ts'
import { deedCommand } from '../safety/command.ts'
import { bindDeed, callOf, states } from './bind.ts'

const kind = { en: 'login by key pair', zh: '密钥对登录' } as const

/** `tanxing key-pairs detach`: takes from instances the key pair they have. A guest that runs forgets it as it restarts. */
export const command = {
  ...deedCommand({
    ...bindDeed,
    verb: { en: 'unbind the key pair', zh: '解绑密钥对' },
    sentence: { en: 'unbind it', zh: '解绑' },
    headed: { en: 'unbind the key pair of …', zh: '解绑 … 的密钥对' },
    done: { en: 'unbound', zh: '已解绑' },
    limit: 50,
    already: ({ KeyPairName }) => !KeyPairName,
    losses: (items) =>
      Promise.resolve(new Map(items.map((item) => [instances.id(item), [{ kind, what: item.KeyPairName ?? '' }]] as const))),
    action: (instance) => callOf('DetachKeyPair', instance, instance.KeyPairName),
    seen: { idOf: instances.id, states, there: (state) => state === '' },
  }),
  usage: 'INSTANCE… [OPTIONS]',
}
