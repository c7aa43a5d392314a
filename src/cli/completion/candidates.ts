import type { World } from '../command.ts'
import { commands } from '../commands.ts'
import { type Language, say } from '../language.ts'
import { type Candidate, given, openOption, ownWords, type Place, placeOf } from './words.ts'

const bare = (values: readonly string[]): Candidate[] => values.map((value) => ({ value, about: '' }))

/** First words, or the verbs of a noun. */
function commandWords(words: readonly string[], language: Language): Candidate[] {
  const names = Object.entries(commands)
  if (words.length === 2)
    return names
      .filter(([name]) => name.startsWith(`${words[0]} `))
      .map(([name, { summary }]) => ({ value: name.slice(name.indexOf(' ') + 1), about: say(summary, language) }))
  if (words.length > 2) return []
  const first = new Map<string, string>()
  for (const [name, { summary }] of names) {
    const [noun = '', verb] = name.split(' ')
    const about = verb === undefined ? say(summary, language) : [first.get(noun), verb].filter(Boolean).join(', ')
    first.set(noun, about)
  }
  return [...first].map(([value, about]) => ({ value, about })).concat(bare(['--help', '--version', '--lang']))
}

/** Options that may still be given. */
function optionWords({ options, before }: Place, language: Language): Candidate[] {
  return Object.entries(options)
    .filter(([name, { multiple }]) => multiple || !before.some((word) => word === `--${name}` || word.startsWith(`--${name}=`)))
    .map(([name, { help }]) => ({ value: `--${name}`, about: say(help, language) }))
}

async function regionWords(language: Language): Promise<Candidate[]> {
  const { regions } = await import('../../api/regions.ts')
  return [...regions().values()].map(({ RegionId, LocalName }) => ({
    value: RegionId,
    about: LocalName[language === 'zh' ? 'zh-CN' : 'en-US'] ?? '',
  }))
}

/** Values of an option. */
async function valueWords(name: string, place: Place, world: World, language: Language): Promise<Candidate[]> {
  const { choices } = place.options[name] ?? {}
  if (choices) return bare(choices)
  if (name === 'region' || (name === 'to' && place.name === 'images copy')) return regionWords(language)
  const { valueNames } = await import('./things.ts')
  const thing = valueNames(name, place)
  if (thing !== undefined) return (await import('./live.ts')).live(thing, place, world)
  if (name !== 'profile') return []
  const { profileNames } = await import('../../client/across/profiles.ts')
  return bare(await profileNames(world))
}

/** Words of `tanxing api`: operations, their parameters, and the values of these. */
async function apiWords(current: string, place: Place, language: Language): Promise<Candidate[]> {
  const { actions, parameters, parameterValues } = await import('./operations.ts')
  const { before, options } = place
  const [action] = ownWords(before, options, true)
  const product = given(before, 'product')
  if (action === undefined) return current.startsWith('-') ? optionWords(place, language) : bare(actions(product))
  const last = before.at(-1) ?? ''
  if (/^--[^=]+$/.test(last) && !Object.hasOwn(options, last.slice(2)) && !current.startsWith('-'))
    return last === '--RegionId' ? regionWords(language) : bare(parameterValues(action, last.slice(2), product))
  return [...parameters(action, product), ...optionWords(place, language)]
}

/** What the command works on: live ids and names. */
async function liveWords(place: Place, world: World): Promise<Candidate[]> {
  if (place.name === 'completion') return bare((await import('./scripts.ts')).shells)
  if (place.name === 'local coverage') return bare((await import('./operations.ts')).actions(given(place.before, 'product')))
  const { verbs } = place.command
  if (verbs !== undefined) return ownWords(place.before, place.options).length === 0 ? bare(Object.keys(verbs)) : []
  if (place.name === 'undo show') return bare(await (await import('../undo/folder.ts')).recipeIds(world))
  const thing = (await import('./things.ts')).namedBy(place)
  if (typeof thing === 'object') return bare(thing)
  return thing === undefined ? [] : (await import('./live.ts')).live(thing, place, world)
}

/**
 * What may stand in place of the last word.
 * @param words all after `tanxing`; the last is what is typed so far, '' when nothing is
 */
export async function candidates(words: readonly string[], world: World, language: Language): Promise<Candidate[]> {
  const current = words.at(-1) ?? ''
  // What follows belongs to another program.
  if (words.slice(0, -1).includes('--')) return []
  const place = await placeOf(words)
  const fitting = (all: readonly Candidate[], typed = current) => all.filter(({ value }) => value.startsWith(typed))
  if (place === undefined) {
    const afterLang = words.at(-2) === '--lang'
    return fitting(afterLang ? bare(['en', 'zh']) : commandWords(words, language))
  }
  const open = openOption(place.before, place.options)
  if (open !== undefined) return fitting(await valueWords(open, place, world, language))
  const [, name, typed = ''] = /^--([^=]+)=(.*)$/s.exec(current) ?? []
  if (name !== undefined && Object.hasOwn(place.options, name)) {
    const values = fitting(await valueWords(name, place, world, language), typed)
    return values.map(({ value, about }) => ({ value: `--${name}=${value}`, about }))
  }
  if (place.command.takesParameters) return fitting(await apiWords(current, place, language))
  if (current.startsWith('-')) return fitting(optionWords(place, language))
  const verbs = place.name.includes(' ') ? [] : commandWords(words, language)
  return fitting(verbs.length > 0 || !place.command.takesRest ? verbs : await liveWords(place, world))
}
