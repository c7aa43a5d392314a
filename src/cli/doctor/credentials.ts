import type { Credentials } from '../../api/wire.ts'
import type { Invocation } from '../command.ts'
import { failed, type Finding } from './finding.ts'

/** An AccessKey ID with its middle left out. */
export const masked = (id: string): string => (id.length < 12 ? `${id.slice(0, 2)}…` : `${id.slice(0, 6)}…${id.slice(-4)}`)

/** What is wrong with the shape of keys that can be sent, or undefined. Shapes as the console gives them; others may exist, so it is a warning. */
function oddity({ accessKeyId, accessKeySecret, securityToken }: Credentials): Finding['fix'] {
  if (accessKeyId.startsWith('STS.') && securityToken === undefined)
    return {
      en: 'an AccessKey ID that begins with STS. needs its security token: save the profile with mode StsToken, or set ALIBABA_CLOUD_SECURITY_TOKEN',
      zh: '以 STS. 开头的 AccessKey ID 需要安全令牌：请使用 StsToken 模式保存配置，或设置 ALIBABA_CLOUD_SECURITY_TOKEN',
    }
  if (accessKeyId === accessKeySecret)
    return { en: 'ID and secret are the same: one was pasted twice', zh: 'ID 与 Secret 相同：可能粘贴了两次' }
  if (!/^(?:LTAI|STS\.|TMP\.)/.test(accessKeyId))
    return {
      en: 'AccessKey IDs of Alibaba Cloud begin with LTAI: was the right one copied?',
      zh: '阿里云的 AccessKey ID 以 LTAI 开头：是否复制有误？',
    }
  return undefined
}

/**
 * Where credentials come from, and whether they look like some.
 * @param real false where keys of any shape are in order, as on a local cloud
 */
export async function credentialsFinding({ world, values }: Invocation, real: boolean): Promise<Finding> {
  const { findCredentials } = await import('../../client/credentials/credentials.ts')
  try {
    const source = await findCredentials({ env: world.env, home: world.home }, values.text('profile'))
    const credentials = await source.get(world.signal)
    const id = masked(credentials.accessKeyId)
    const fix = real ? oddity(credentials) : undefined
    const { en, zh } = source.source
    const found = { en: `${id} from ${en}`, zh: `${id}，来自 ${zh}` }
    return { check: 'credentials', level: fix === undefined ? 'ok' : 'warn', found, fix }
  } catch (error) {
    return failed('credentials', error)
  }
}
