import type * as Ecs from '../../api/generated/ecs.ts'
import { type Listed, listCommand } from '../list.ts'

const keyPairs: Listed<Ecs.Items['DescribeKeyPairs']> = {
  id: ({ KeyPairName }) => KeyPairName,
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
}

/** `tanxing key-pairs list`: every key pair of the region, or those that fit. */
export const command = listCommand(keyPairs)
