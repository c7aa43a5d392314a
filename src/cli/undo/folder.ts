import { join } from 'node:path'
import { randomId } from '../../api/system.ts'
import type { World } from '../command.ts'
import { CommandError, exit } from '../errors.ts'
import { isRecipeId, parseRecipe, type Recipe } from './recipe.ts'

/** So many recipes are kept; the oldest go. */
export const mostRecipes = 200
/** Larger than the recipe of ten thousand instances; in bytes. */
export const mostBytes = 16 * 1024 * 1024

/** The folder of the recipes: under XDG_STATE_HOME, else under ~/.local/state. */
export const folderOf = ({ env, home }: Pick<World, 'env' | 'home'>): string =>
  join(env.XDG_STATE_HOME || join(home, '.local', 'state'), 'tanxing', 'undo')

const fileOf = (world: Pick<World, 'env' | 'home'>, id: string) => join(folderOf(world), `${id}.json`)

/** A name for a recipe of this moment, to the millisecond: they sort by time. */
export const recipeId = (now: number): string => {
  const [day, time] = new Date(now)
    .toISOString()
    .replaceAll(/[-:.Z]/g, '')
    .split('T')
  return `${day}-${time?.slice(0, 6)}-${time?.slice(6)}${randomId().slice(0, 3)}`
}

/** The ids of all recipes, the newest first. */
export async function recipeIds(world: Pick<World, 'env' | 'home'>): Promise<string[]> {
  const { readdir } = await import('node:fs/promises')
  const files = await readdir(folderOf(world)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw unreadable(folderOf(world), error)
  })
  return files
    .filter((file) => file.endsWith('.json') && isRecipeId(file.slice(0, -'.json'.length)))
    .map((file) => file.slice(0, -'.json'.length))
    .toSorted((a, b) => (a < b ? 1 : -1))
}

const unreadable = (path: string, { code, message }: NodeJS.ErrnoException) =>
  new CommandError({ en: `cannot read ${path} (${code ?? message})`, zh: `无法读取 ${path}（${code ?? message}）` }, exit.failed)

/**
 * Writes a recipe whole or not at all, readable by its owner alone.
 * @throws CommandError when it is too long, or the folder cannot be written
 */
export async function writeRecipe(world: Pick<World, 'env' | 'home'>, recipe: Recipe): Promise<string> {
  const { mkdir, open, rename, rm } = await import('node:fs/promises')
  const path = fileOf(world, recipe.Id)
  const text = `${JSON.stringify(recipe, undefined, 2)}\n`
  if (Buffer.byteLength(text) > mostBytes)
    throw new CommandError({ en: 'the undo recipe would be too long', zh: '撤销记录过长' }, exit.failed)
  const draft = `${path}.${randomId().slice(0, 8)}.draft`
  try {
    await mkdir(folderOf(world), { recursive: true, mode: 0o700 })
    const file = await open(draft, 'wx', 0o600)
    try {
      await file.writeFile(text)
      // What it tells of is gone a moment later.
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined)
    const { code, message } = error as NodeJS.ErrnoException
    throw new CommandError({ en: `cannot write ${path} (${code ?? message})`, zh: `无法写入 ${path}（${code ?? message}）` }, exit.failed)
  }
  return path
}

/** Lets go of the oldest recipes beyond those that are kept. One that cannot be removed stays. */
export async function forgetOldest(world: Pick<World, 'env' | 'home'>): Promise<void> {
  const { rm } = await import('node:fs/promises')
  const old = (await recipeIds(world).catch(() => [])).slice(mostRecipes)
  await Promise.all(old.map((id) => rm(fileOf(world, id), { force: true }).catch(() => undefined)))
}

/** Takes away a recipe of a deed that did nothing. */
export async function dropRecipe(world: Pick<World, 'env' | 'home'>, id: string): Promise<void> {
  const { rm } = await import('node:fs/promises')
  await rm(fileOf(world, id), { force: true }).catch(() => undefined)
}

/**
 * Reads a recipe. What others may write is not believed.
 * @throws CommandError (exit 3) where there is none; (exit 1) where the file is not a recipe, half of one, another's or too long
 */
export async function readRecipe(world: Pick<World, 'env' | 'home'>, id: string): Promise<Recipe> {
  const { constants, open } = await import('node:fs/promises')
  const path = fileOf(world, id)
  const missing = new CommandError(
    { en: `there is no undo recipe ${id}; see \`tanxing undo list\``, zh: `没有撤销记录 ${id}；参见 \`tanxing undo list\`` },
    exit.notFound,
  )
  if (!isRecipeId(id)) throw missing
  // A link may lead to another's file.
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? missing : unreadable(path, error)
  })
  try {
    const { mode, size, uid } = await file.stat()
    const me = process.getuid?.()
    if (me !== undefined && (uid !== me || (mode & 0o022) !== 0))
      throw new CommandError(
        { en: `${path} is not yours alone to write; it is not used`, zh: `${path} 可被他人写入，不予使用` },
        exit.failed,
      )
    const recipe = size > mostBytes ? undefined : parseRecipe(await file.readFile('utf8'))
    if (recipe === undefined || recipe.Id !== id)
      throw new CommandError(
        { en: `${path} is not a whole undo recipe; it is left as it is`, zh: `${path} 不是完整的撤销记录；未作任何改动` },
        exit.failed,
      )
    return recipe
  } finally {
    await file.close()
  }
}
