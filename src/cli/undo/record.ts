import type { Invocation, Options } from '../command.ts'
import type { Connection } from '../connect.ts'
import { say } from '../language.ts'
import { accountOf, isAlibabaCloud } from '../place.ts'
import type { Ending } from '../safety/carry-out.ts'
import { type KindName, kinds } from './kinds.ts'
import type { Item, Recipe } from './recipe.ts'

/** The option of every deed that can be undone. */
export const recordOptions: Options = {
  'no-undo': {
    type: 'boolean',
    help: { en: 'go on without an undo recipe, where none can be written', zh: '不写撤销记录（例如无法写入时）' },
  },
}

/** Where a connection leads, as a recipe tells it. */
export function endpointOf({ options: { endpoint }, local }: Connection): string {
  if (local) return 'in-process'
  if (isAlibabaCloud(endpoint)) return 'aliyuncs.com'
  const text = endpoint ?? ''
  const url = /^https?:\/\//i.test(text) ? text : `https://${text}`
  return URL.canParse(url) ? new URL(url).host : text
}

/** The account of a connection, as a recipe tells it; empty where it cannot be found out. */
export const accountNow = async (connection: Connection, signal: AbortSignal): Promise<string> => {
  const { endpoint } = connection.options
  return (await accountOf(connection, isAlibabaCloud(endpoint) ? undefined : endpoint, signal)) ?? ''
}

/** A deed that is under way, and whose recipe lies on the disk. */
export interface Recording {
  /** Notes how it went with each; a deed that did nothing leaves no recipe. Tells a person how to undo it. */
  readonly ended: (endings: readonly Pick<Ending, 'Id' | 'Result'>[]) => Promise<void>
}

/**
 * Writes the undo recipe of a deed before it is carried out. A cloud in this process ends with it, so that there is none for it.
 * @throws CommandError when it cannot be written: then nothing must be done
 */
export async function recordDeed(
  kind: KindName,
  ids: readonly string[],
  connection: Connection,
  invocation: Invocation,
): Promise<Recording> {
  const { world, values, language } = invocation
  if (connection.local || values.flag('no-undo')) return { ended: () => Promise.resolve() }
  const { dropRecipe, forgetOldest, recipeId, writeRecipe } = await import('./folder.ts')
  const { record } = await kinds[kind]()
  const place = new Map(ids.map((id, at) => [id, at]))
  const found = await record(ids, connection, world.signal)
  const items = found.toSorted((one, other) => (place.get(one.Id) ?? 0) - (place.get(other.Id) ?? 0))
  // What is not there is not destroyed.
  if (items.length === 0) return { ended: () => Promise.resolve() }
  const now = world.now()
  const recipe: Recipe = {
    Tanxing: 'undo recipe',
    Version: 1,
    Id: recipeId(now),
    When: new Date(now).toISOString(),
    Kind: kind,
    Account: await accountNow(connection, world.signal),
    Region: connection.regionId,
    Endpoint: endpointOf(connection),
    Items: items,
  }
  // A person must know what to do about it.
  await writeRecipe(world, recipe).catch((error: Error) => {
    world.stderr(`${say(unwritten, language)}\n`)
    throw error
  })
  return {
    async ended(endings) {
      const results = new Map(endings.flatMap(({ Id, Result }) => (Result === 'planned' ? [] : [[Id, Result] as const])))
      const Items = items.map((item): Item => ({ ...item, Result: results.get(item.Id) ?? 'interrupted' }))
      if (Items.every(({ Result }) => Result === 'failed')) return dropRecipe(world, recipe.Id)
      // What was written before the deed is enough to undo it.
      await writeRecipe(world, { ...recipe, Items }).catch(() => undefined)
      await forgetOldest(world)
      const how = { en: `to undo this: tanxing undo ${recipe.Id}`, zh: `如需撤销：tanxing undo ${recipe.Id}` }
      if (world.prompt !== undefined) world.stderr(`${say(how, language)}\n`)
    },
  }
}

const unwritten = {
  en: 'nothing was done: no undo recipe can be written (XDG_STATE_HOME says where); --no-undo goes on without',
  zh: '未作任何改动：无法写入撤销记录（位置由 XDG_STATE_HOME 决定）；--no-undo 表示不写记录并继续',
} as const
