import type * as Ecs from '../../api/generated/ecs.ts'
import type { Noun } from '../select/select.ts'

/** A key pair as DescribeKeyPairs answers it. */
export type KeyPair = Ecs.Items['DescribeKeyPairs']

/** Key pairs on the command line. Their names are their ids. */
export const keyPairs: Noun<KeyPair> = {
  one: { en: 'key pair', zh: '密钥对' },
  many: { en: 'key pairs', zh: '个密钥对' },
  // No name begins like this, so that every word is taken as a name.
  prefix: '\0',
  id: ({ KeyPairName }) => KeyPairName,
  name: ({ KeyPairName }) => KeyPairName,
  columns: [
    { head: { en: 'NAME', zh: '名称' }, cell: ({ KeyPairName }) => KeyPairName },
    { head: { en: 'FINGERPRINT', zh: '指纹' }, cell: ({ KeyPairFingerPrint }) => KeyPairFingerPrint },
    { head: { en: 'CREATED', zh: '创建时间' }, cell: ({ CreationTime }) => CreationTime },
  ],
  filters: {
    name: { parameter: 'KeyPairName' },
    fingerprint: { parameter: 'KeyPairFingerPrint' },
    'resource-group': { parameter: 'ResourceGroupId' },
  },
  read: ({ ecs }, input, signal) => ecs.paginate('DescribeKeyPairs', input, { signal }),
  // The operation takes one name; of several all are read.
  withIds: ([KeyPairName, ...more]) => (more.length === 0 ? { KeyPairName } : {}),
  withName: (KeyPairName) => ({ KeyPairName }),
}
