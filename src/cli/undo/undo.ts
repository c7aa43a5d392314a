import type { Text } from '../../api/text.ts'
import { type Command, connection, type Invocation } from '../command.ts'
import { connect, type Connection } from '../connect.ts'
import { CommandError, exit } from '../errors.ts'
import { failureLine, failureOf } from '../failure.ts'
import { say } from '../language.ts'
import { type Listing, openOutput, outputOptions } from '../output.ts'
import { painted, placeOf } from '../place.ts'
import { timeoutOf, waitOptions } from '../safety/command.ts'
import type { Ending } from '../safety/carry-out.ts'
import { agree, countsOf, guard, guardOptions } from '../safety/guard.ts'
import { results } from '../safety/report.ts'
import { type Undone, undoSteps } from './carry-out.ts'
import { itemName } from './facts.ts'
import { readRecipe, recipeIds, writeRecipe } from './folder.ts'
import type { Step } from './kind.ts'
import { kinds } from './kinds.ts'
import { undoLines } from './plan.ts'
import { isOpen, type Item, type Recipe } from './recipe.ts'
import { accountNow, endpointOf } from './record.ts'

/** What the invocation leads to in the recipe's region. */
function connectionFor({ Region }: Recipe, invocation: Invocation): Promise<Connection> {
  const { values } = invocation
  return connect({ ...invocation, values: { ...values, text: (name: string) => (name === 'region' ? Region : values.text(name)) } })
}

/** The recipe that is named, else the newest of which something is yet to be undone: of those of deeds done where calls go now, if there are any. */
async function chosen(invocation: Invocation): Promise<Recipe> {
  const { world, rest } = invocation
  const [id, ...more] = rest
  if (more.length > 0) throw new CommandError({ en: 'undo takes one recipe at a time', zh: '一次只能撤销一条记录' })
  if (id !== undefined) return readRecipe(world, id)
  let newest: Recipe | undefined
  for (const each of await recipeIds(world)) {
    const recipe = await readRecipe(world, each)
    if (!recipe.Items.some(isOpen)) continue
    if (endpointOf(await connectionFor(recipe, invocation)) === recipe.Endpoint) return recipe
    newest ??= recipe
  }
  if (newest !== undefined) return newest
  throw new CommandError({ en: 'there is nothing to undo', zh: '没有可撤销的操作' }, exit.notFound)
}

const refused = ({ en, zh }: Text) => new CommandError({ en: `nothing was done: ${en}`, zh: `未作任何改动：${zh}` }, exit.refused)

/** Connects to where the recipe's deed was done. @throws CommandError (exit 6) where the connection leads elsewhere */
async function connectTo(recipe: Recipe, invocation: Invocation): Promise<Connection> {
  const { values, world } = invocation
  const region = values.text('region') ?? recipe.Region
  if (region !== recipe.Region)
    throw refused({ en: `this was in ${recipe.Region}, not in ${region}`, zh: `该操作位于 ${recipe.Region}，而非 ${region}` })
  const connected = await connectionFor(recipe, invocation)
  const endpoint = endpointOf(connected)
  if (endpoint !== recipe.Endpoint)
    throw refused({
      en: `this was done at ${recipe.Endpoint}, and calls go to ${endpoint}`,
      zh: `该操作发往 ${recipe.Endpoint}，而当前发往 ${endpoint}`,
    })
  const account = await accountNow(connected, world.signal)
  if (account !== recipe.Account)
    throw refused({
      en: `this was done in account ${recipe.Account || 'unknown'}, and these keys are of ${account || 'unknown'}`,
      zh: `该操作属于账号 ${recipe.Account || '未知'}，而当前密钥属于账号 ${account || '未知'}`,
    })
  return connected
}

interface Told {
  readonly Id: string
  readonly Name: string
  readonly Result: Ending['Result']
  readonly NewId?: string | undefined
}

const listing = (language: 'en' | 'zh'): Listing<Told> => ({
  id: ({ Id, NewId }) => NewId ?? Id,
  columns: [
    { head: { en: 'ID', zh: '资源 ID' }, cell: ({ Id }) => Id },
    { head: { en: 'NAME', zh: '名称' }, cell: ({ Name }) => Name },
    { head: { en: 'RESULT', zh: '结果' }, cell: ({ Result }) => say(results[Result], language) },
    { head: { en: 'NOW', zh: '新 ID' }, cell: ({ NewId }) => NewId },
  ],
})

const toldOf = ({ step: { item }, result, id, error }: Undone, dry: boolean): Told => ({
  Id: item.Id,
  Name: item.Name,
  Result: result !== 'done' ? result : error !== undefined ? 'failed' : dry ? 'planned' : 'done',
  ...(id !== undefined && { NewId: id }),
})

