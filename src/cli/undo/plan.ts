import type { Text } from '../../api/text.ts'
import { type Language, say } from '../language.ts'
import { lossLines } from '../safety/plan.ts'
import { itemName } from './facts.ts'
import type { Kind, Step } from './kind.ts'
import { doneTexts } from './kinds.ts'
import type { Recipe } from './recipe.ts'

const shownOneByOne = 20

function shortened(lines: readonly string[], language: Language): string[] {
  const left = lines.length - shownOneByOne
  const rest = left > 0 ? [say({ en: `  and ${left} more`, zh: `  以及另外 ${left} 个` }, language)] : []
  return [...lines.slice(0, shownOneByOne), ...rest]
}

/** The plan of an undoing for people: what comes back, what need not or cannot, what of it is lost for good. */
export function undoLines({ verb, one, many }: Kind, recipe: Recipe, steps: readonly Step[], where: Text, language: Language): string[] {
  const done = doneTexts[recipe.Kind]
  const when = `${recipe.When.slice(0, 19)}Z`
  const head = {
    en: `undo ${recipe.Id}: ${done.en}, ${when} (${where.en})`,
    zh: `撤销 ${recipe.Id}：${done.zh}，${when}（${where.zh}）`,
  }
  const doing = steps.filter(({ does }) => does !== undefined)
  const count = doing.length
  const what = { en: `${verb.en} ${count} ${count === 1 ? one.en : many.en}:`, zh: `${verb.zh} ${count} ${many.zh}：` }
  const idle = steps.filter(({ does }) => does === undefined)
  const line = ({ item, does, instead }: Step) => `  ${itemName(item)}  ${say(does ?? instead ?? { en: '', zh: '' }, language)}`
  return [
    say(head, language),
    ...(count > 0 ? [say(what, language), ...shortened(doing.map(line), language)] : []),
    ...(idle.length > 0 ? [say({ en: 'nothing to do, or nothing that can be done:', zh: '无需或无法处理：' }, language)] : []),
    ...shortened(idle.map(line), language),
    ...lossLines(
      steps.flatMap(({ lost }) => lost),
      { en: 'does not come back:', zh: '无法恢复：' },
      language,
    ),
  ]
}
