import type { Text } from '../../api/text.ts'
import { exit } from '../errors.ts'
import { type Failure, failureOf } from '../failure.ts'

/** What is looked at, in the order it is told. */
export const checks = {
  node: { en: 'Node.js', zh: 'Node.js 版本' },
  file: { en: 'profiles', zh: '配置文件' },
  credentials: { en: 'credentials', zh: '凭证' },
  region: { en: 'region', zh: '地域' },
  endpoint: { en: 'endpoint', zh: '端点' },
  clock: { en: 'clock', zh: '本机时间' },
  identity: { en: 'identity', zh: '身份' },
  permission: { en: 'ECS', zh: 'ECS 权限' },
} as const satisfies Record<string, Text>

/** What one look found. */
export interface Finding {
  readonly check: keyof typeof checks
  /** `skip`: another finding stands in the way. */
  readonly level: 'ok' | 'warn' | 'fail' | 'skip'
  readonly found: Text
  /** What to do about it. */
  readonly fix?: Text | undefined
  /** Of a `fail`: how the command ends, 1 by default. */
  readonly exitCode?: number
}

/** A text that is the same in both languages: an address, an id. */
export const plain = (text: string): Text => ({ en: text, zh: text })

/** A failure as a finding; `fix` stands in place of the failure's own hint. */
export function failed(check: Finding['check'], error: unknown, fix?: Text): Finding {
  const inBoth = (field: (failure: Failure) => string): Text => {
    const [en, zh] = [field(failureOf(error, 'en')), field(failureOf(error, 'zh'))]
    return { en, zh }
  }
  const { hint, exitCode } = failureOf(error, 'en')
  const found = inBoth(({ action, code, message }) => (action === undefined ? message : `${code}: ${message}`))
  return {
    check,
    level: 'fail',
    found,
    fix: fix ?? (hint === undefined ? undefined : inBoth((failure) => failure.hint ?? '')),
    exitCode: exitCode === exit.notPermitted ? exit.notPermitted : exit.failed,
  }
}