/** Writes down what was undone, as it comes; one after the other, since they are parts of one file. */
function marking(recipe: Recipe, { world, language }: Invocation): (step: Step, id: string) => Promise<void> {
  let items = recipe.Items
  let last = Promise.resolve()
  return ({ item }, id) => {
    const Undone = { When: new Date(world.now()).toISOString(), Id: id }
    items = items.map((one): Item => (one.Id === item.Id ? { ...one, Undone } : one))
    const now = { ...recipe, Items: items }
    last = last.then(async () => void (await writeRecipe(world, now)))
    return last.catch((error: unknown) => world.stderr(`${failureLine(failureOf(error, language), language)}\n`))
  }
}

function report(undone: readonly Undone[], done: Text, dry: boolean, mark: Text, { world, language }: Invocation): number {
  const tell = (text: Text) => world.stderr(`${say(text, language)}\n`)
  for (const { step, result, id, error, notes } of undone) {
    for (const note of notes) tell(note)
    if (result === 'interrupted')
      tell({
        en: `not ${done.en}, or not seen to be: ${itemName(step.item)}${id === undefined ? '' : ` (${id})`}`,
        zh: `未完成或未确认：${itemName(step.item)}${id === undefined ? '' : `（${id}）`}`,
      })
    else if (error !== undefined) world.stderr(`${id ?? itemName(step.item)}: ${failureLine(failureOf(error, language), language)}\n`)
  }
  if (world.signal.aborted) tell({ en: 'interrupted', zh: '已中断' })
  const count = undone.filter(({ result, error }) => result === 'done' && error === undefined).length
  tell({
    en: `${count} of ${undone.length} ${dry ? 'would be ' : ''}${done.en} (${mark.en})`,
    zh: `${dry ? `试运行：共 ${undone.length} 个，${count} 个可以执行` : `共 ${undone.length} 个，${count} 个${done.zh}`}（${mark.zh}）`,
  })
  if (world.signal.aborted) return exit.interrupted
  const codes = new Set(undone.flatMap(({ error }) => (error ? [failureOf(error, language).exitCode] : [])))
  const [first = exit.done] = codes
  return codes.size > 1 || (first === exit.done && undone.some(({ notes }) => notes.length > 0)) ? exit.failed : first
}

/** `tanxing undo`: builds again what a deed destroyed, as far as that can be done. */
export const command: Command = {
  usage: '[ID] [OPTIONS]',
  takesRest: true,
  options: {
    ...connection,
    ...outputOptions,
    'dry-run': {
      type: 'boolean',
      help: { en: 'show the plan and let the service check it; change nothing', zh: '显示计划并由服务端校验，不作任何改动' },
    },
    ...waitOptions,
    ...guardOptions(50),
  },
  async run(invocation) {
    const { world, values, language } = invocation
    const { signal } = world
    const timeoutMs = timeoutOf(invocation)
    const { yes, limit } = countsOf(invocation)
    const dry = values.flag('dry-run')
    const print = await openOutput(listing(language), invocation, () => undefined)
    const recipe = await chosen(invocation)
    const open = recipe.Items.filter(isOpen)
    if (open.length === 0) throw new CommandError({ en: `${recipe.Id} is undone already`, zh: `${recipe.Id} 已撤销` }, exit.notFound)
    const connected = await connectTo(recipe, invocation)
    const kind = await kinds[recipe.Kind]()
    const steps = await kind.plan(open, connected, signal)
    const place = await placeOf(connected, signal)
    const [where, mark] = [painted(place.text, place, world), painted(place.mark, place, world)]
    world.stderr(`${undoLines(kind, recipe, steps, where, language).join('\n')}\n`)
    const doing = steps.filter(({ does }) => does !== undefined)
    if (doing.length === 0)
      throw new CommandError(
        {
          en: 'there is nothing that can be done; `tanxing undo list` tells of other deeds',
          zh: '没有可执行的操作；`tanxing undo list` 列出其他记录',
        },
        exit.failed,
      )
    const said = { noun: kind, verb: kind.verb }
    const plan = doing.map(({ item }) => ({ id: item.Id, name: item.Name, about: '', losses: [] }))
    guard(said, plan, limit)
    for (const price of (await kind.price?.(doing, connected, signal)) ?? []) world.stderr(`${say(price, language)}\n`)
    if (!dry) await agree(said, plan, yes, invocation, mark)
    const means = { connection: connected, signal, dry, token: ({ Id }: Item) => `${recipe.Id}-${Id}`.slice(0, 64) }
    const undone: Undone[] =
      dry && !kind.dryRuns
        ? doing.map((step) => ({ step, result: 'done', notes: [] }))
        : await undoSteps(kind, doing, means, timeoutMs, marking(recipe, invocation))
    await print(undone.map((one) => toldOf(one, dry)))
    return report(undone, kind.done, dry, mark, invocation)
  },
}
