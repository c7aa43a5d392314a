import type { Text } from '../../api/text.ts'
import type { Invocation } from '../command.ts'
import type { Connection } from '../connect.ts'
import type { Language } from '../language.ts'
import { say } from '../language.ts'
import { harmless } from '../table.ts'
import { type Deed, type Loss, type Planned, protectTag } from './deed.ts'

/** So many are shown one by one; of the others only what they lose is counted. */
const shownOneByOne = 20
/** So many of what is lost are named. */
const named = 3

type Tag = { readonly TagKey?: string; readonly TagValue?: string }

/** Why something that carries the protect tag must not be touched; undefined where it does not. Any value but `false` protects. */
export function guardedBy(tags: readonly Tag[]): Text | undefined {
  const tag = tags.find(({ TagKey, TagValue }) => TagKey === protectTag.key && TagValue?.toLowerCase() !== 'false')
  const text = tag && `${tag.TagKey}${tag.TagValue ? `=${tag.TagValue}` : ''}`
  return text === undefined ? undefined : { en: `has the tag ${text}`, zh: `带有标签 ${text}` }
}

/** What a deed would do to each of `items`. Nothing is changed. */
export async function planOf<T>(deed: Deed<T>, items: readonly T[], connection: Connection, invocation: Invocation): Promise<Planned[]> {
  const { noun, about, tags, refusal, limit } = deed
  const losses = await deed.losses?.(items, connection.ecs, invocation)
  const kept = await deed.kept?.(items, connection, invocation)
  const guarded = (item: T) => (limit === undefined ? undefined : guardedBy(tags(item)))
  return items.map((item) => ({
    id: noun.id(item),
    name: noun.name(item) ?? '',
    about: about(item, invocation),
    losses: losses?.get(noun.id(item)) ?? [],
    refusal: guarded(item) ?? refusal?.(item, invocation) ?? kept?.get(noun.id(item)),
  }))
}

/** `i-… web-003`: how one of them is named to people. */
export const nameOf = ({ id, name }: Pick<Planned, 'id' | 'name'>): string => harmless(name === '' || name === id ? id : `${id} ${name}`)

function lossLine(what: readonly string[], kind: Text, language: Language): string {
  const some = what.slice(0, named).join(', ')
  const more = what.length > named ? ', …' : ''
  const en = `${what.length === 1 ? kind.en : `${what.length} × ${kind.en}`}: ${some}${more}`
  const zh = `${kind.zh}${what.length === 1 ? '' : ` × ${what.length}`}：${some}${more}`
  return say({ en, zh }, language)
}

/** What is lost, counted by its kind, under a heading; nothing where nothing is. */
export function lossLines(losses: readonly Loss[], head: Text, language: Language): string[] {
  const lost = new Map<string, { readonly kind: Text; readonly what: string[] }>()
  for (const { kind, what } of losses) {
    const entry = lost.get(kind.en) ?? { kind, what: [] }
    entry.what.push(what)
    lost.set(kind.en, entry)
  }
  const lines = [...lost.values()].map(({ kind, what }) => `  ${harmless(lossLine(what, kind, language))}`)
  return lines.length === 0 ? [] : [say(head, language), ...lines]
}

/** The plan for people: what, how many, where, and what is lost. */
export function planLines<T>(
  { noun, verb, headed = { en: `${verb.en} …`, zh: `${verb.zh} …` } }: Pick<Deed<T>, 'noun' | 'verb' | 'headed'>,
  plan: readonly Planned[],
  where: Text,
  language: Language,
): string[] {
  const [count, one] = [plan.length, plan.length === 1]
  const head = {
    en: `${headed.en.replace('…', `${count} ${one ? noun.one.en : noun.many.en}`)} (${where.en}):`,
    // A blank stands beside Latin letters alone.
    zh: `${headed.zh.replace('…', `${count} ${noun.many.zh}`).replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')}（${where.zh}）：`,
  }
  const each = plan.slice(0, shownOneByOne).map((item) => `  ${nameOf(item)}  ${item.about}`)
  const left = count - each.length
  const rest = left > 0 ? [say({ en: `  and ${left} more`, zh: `  以及另外 ${left} 个` }, language)] : []
  const losses = plan.flatMap((item) => item.losses)
  return [say(head, language), ...each, ...rest, ...lossLines(losses, { en: 'lost with it:', zh: '以下内容将丢失：' }, language)]
}

/** What was asked for too and is left alone, since there is nothing to do for it: else a count that is not that of the words would be a riddle. */
export function alreadyLines<T>({ noun }: Pick<Deed<T>, 'noun'>, items: readonly T[], language: Language): string[] {
  if (items.length === 0) return []
  const some = items.slice(0, named).map((item) => nameOf({ id: noun.id(item), name: noun.name(item) ?? '' }))
  const count = items.length
  const en = `nothing to do for ${count} more: ${some.join(', ')}${count > named ? ', …' : ''}`
  const zh = `另有 ${count} ${noun.many.zh}无需处理：${some.join('、')}${count > named ? '…' : ''}`
  return [say({ en, zh }, language)]
}
