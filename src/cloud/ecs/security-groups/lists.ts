import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { portRangeListOf } from '../port-range-list/port-range-lists.ts'
import { prefixListOf } from '../prefix-list/prefix-lists.ts'
import { familyOf, type Rule } from './rules.ts'

/**
 * Checks the prefix list and the port list that a rule names, if it does.
 * @throws Fault InvalidPrefixListId.NotFound, InvalidParam.PrefixListAddressFamilyMismatch, InvalidPortRangeListId.NotFound
 */
export function demandLists(rule: Rule, context: Context): void {
  if (rule.portRangeListId) portRangeListOf(rule.portRangeListId, context)
  const id = rule.sourcePrefixListId || rule.destPrefixListId
  if (id === '') return
  const { addressFamily } = prefixListOf(id, context)
  const other = rule.direction === 'ingress' ? [rule.destCidrIp, rule.ipv6DestCidrIp] : [rule.sourceCidrIp, rule.ipv6SourceCidrIp]
  const clash = other[addressFamily === 'IPv4' ? 1 : 0] !== ''
  const fits = (familyOf(rule.ipProtocol) ?? addressFamily) === addressFamily && !clash
  demand(fits, 'InvalidParam.PrefixListAddressFamilyMismatch', 'The prefix list is of another address family than the rule.')
}
