import type { Credentials } from '../../api/wire.ts'
import { UsageError } from '../errors.ts'

/** What may be sent as a header or a parameter as it is. */
export const visible = /^[\x21-\x7e]+$/

/**
 * Returns credentials that can be sent as they are.
 * @throws UsageError InvalidCredentials when one is missing or has a blank, a line break or the like in it: pasted along, mostly
 */
export function checkCredentials(credentials: Credentials): Credentials {
  const { accessKeyId, accessKeySecret, securityToken = 'none' } = credentials
  const wrong = Object.entries({ accessKeyId, accessKeySecret, securityToken }).find(([, value]) => !visible.test(value ?? ''))
  if (wrong === undefined) return credentials
  throw new UsageError(
    'InvalidCredentials',
    {
      en: `the ${wrong[0]} is empty or has a character in it that cannot be sent`,
      zh: `${wrong[0]} 为空，或含有无法发送的字符`,
    },
    {
      en: 'Copy it again, without blanks and line breaks.',
      zh: '请重新复制，不要带空格和换行。',
    },
  )
}
