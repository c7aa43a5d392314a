import table from '../../api/errors.json' with { type: 'json' }
import type { Text } from './text.ts'

/** What kind of refusal a code is: what a caller can do about it. */
export type ErrorClass =
  | 'throttled'
  | 'transient'
  | 'conflict'
  | 'no-stock'
  | 'not-found'
  | 'permission'
  | 'credentials'
  | 'quota'
  | 'final'

export interface ErrorFacts {
  /** HTTP status. */
  readonly status: number
  readonly class: ErrorClass
  /** What a person can do about it. */
  readonly hint: Text
}

interface Row {
  readonly status: number
  readonly class: string
  readonly en?: string
  readonly zh?: string
}

/** What holds for every code of a class that has no hint of its own. */
export const classHints: { readonly [name in ErrorClass]: Text } = {
  throttled: { en: 'Too many calls: slow down and try again.', zh: '调用过于频繁：请放慢速度后重试。' },
  transient: { en: 'The service failed for a moment: try again.', zh: '服务暂时出错：请重试。' },
  conflict: {
    en: 'Another change is under way or the state does not allow this: wait and try again.',
    zh: '有其他变更正在进行，或当前状态不允许：请稍后重试。',
  },
  'no-stock': { en: 'There is no stock: try another zone or instance type.', zh: '库存不足：请更换可用区或实例规格。' },
  'not-found': {
    en: 'Check the id, the region and the account: what you name does not exist there.',
    zh: '检查 ID、地域和账号：所指定的资源在那里不存在。',
  },
  permission: { en: 'Ask the account’s administrator for the permission.', zh: '请联系账号管理员授予权限。' },
  credentials: { en: 'Check the AccessKey and how the request is signed.', zh: '检查 AccessKey 以及请求的签名方式。' },
  quota: { en: 'A limit is reached: remove something or ask for a higher quota.', zh: '已达到限额：请清理资源或申请提升配额。' },
  final: { en: 'Correct the call: it will be refused again as it is.', zh: '请修正调用：原样重试仍会被拒绝。' },
}

const rows = table as Readonly<Record<string, Row>>

/** Codes that are not in the table, by how they are spelled. */
const spelled: readonly (readonly [RegExp, number, ErrorClass])[] = [
  [/^Throttling|\.Throttling$/, 400, 'throttled'],
  [/^(?:ServiceUnavailable|InternalError)/, 503, 'transient'],
  [/^Missing/, 400, 'final'],
  [/\.NotFound$|^EntityNotExist/, 404, 'not-found'],
  [/^EntityAlreadyExists|^DeleteConflict/, 409, 'conflict'],
  [/^Forbidden|^NoPermission/, 403, 'permission'],
  [/^Quota|LimitExceed/, 403, 'quota'],
  [/NoStock/, 403, 'no-stock'],
  [/^Invalid/, 400, 'final'],
]

/** What is known of an error code: from `api/errors.json`, or by how it is spelled; undefined when neither says anything. */
export function errorFacts(code: string): ErrorFacts | undefined {
  if (Object.hasOwn(rows, code)) {
    const { status, class: name, en, zh } = rows[code] as Row
    const kind = name as ErrorClass
    return { status, class: kind, hint: en !== undefined && zh !== undefined ? { en, zh } : classHints[kind] }
  }
  const rule = spelled.find(([pattern]) => pattern.test(code))
  return rule && { status: rule[1], class: rule[2], hint: classHints[rule[2]] }
}
