import type { Text } from '../../api/text.ts'
import type { Language } from '../language.ts'

/** What the local cloud counts, in words. */
const tables: { readonly [table: string]: Text } = {
  instances: { en: 'instances', zh: '实例' },
  disks: { en: 'disks', zh: '云盘' },
  snapshots: { en: 'snapshots', zh: '快照' },
  vpcs: { en: 'VPCs', zh: '专有网络' },
  vSwitches: { en: 'vSwitches', zh: '交换机' },
  securityGroups: { en: 'security groups', zh: '安全组' },
  eips: { en: 'elastic IPs', zh: '弹性公网 IP' },
  keyPairs: { en: 'key pairs', zh: '密钥对' },
  users: { en: 'RAM users', zh: 'RAM 用户' },
  roles: { en: 'RAM roles', zh: 'RAM 角色' },
}

/** The words for a table; its own name where there are none. */
export const tableName = (table: string, language: Language): string =>
  (Object.hasOwn(tables, table) ? tables[table]?.[language] : undefined) ?? table
