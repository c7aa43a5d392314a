import { instances } from '../instances/instance.ts'
import { demanded } from '../numbers.ts'
import { deedCommand } from '../safety/command.ts'
import { named } from '../select/select.ts'
import { bindDeed, callOf, states } from './bind.ts'
import { keyPairs } from './key-pair.ts'

const kind = { en: 'key pair that is replaced', zh: '被替换的密钥对' } as const

/** `tanxing key-pairs attach`: binds a key pair to instances in place of the one they have. A guest that runs takes it up as it restarts. */
export const command = {
  ...deedCommand({
    ...bindDeed,
    verb: { en: 'bind the key pair', zh: '绑定密钥对' },
    sentence: { en: 'bind it', zh: '绑定' },
    headed: { en: 'bind a key pair to …; what runs takes it up with its next restart', zh: '为 … 绑定密钥对；运行中的实例重启后生效' },
    done: { en: 'bound', zh: '已绑定' },
    limit: 50,
    options: { 'key-pair': { type: 'string', value: 'NAME', help: { en: 'the key pair', zh: '密钥对' } } },
    input: (invocation) => ({ KeyPairName: demanded(invocation, 'key-pair', 'key-pairs list') }),
    look: async (_, connected, invocation) => {
      const [found] = await named([demanded(invocation, 'key-pair')], keyPairs, connected, invocation.world.signal)
      return { KeyPairName: found?.KeyPairName }
    },
    already: ({ KeyPairName }, { values }) => KeyPairName === values.text('key-pair'),
    losses: (items) =>
      Promise.resolve(
        new Map(items.map((item) => [instances.id(item), item.KeyPairName ? [{ kind, what: item.KeyPairName }] : []] as const)),
      ),
    action: (instance, { KeyPairName }) => callOf('AttachKeyPair', instance, KeyPairName),
    seen: { idOf: instances.id, states, there: (state, _, { KeyPairName }) => state === KeyPairName },
  }),
  usage: 'INSTANCE… --key-pair NAME [OPTIONS]',
}
