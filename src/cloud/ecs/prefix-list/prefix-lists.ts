import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { page } from '../../paging.ts'
import { formatCidr, parseCidr } from '../../vpc/cidr.ts'
import { shownTags } from '../tags.ts'
import { associationCount, associationsOf, changedList, commonView, type ListRules, listTest, mostLists, newList } from './entries.ts'
import type { PrefixList } from './records.ts'
import { isIPv6 } from '../../net.ts'
import { passes } from '../values.ts'

/** A block of the family; the host bits of one of IPv4 are dropped (unconfirmed). */
function blockOf(text: string, family: PrefixList['addressFamily']): string {
  const [address = '', length = '', ...rest] = text.split('/')
  const sixth = isIPv6(address) && /^\d{1,3}$/.test(length) && Number(length) <= 128 && rest.length === 0
  const cidr = family === 'IPv4' ? parseCidr(text) : undefined
  demand(family === 'IPv6' ? sixth : cidr, 'InvalidParameter.CidrMalformed', 'The specified Cidr is not valid.')
  return cidr === undefined ? text.toLowerCase() : formatCidr(cidr)
}

const rulesOf = (family: PrefixList['addressFamily']): ListRules => ({
  name: ['PrefixListName', 'InvalidParameter.PrefixListName'],
  duplicated: 'InvalidParameter.CidrDuplicated',
  read: (text) => blockOf(text, family),
})

/**
 * The caller's prefix list of that id.
 * @throws Fault InvalidPrefixListId.NotFound
 */
export function prefixListOf(id: string, context: Pick<Context, 'state' | 'accountId' | 'regionId'>): PrefixList {
  const list = owned(context.state.prefixLists.get(id), context)
  demand(list, 'InvalidPrefixListId.NotFound', 'The specified PrefixListId does not exist.')
  return list
}

const inputOf = ({ Cidr, Description }: { readonly Cidr?: string | undefined; readonly Description?: string | undefined }) => ({
  value: Cidr ?? '',
  description: Description,
})

export const CreatePrefixList = ecs(
  'CreatePrefixList',
  ['PrefixListName', 'AddressFamily', 'MaxEntries', 'Description', 'ResourceGroupId', 'Tag', 'Entry.Cidr', 'Entry.Description'],
  (input, context) => {
    const { state, accountId, regionId, random } = context
    const family: string = input.AddressFamily
    demand(family === 'IPv4' || family === 'IPv6', 'InvalidParameter.AddressFamily', 'The specified AddressFamily is not valid.')
    const held = state.prefixLists.list({ accountId, regionId }).length
    demand(held < mostLists, 'LimitExceed.PrefixListPerRegion', `A region holds at most ${mostLists} prefix lists.`)
    const given = {
      name: input.PrefixListName,
      description: input.Description,
      maxEntries: input.MaxEntries,
      resourceGroupId: input.ResourceGroupId,
      tags: input.Tag,
      entries: (input.Entry ?? []).map(inputOf),
    }
    const rest = newList(given, rulesOf(family), context)
    const list = state.prefixLists.put({ ...rest, id: newId('pl', regionId, random), accountId, regionId, addressFamily: family })
    return { PrefixListId: list.id }
  },
)

export const DescribePrefixLists = ecs(
  'DescribePrefixLists',
  ['PrefixListId', 'PrefixListName', 'AddressFamily', 'ResourceGroupId', 'Tag', 'NextToken', 'MaxResults'],
  (input, { state, accountId, regionId }) => {
    const { PrefixListId: ids = [], AddressFamily: family, NextToken, MaxResults = 10 } = input
    demand(ids.length <= 100, 'InvalidParameter', 'At most 100 PrefixListId can be given.')
    const ofFamily = family ? (list: PrefixList) => list.addressFamily === family : undefined
    const where = passes<PrefixList>([ofFamily, listTest<PrefixList>(input, input.PrefixListName)])
    const found = state.prefixLists.list({ accountId, regionId, ids: ids.length > 0 ? ids : undefined, where })
    const { rows, fields } = page(found, { NextToken, MaxResults }, { maxSize: 100, maxResults: [1, 100] })
    const PrefixList = rows.map((list) => ({
      PrefixListId: list.id,
      PrefixListName: list.name,
      AddressFamily: list.addressFamily,
      ...commonView(list),
      AssociationCount: associationCount(list, state),
      ResourceGroupId: list.resourceGroupId,
      Tags: shownTags(list.tags),
    }))
    return { PrefixLists: { PrefixList }, NextToken: fields.NextToken }
  },
)

export const DescribePrefixListAttributes = ecs('DescribePrefixListAttributes', ['PrefixListId'], (input, context) => {
  const list = prefixListOf(input.PrefixListId, context)
  return {
    PrefixListId: list.id,
    PrefixListName: list.name,
    AddressFamily: list.addressFamily,
    ...commonView(list),
    Entries: { Entry: list.entries.map(({ value, description }) => ({ Cidr: value, Description: description })) },
  }
})

export const DescribePrefixListAssociations = ecs(
  'DescribePrefixListAssociations',
  ['PrefixListId', 'NextToken', 'MaxResults'],
  (input, context) => {
    const { associations, NextToken } = associationsOf(prefixListOf(input.PrefixListId, context), input, context.state)
    return { PrefixListAssociations: { PrefixListAssociation: associations }, NextToken }
  },
)

export const ModifyPrefixList = ecs(
  'ModifyPrefixList',
  ['PrefixListId', 'PrefixListName', 'Description', 'AddEntry.Cidr', 'AddEntry.Description', 'RemoveEntry.Cidr'],
  (input, context) => {
    const list = prefixListOf(input.PrefixListId, context)
    const change = {
      name: input.PrefixListName,
      description: input.Description,
      add: (input.AddEntry ?? []).map(inputOf),
      remove: (input.RemoveEntry ?? []).map(inputOf),
    }
    context.state.prefixLists.put(changedList(list, change, rulesOf(list.addressFamily)))
    return {}
  },
)

/** One that a rule names stays (the code is unconfirmed). */
export const DeletePrefixList = ecs('DeletePrefixList', ['PrefixListId'], (input, context) => {
  const list = prefixListOf(input.PrefixListId, context)
  const named = context.state.securityGroups.count('list', list.id) > 0
  demand(!named, 'DependencyViolation.PrefixListReferenced', 'The specified prefix list is named by a security group rule.')
  context.state.prefixLists.delete(list.id)
  return {}
})
