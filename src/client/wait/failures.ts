import { asItIs, type Text } from '../../api/text.ts'
import { TimeoutError, UsageError } from '../errors.ts'
import { type Row, rowsAt } from './poll.ts'
import type { Waitable } from './waitables.ts'

/** How many ids or parts a message names. */
const named = 5

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 200) : '')

function some(names: readonly Text[], separator: Text): Text {
  const more = names.length - named
  const [first, left] = [names.slice(0, named), { en: more > 0 ? ` and ${more} more` : '', zh: more > 0 ? ` 等 ${names.length} 个` : '' }]
  return {
    en: first.map(({ en }) => en).join(separator.en) + left.en,
    zh: first.map(({ zh }) => zh).join(separator.zh) + left.zh,
  }
}
const [comma, semicolon]: readonly [Text, Text] = [
  { en: ', ', zh: '、' },
  { en: '; ', zh: '；' },
]

/** What went wrong inside a row, as `i-1 ExitCodeNonzero (exit code 1): …`; empty when it does not tell. */
function partsOf(row: Row, { parts }: Waitable): Text {
  const reasons = (parts ? (rowsAt(row, parts, 'InstanceId') ?? []) : []).flatMap((part) => {
    const [code, info, exit] = [text(part.ErrorCode), text(part.ErrorInfo), text(part.ExitCode)]
    if (code === '' && (exit === '' || exit === '0')) return []
    const who = [text(part.InstanceId), code].filter(Boolean).join(' ')
    return [
      {
        en: [who, exit && `(exit code ${exit})`].filter(Boolean).join(' ') + (info && `: ${info}`),
        zh: who + (exit && `（退出码 ${exit}）`) + (info && `：${info}`),
      },
    ]
  })
  const { en, zh } = some(reasons, semicolon)
  return reasons.length === 0 ? { en: '', zh: '' } : { en: `: ${en}`, zh: `：${zh}` }
}

/** An id that cannot reach the goal. */
export interface Lost {
  readonly id: string
  /** The state it ended in; undefined when it is gone, or never came. */
  readonly state: string | undefined
  readonly row?: Row | undefined
  /** How long it was looked for in vain; undefined when it had been there. */
  readonly unknownMs?: number | undefined
}

const gone = {
  en: 'Check the ids, the region and the account, and whether somebody released them.',
  zh: '请检查 ID、地域和账号，以及资源是否已被释放。',
}
const ended = {
  en: 'Waiting longer does not help: find out why it ended like this, and start over.',
  zh: '继续等待无济于事：请查明原因后重新开始。',
}

/** The error of a wait whose goal cannot come any more. */
export function waitFailed(waitable: Waitable, goal: string, lost: readonly Lost[]): UsageError {
  const words = lost.map(({ id, state, row, unknownMs }) => {
    if (state !== undefined) {
      const parts = row ? partsOf(row, waitable) : { en: '', zh: '' }
      return {
        en: `${id} is ${state} and cannot become ${goal} any more${parts.en}`,
        zh: `${id} 处于 ${state}，无法再变为 ${goal}${parts.zh}`,
      }
    }
    return unknownMs === undefined
      ? { en: `${id} cannot become ${goal}: it is not there any more`, zh: `${id} 无法变为 ${goal}：它已不存在` }
      : { en: `${id} cannot become ${goal}: not found for ${unknownMs} ms`, zh: `${id} 无法变为 ${goal}：${unknownMs} 毫秒内未找到` }
  })
  const hint = lost.every(({ state }) => state === undefined) ? gone : ended
  return new UsageError('WaitFailed', some(words, semicolon), hint)
}

/** What a wait had seen when its time was over. */
export interface Outcome {
  readonly goal: string
  readonly timeoutMs: number
  readonly total: number
  /** The ids that did not get there, and how many of them are in which state. */
  readonly waiting: readonly string[]
  readonly states: ReadonlyMap<string, number>
  /** Every state seen, of every id. */
  readonly seen: ReadonlySet<string>
}

/** The error of a wait whose time is over: how many are missing, in which states, and what was seen on the way. */
export function waitTimeout({ goal, timeoutMs, total, waiting, states, seen }: Outcome): TimeoutError {
  const now = [...states].sort(([, a], [, b]) => b - a).map(([state, count]) => `${count} ${state}`)
  const before = [...seen].filter((state) => state !== goal && !states.has(state))
  const way =
    before.length === 0 ? { en: '', zh: '' } : { en: `; seen on the way: ${before.join(', ')}`, zh: `；其间见到：${before.join('、')}` }
  const ids = some(waiting.map(asItIs), comma)
  return new TimeoutError('WaitTimeout', {
    en: `${waiting.length} of ${total} not ${goal} after ${timeoutMs} ms: ${now.join(', ')}${way.en} (waiting for ${ids.en})`,
    zh: `${timeoutMs} 毫秒后，共 ${total} 个中有 ${waiting.length} 个未变为 ${goal}：${now.join('、')}${way.zh}（仍在等待 ${ids.zh}）`,
  })
}
