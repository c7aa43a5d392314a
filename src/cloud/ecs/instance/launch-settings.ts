import { demand } from '../../fault.ts'
import type { Instance } from '../records.ts'
import { demandOneOf } from '../values.ts'
import type { LaunchInput } from './launch-input.ts'

type Settings = Pick<Instance, 'httpPutResponseHopLimit' | 'hibernation' | 'privatePool'>

const criterias = ['Open', 'Target', 'None']

/** Which reserved capacity an instance is to start on; that there is such is seen to when its stock is (`supply`). */
function privatePoolOf({ PrivatePoolOptions = {}, SpotStrategy }: LaunchInput): Pick<Settings, 'privatePool'> {
  const { Id: id = '', MatchCriteria: criteria = '' } = PrivatePoolOptions
  demandOneOf(criteria, criterias, 'PrivatePoolOptions.MatchCriteria', 'Invalid.PrivatePoolOptions.MatchCriteria')
  if (criteria === 'Target') demand(id, 'MissingParameter.PrivatePoolOptionsId', 'PrivatePoolOptions.Id must be specified.')
  else demand(!id, 'Invalid.PrivatePoolOptionsId', 'PrivatePoolOptions.Id goes with the criteria Target alone.')
  if (criteria === '' || criteria === 'None') return {}
  const plain = !SpotStrategy || SpotStrategy === 'NoSpot'
  demand(plain, 'SpotNotSupported', 'A private pool takes no spot instances.')
  return { privatePool: { matchCriteria: criteria, id } }
}

/**
 * What of a launch is rarely said, and then checked: the hop limit of metadata tokens, hibernation and reserved capacity.
 * @throws Fault InvalidHttpPutResponseHopLimit.NotSupported, MissingParameter.PrivatePoolOptionsId,
 * Invalid.PrivatePoolOptionsId, Invalid.PrivatePoolOptions.MatchCriteria, SpotNotSupported
 */
export function settingsOf(input: LaunchInput): Settings {
  const { HttpPutResponseHopLimit: hops, HibernationOptions } = input
  const near = hops === undefined || (Number.isInteger(hops) && hops >= 1 && hops <= 64)
  demand(near, 'InvalidHttpPutResponseHopLimit.NotSupported', 'The specified HttpPutResponseHopLimit is not valid.')
  return {
    ...(hops !== undefined && { httpPutResponseHopLimit: hops }),
    ...(HibernationOptions?.Configured === true && { hibernation: true as const }),
    ...privatePoolOf(input),
  }
}
