import type { Text } from '../../api/text.ts'
import type { Invocation, Options } from '../command.ts'
import { CommandError, exit } from '../errors.ts'
import { say } from '../language.ts'
import { harmless } from '../table.ts'
import type { Deed, Planned } from './deed.ts'
import { nameOf } from './plan.ts'

const shown = 5

/** What a deed is called. */
interface Said {
  readonly noun: Pick<Deed<never>['noun'], 'one' | 'many'>
  readonly verb: Text
  /** What is asked about, where it is not `stop it`. */
  readonly sentence?: Text
}

/** Options of a verb that destroys. */
export const guardOptions = (limit: number): Options => ({
  yes: {
    type: 'string',
    value: 'COUNT',
    help: { en: 'do not ask; COUNT is how many there must be', zh: '跳过确认；COUNT 为预期数量，不符则拒绝' },
  },
  limit: {
    type: 'string',
    value: 'COUNT',
    default: String(limit),
    help: { en: 'refuse when there are more', zh: '单次操作的数量上限，超过则拒绝' },
  },
})

function countOf({ values }: Invocation, option: 'yes' | 'limit'): number | undefined {
  const text = values.text(option)
  if (text === undefined) return undefined
  if (/^\d{1,6}$/.test(text)) return Number(text)
  throw new CommandError({ en: `--${option} is a count`, zh: `--${option} 应为数量` })
}

/** What is typed for one thing: its name, or its id where the name cannot be typed. */
const wordOf = ({ id, name }: Planned): string => (name !== '' && harmless(name) === name && name.trim() === name ? name : id)

const refused = (text: Text) => new CommandError(text, exit.refused)

/** The counts that `--yes` and `--limit` give. @throws CommandError when one is no count */
export function countsOf(invocation: Invocation): { readonly yes: number | undefined; readonly limit: number } {
  return { yes: countOf(invocation, 'yes'), limit: countOf(invocation, 'limit') ?? 0 }
}

/**
 * Refuses a plan whole: when one of it must not be touched, or there are more than the limit.
 * @throws CommandError (exit 6) with the reason
 */
export function guard({ noun, verb }: Said, plan: readonly Planned[], limit: number): void {
  const kept = plan.flatMap((item) => (item.refusal ? [{ item, refusal: item.refusal }] : []))
  if (kept.length > 0) {
    const list = (language: 'en' | 'zh') =>
      kept
        .slice(0, shown)
        .map(({ item, refusal }) => `${nameOf(item)} ${refusal[language]}`)
        .join(language === 'zh' ? '；' : '; ')
    const left = kept.length - shown
    throw refused({
      en: `nothing was done: ${list('en')}${left > 0 ? `; and ${left} more` : ''}`,
      zh: `未作任何改动：${list('zh')}${left > 0 ? `；另有 ${left} 个` : ''}`,
    })
  }
  if (plan.length > limit)
    throw refused({
      en: `nothing was done: ${plan.length} ${noun.many.en} are more than the ${limit} that one ${verb.en} takes; --limit ${plan.length} allows it`,
      zh: `未作任何改动：${plan.length} ${noun.many.zh}超过一次${verb.zh}的上限 ${limit}；如确有需要，请加 --limit ${plan.length}`,
    })
}

/**
 * Asks whether the plan shall be carried out: the count is typed, or the name when it is one. `--yes COUNT` answers beforehand.
 * @param mark of the cloud that it will be done to; it stands in front of the question
 * @throws CommandError (exit 6) when the answer is another, the count differs, or nobody is there to ask
 */
export async function agree(
  { noun, verb, sentence }: Said,
  plan: readonly Planned[],
  yes: number | undefined,
  invocation: Invocation,
  mark?: Text,
): Promise<void> {
  const { world, language } = invocation
  const count = plan.length
  if (yes === count) return
  const inChinese = verb.zh
  const does = sentence ?? { en: `${verb.en} ${count === 1 ? 'it' : 'them'}`, zh: inChinese }
  if (yes !== undefined)
    throw refused({
      en: `nothing was done: --yes ${yes}, and there ${count === 1 ? `is 1 ${noun.one.en}` : `are ${count} ${noun.many.en}`}`,
      zh: `未作任何改动：--yes 给出 ${yes}，实际有 ${count} ${noun.many.zh}`,
    })
  if (world.prompt === undefined)
    throw refused({
      en: `nothing was done: nobody is here to ask; say --yes ${count} to ${does.en}`,
      zh: `未作任何改动：当前无法交互确认；如要${does.zh}，请加 --yes ${count}`,
    })
  const [first] = plan
  const word = count === 1 && first ? wordOf(first) : String(count)
  const on = mark ? { en: `[${mark.en}] `, zh: `[${mark.zh}] ` } : { en: '', zh: '' }
  const question = {
    en: `${on.en}Type ${word} to ${does.en}: `,
    zh: `${on.zh}输入 ${word} 以确认${does.zh}：`,
  }
  const nothing = { en: 'nothing was done', zh: '未作任何改动' }
  const answer = await world.prompt(say(question, language)).catch((error: unknown) => {
    // Ctrl-C at the question.
    if (world.signal.aborted) world.stderr(`${say(nothing, language)}\n`)
    throw error
  })
  world.signal.throwIfAborted()
  if (answer.trim() !== word) throw refused(nothing)
}
