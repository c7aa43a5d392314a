import type { Command } from '../command.ts'
import { exit } from '../errors.ts'
import { failureLine, failureOf } from '../failure.ts'
import { say } from '../language.ts'
import { type Listing, openOutput, outputOptions } from '../output.ts'
import { readRecipe, recipeIds } from './folder.ts'
import { doneTexts } from './kinds.ts'
import { isOpen, type Recipe } from './recipe.ts'

const recipes = (language: 'en' | 'zh'): Listing<Recipe> => ({
  id: ({ Id }) => Id,
  columns: [
    { head: { en: 'ID', zh: '记录 ID' }, cell: ({ Id }) => Id },
    { head: { en: 'WHEN', zh: '时间' }, cell: ({ When }) => `${When.slice(0, 19)}Z` },
    { head: { en: 'WHAT', zh: '操作' }, cell: ({ Kind }) => say(doneTexts[Kind], language) },
    { head: { en: 'COUNT', zh: '数量' }, cell: ({ Items }) => Items.length },
    { head: { en: 'TO UNDO', zh: '待撤销' }, cell: ({ Items }) => Items.filter(isOpen).length },
    { head: { en: 'REGION', zh: '地域' }, cell: ({ Region }) => Region },
    { head: { en: 'ENDPOINT', zh: '服务地址' }, cell: ({ Endpoint }) => Endpoint },
    { head: { en: 'ACCOUNT', zh: '账号' }, cell: ({ Account }) => Account },
  ],
})

/** `tanxing undo list`: the undo recipes, the newest first. A broken one is told and hides none of the others. */
export const command: Command = {
  options: { ...outputOptions },
  async run(invocation) {
    const { world, language } = invocation
    const print = await openOutput(recipes(language), invocation)
    const found: Recipe[] = []
    let broken = 0
    for (const id of await recipeIds(world)) {
      const recipe = await readRecipe(world, id).catch((error: unknown) => {
        broken++
        world.stderr(`${failureLine(failureOf(error, language), language)}\n`)
      })
      if (recipe !== undefined) found.push(recipe)
    }
    await print(found)
    return broken > 0 ? exit.failed : exit.done
  },
}
