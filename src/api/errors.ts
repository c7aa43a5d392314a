import type { Text } from './text.ts'

/**
 * What kind of refusal a code is: what a caller can do about it.
 * `conflict` is a state in flight, to be retried later; `no-stock` may succeed in another zone, type or vSwitch;
 * `final` will be refused again as it is.
 */
export const errorClasses = [
  'throttled',
  'transient',
  'conflict',
  'no-stock',
  'not-found',
  'permission',
  'credentials',
  'quota',
  'final',
] as const

/** What kind of refusal a code is, by what can be done about it. */
export type ErrorClass = (typeof errorClasses)[number]

export interface ErrorFacts {
  /** HTTP status that most operations answer the code with. */
  readonly status: number
  readonly class: ErrorClass
  /** What a person can do about it. */
  readonly hint: Text
  /** Operations that answer the code with another status. */
  readonly statusOf?: Readonly<Record<string, number>>
}

/** A row of `api/errors.json`. */
export interface ErrorRow extends Text {
  readonly status: number
  readonly class: string
  readonly statusOf?: Readonly<Record<string, number>>
  /** No source tells the status for certain. */
  readonly unconfirmed?: boolean
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
    zh: '请检查 ID、地域和账号：所指定的资源在那里不存在。',
  },
  permission: { en: 'Ask the account’s administrator for the permission.', zh: '请联系账号管理员授予权限。' },
  credentials: { en: 'Check the AccessKey and how the request is signed.', zh: '请检查 AccessKey 以及请求的签名方式。' },
  quota: { en: 'A limit is reached: remove something or ask for a higher quota.', zh: '已达到限额：请清理资源或申请提升配额。' },
  final: { en: 'Correct the call: it will be refused again as it is.', zh: '请修正调用：原样重试仍会被拒绝。' },
}

/** What `api/errors.json` says, by code. Long, so it is handed in by whoever has it: `error-table.ts`, which is bundled, or the file. */
export type ErrorTable = Readonly<Record<string, ErrorRow>>

/** Codes outside of the table, by how they are spelled: the first that fits holds. */
const spelled: readonly (readonly [RegExp, number, ErrorClass])[] = [
  [/\.NotFound$|^EntityNotExist/, 404, 'not-found'],
  [/Throttling/, 400, 'throttled'],
  [/NoStock/, 403, 'no-stock'],
  [/^EntityAlreadyExists|^DeleteConflict/, 409, 'final'],
  [/^LimitExceeded/, 409, 'quota'],
  [/^Quota|LimitExceed/, 403, 'quota'],
  [/^Forbidden|^NoPermission/, 403, 'permission'],
  [/^Incorrect\w*Status/, 403, 'conflict'],
  [/^Missing|^Invalid/, 400, 'final'],
]

/** The code itself, or the nearest one it is a case of: `MissingParameter.X` is a MissingParameter. */
function rowOf(code: string, table: ErrorTable): ErrorRow | undefined {
  if (Object.hasOwn(table, code)) return table[code]
  const dot = code.lastIndexOf('.')
  return dot > 0 && !code.endsWith('.NotFound') ? rowOf(code.slice(0, dot), table) : undefined
}

/** What is known of an error code: from the table, or by how it is spelled; undefined when neither says anything. */
export function errorFacts(code: string, table: ErrorTable): ErrorFacts | undefined {
  const row = rowOf(code, table)
  if (row !== undefined) {
    const { status, class: kind, en, zh, statusOf } = row
    return { status, class: kind as ErrorClass, hint: { en, zh }, ...(statusOf && { statusOf }) }
  }
  const rule = spelled.find(([pattern]) => pattern.test(code))
  return rule && { status: rule[1], class: rule[2], hint: classHints[rule[2]] }
}

/** What to make of a refusal: what is known of its code, else what its status says. */
export function factsOf(code: string, status: number, table: ErrorTable): Pick<ErrorFacts, 'class' | 'hint'> {
  const other: ErrorClass = status >= 500 ? 'transient' : 'final'
  return errorFacts(code, table) ?? { class: other, hint: classHints[other] }
}
