import type { Command, Invocation } from '../command.ts'
import { instances } from '../instances/instance.ts'
import { say } from '../language.ts'
import type { Listed } from '../list.ts'
import { collect, openOutput, outputOptions } from '../output.ts'
import { filterOptions } from '../select/filters.ts'
import { countsBy, placeColumns, type Placed, placed, regionsOptions } from './everywhere.ts'
import { fittingEverywhere } from './fitting.ts'
import { type Kind, kinds } from './kinds.ts'

async function list<T extends object>({ id, columns, filters, read }: Listed<T>, invocation: Invocation): Promise<number> {
  const { world, language } = invocation
  const [first, second, ...rest] = columns
  const shown = [...(first ? [first] : []), ...(second ? [second] : []), ...placeColumns<T>(invocation), ...rest]
  const print = await openOutput<Placed<T>>({ id, columns: shown }, invocation)
  const { found, exitCode } = await fittingEverywhere(invocation, filters, (input, { connected }, signal) =>
    collect(read(connected, input, signal)),
  )
  const items = placed(found, id)
  await print(items)
  const by = (kind: { readonly en: string; readonly zh: string }, counts: readonly string[]) =>
    world.stderr(`${say({ en: `by ${kind.en}: ${counts.join(', ')}`, zh: `按${kind.zh}：${counts.join('、')}` }, language)}\n`)
  if (found.length > 1 && items.length > 0)
    by(
      { en: 'region', zh: '地域' },
      countsBy(items, ({ RegionId }) => RegionId),
    )
  if (items.some(({ Profile }) => Profile))
    by(
      { en: 'profile', zh: '配置' },
      countsBy(items, ({ Profile = '' }) => Profile),
    )
  return exitCode
}

const { filter, tag } = filterOptions(instances.filters)
const narrowing: Command['options'] = {
  ...(filter && {
    filter: { ...filter, help: { en: `${filter.help.en}; another kind has others`, zh: `${filter.help.zh}；其他种类的键不同` } },
  }),
  ...(tag && { tag }),
}

/** `tanxing inventory`: what there is in all regions of all profiles asked for; one that fails is told, and stops no other. */
export const command: Command = {
  options: {
    ...regionsOptions,
    kind: {
      type: 'string',
      choices: Object.keys(kinds),
      default: 'instances',
      help: { en: 'what is listed; of images those of your own', zh: '列出哪种资源；镜像仅限自有镜像' },
    },
    ...narrowing,
    ...outputOptions,
  },
  run: (invocation) => list<never>(kinds[invocation.values.text('kind') as Kind] as Listed<never>, invocation),
}
