import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { page } from '../../paging.ts'
import {
  associationCount,
  associationsOf,
  changedList,
  commonView,
  type ListRules,
  listTest,
  mostLists,
  newList,
} from '../prefix-list/entries.ts'
import type { EntryList } from '../prefix-list/records.ts'
import { shownTags } from '../tags.ts'

/** The codes of port lists are not published: those of prefix lists stand in their form (unconfirmed). */
const rules: ListRules = {
  name: ['PortRangeListName', 'InvalidParameter.PortRangeListName'],
  duplicated: 'InvalidParameter.PortRangeDuplicated',
  read(text) {
    const [first, last] = /^(\d{1,5})\/(\d{1,5})$/.exec(text)?.slice(1).map(Number) ?? []
    const inOrder = first !== undefined && last !== undefined && first >= 1 && first <= last && last <= 65_535
    demand(inOrder, 'InvalidPortRange.Malformed', 'The specified PortRange is not valid.')
    return `${first}/${last}`
  },
}

/**
 * The caller's port list of that id.
 * @throws Fault InvalidPortRangeListId.NotFound
 */
export function portRangeListOf(id: string, context: Pick<Context, 'state' | 'accountId' | 'regionId'>): EntryList {
  const list = owned(context.state.portRangeLists.get(id), context)
  demand(list, 'InvalidPortRangeListId.NotFound', 'The specified PortRangeListId does not exist.')
  return list
}

const inputOf = ({ PortRange, Description }: { readonly PortRange?: string | undefined; readonly Description?: string | undefined }) => ({
  value: PortRange ?? '',
  description: Description,
})

export const CreatePortRangeList = ecs(
  'CreatePortRangeList',
  ['PortRangeListName', 'MaxEntries', 'Description', 'ResourceGroupId', 'Tag', 'Entry.PortRange', 'Entry.Description'],
  (input, context) => {
    const { state, accountId, regionId, random } = context
    const held = state.portRangeLists.list({ accountId, regionId }).length
    demand(held < mostLists, 'LimitExceed.PortRangeListPerRegion', `A region holds at most ${mostLists} port lists.`)
    const given = {
      name: input.PortRangeListName,
      description: input.Description,
      maxEntries: input.MaxEntries,
      resourceGroupId: input.ResourceGroupId,
      tags: input.Tag,
      entries: (input.Entry ?? []).map(inputOf),
    }
    const rest = newList(given, rules, context)
    return { PortRangeListId: state.portRangeLists.put({ ...rest, id: newId('prl', regionId, random), accountId, regionId }).id }
  },
)

export const DescribePortRangeLists = ecs(
  'DescribePortRangeLists',
  ['PortRangeListId', 'PortRangeListName', 'ResourceGroupId', 'Tag', 'NextToken', 'MaxResults'],
  (input, { state, accountId, regionId }) => {
    const { PortRangeListId: ids = [], NextToken, MaxResults = 10 } = input
    demand(ids.length <= 100, 'InvalidParameter', 'At most 100 PortRangeListId can be given.')
    const where = listTest<EntryList>(input, input.PortRangeListName)
    const found = state.portRangeLists.list({ accountId, regionId, ids: ids.length > 0 ? ids : undefined, where })
    const { rows, fields } = page(found, { NextToken, MaxResults }, { maxSize: 100, maxResults: [1, 100] })
    const PortRangeLists = rows.map((list) => ({
      PortRangeListId: list.id,
      PortRangeListName: list.name,
      ...commonView(list),
      AssociationCount: associationCount(list, state),
      ResourceGroupId: list.resourceGroupId,
      Tags: shownTags(list.tags).Tag,
    }))
    return { PortRangeLists, NextToken: fields.NextToken }
  },
)

export const DescribePortRangeListEntries = ecs('DescribePortRangeListEntries', ['PortRangeListId'], (input, context) => ({
  Entries: portRangeListOf(input.PortRangeListId, context).entries.map(({ value, description }) => ({
    PortRange: value,
    Description: description,
  })),
}))

export const DescribePortRangeListAssociations = ecs(
  'DescribePortRangeListAssociations',
  ['PortRangeListId', 'NextToken', 'MaxResults'],
  (input, context) => {
    const { associations, NextToken } = associationsOf(portRangeListOf(input.PortRangeListId, context), input, context.state)
    return { PortRangeListAssociations: associations, NextToken }
  },
)

export const ModifyPortRangeList = ecs(
  'ModifyPortRangeList',
  ['PortRangeListId', 'PortRangeListName', 'Description', 'AddEntry.PortRange', 'AddEntry.Description', 'RemoveEntry.PortRange'],
  (input, context) => {
    const change = {
      name: input.PortRangeListName,
      description: input.Description,
      add: (input.AddEntry ?? []).map(inputOf),
      remove: (input.RemoveEntry ?? []).map(inputOf),
    }
    context.state.portRangeLists.put(changedList(portRangeListOf(input.PortRangeListId, context), change, rules))
    return {}
  },
)

/** One that a rule names stays (unconfirmed). */
export const DeletePortRangeList = ecs('DeletePortRangeList', ['PortRangeListId'], (input, context) => {
  const list = portRangeListOf(input.PortRangeListId, context)
  const named = context.state.securityGroups.count('list', list.id) > 0
  demand(!named, 'DependencyViolation.PortRangeListReferenced', 'The specified port list is named by a security group rule.')
  context.state.portRangeLists.delete(list.id)
  return {}
})
