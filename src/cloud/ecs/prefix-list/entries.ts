import { toSeconds } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { page } from '../../paging.ts'
import type { State } from '../../state.ts'
import { demandResourceGroup } from '../instance/places.ts'
import { newTags, tagTest } from '../tags.ts'
import { demandDescription, equalities, named, passes } from '../values.ts'
import type { EntryList, ListEntry } from './records.ts'

/** Lists of one kind that an account has in a region, and entries of one list. */
export const mostLists = 100
const mostEntries = 200

/** In what the two kinds of lists differ: how an entry is spelled, and the codes. */
export interface ListRules {
  /** The parameter of the name, and the code for one that breaks the rule. */
  readonly name: readonly [parameter: string, code: string]
  readonly duplicated: string
  /** The entry as answers show it. */
  readonly read: (text: string) => string
}

interface EntryInput {
  readonly value: string
  readonly description?: string | undefined
}

interface NewList {
  readonly name: string
  readonly description?: string | undefined
  readonly maxEntries: number
  readonly resourceGroupId?: string | undefined
  readonly tags: Parameters<typeof newTags>[0]
  readonly entries: readonly EntryInput[]
}

function demandListName(name: string, [parameter, code]: ListRules['name']): void {
  const fits = name.length >= 2 && name.length <= 128 && /^\p{L}/u.test(name) && !/^(?:https?:\/\/|com\.(?:aliyun|alibabacloud))/.test(name)
  demand(fits, code, `The specified ${parameter} is not valid.`)
}

/** The entries given, as a list keeps them: each once. */
function readEntries(given: readonly EntryInput[], rules: ListRules): ListEntry[] {
  demand(given.length <= mostEntries, 'LimitExceed.Entry', `A list holds at most ${mostEntries} entries.`)
  const entries = given.map(({ value, description = '' }) => ({ value: rules.read(value), description }))
  for (const { description } of entries) demandDescription(description, 'Entry.n.Description', 'InvalidParameter')
  const unique = new Set(entries.map((entry) => entry.value)).size === entries.length
  demand(unique, rules.duplicated, 'The specified entries hold one twice.')
  return entries
}

const demandFits = (entries: readonly ListEntry[], maxEntries: number): void =>
  demand(entries.length <= maxEntries, 'LimitExceed.Entry', 'There are more entries than the list has room for.')

/**
 * A new list without its id and place.
 * @throws Fault LimitExceed.MaxEntries, LimitExceed.Entry, and the codes of the kind
 */
export function newList(given: NewList, rules: ListRules, { now }: Pick<Context, 'now'>): Omit<EntryList, 'id' | 'accountId' | 'regionId'> {
  demandListName(given.name, rules.name)
  demandDescription(given.description, 'Description', 'InvalidParameter')
  const room = Number.isInteger(given.maxEntries) && given.maxEntries >= 1 && given.maxEntries <= mostEntries
  demand(room, 'LimitExceed.MaxEntries', `The specified MaxEntries is not from 1 to ${mostEntries}.`)
  const entries = readEntries(given.entries, rules)
  demandFits(entries, given.maxEntries)
  return {
    name: given.name,
    description: given.description ?? '',
    maxEntries: given.maxEntries,
    entries,
    createdAt: now,
    resourceGroupId: demandResourceGroup(given.resourceGroupId),
    tags: newTags(given.tags),
  }
}

interface ListChange {
  readonly name?: string | undefined
  readonly description?: string | undefined
  readonly add?: readonly EntryInput[]
  readonly remove?: readonly EntryInput[]
}

/**
 * A list after a change: what is removed goes first, so that an entry can get another description in one call. Removing what is not
 * there is fine, adding what is there is not (both unconfirmed).
 */
export function changedList<L extends EntryList>(list: L, { name, description, add = [], remove = [] }: ListChange, rules: ListRules): L {
  if (name) demandListName(name, rules.name)
  demandDescription(description, 'Description', 'InvalidParameter')
  const gone = new Set(readEntries(remove, rules).map((entry) => entry.value))
  const kept = list.entries.filter((entry) => !gone.has(entry.value))
  const added = readEntries(add, rules)
  const clash = added.some((entry) => kept.some((one) => one.value === entry.value))
  demand(!clash, rules.duplicated, 'A specified entry is in the list already.')
  const entries = [...kept, ...added]
  demandFits(entries, list.maxEntries)
  return { ...list, name: name || list.name, description: description ?? list.description, entries }
}

interface ListFilter {
  readonly ResourceGroupId?: string | undefined
  readonly Tag?: Parameters<typeof tagTest>[0]
}

/** The test of a list's filters that both kinds have. */
export const listTest = <L extends EntryList>(input: ListFilter, name: string | undefined) =>
  passes<L>([
    named(name, (list) => list.name),
    tagTest(input.Tag),
    ...equalities<L, ListFilter>(input, { ResourceGroupId: (list) => list.resourceGroupId }),
  ])

/** How many security groups name a list. */
export const associationCount = (list: EntryList, state: State): number => new Set(state.securityGroups.by('list', list.id)).size

/** One page of what names a list. */
export function associationsOf(
  list: EntryList,
  { NextToken, MaxResults = 10 }: { readonly NextToken?: string | undefined; readonly MaxResults?: number | undefined },
  state: State,
) {
  const found = [...new Set(state.securityGroups.by('list', list.id))]
  const { rows, fields } = page(found, { NextToken, MaxResults }, { maxSize: 100, maxResults: [1, 100] })
  return { associations: rows.map(({ id }) => ({ ResourceId: id, ResourceType: 'securitygroup' })), NextToken: fields.NextToken }
}

/** What both kinds show alike. */
export const commonView = (list: EntryList) => ({
  Description: list.description,
  MaxEntries: list.maxEntries,
  CreationTime: toSeconds(list.createdAt),
})
