import { demand } from '../../fault.ts'
import type { Instance } from '../records.ts'
import { demandOneOf } from '../values.ts'
import type { LaunchInput } from './launch-input.ts'

type Settings = Pick<Instance, 'httpPutResponseHopLimit' | 'hibernation' | 'privatePool'>

/** Which reserved capacity an instance is to start on. That a target needs an id is said by two codes; the one for instances is taken. */
function privatePoolOf({ Id: id = '', MatchCriteria: criteria = '' }: NonNullable<LaunchInput['PrivatePoolOptions']>): Settings {
  demandOneOf(criteria, ['Open', 'Target', 'None'], 'PrivatePoolOptions.MatchCriteria', 'InvalidParameter')
  if (criteria === 'Target') demand(id, 'MissingParameter.PrivatePoolOptionsId', 'PrivatePoolOptions.Id must be specified.')
  // No reserved capacity is to be had yet.
  demand(criteria !== 'Target', 'Invalid.PrivatePoolOptionsId', 'The specified PrivatePoolOptions.Id does not exist.')
  return criteria === '' ? {} : { privatePool: { matchCriteria: criteria, id: '' } }
}

/**
 * What of a launch is rarely said, and then checked: the hop limit of metadata tokens, hibernation, reserved capacity and dedicated hosts.
 * @throws Fault InvalidHttpPutResponseHopLimit.NotSupported, InvalidParam.Tenancy, InvalidParameter, MissingParameter.PrivatePoolOptionsId
 */
export function settingsOf(input: LaunchInput): Settings {
  const { HttpPutResponseHopLimit: hops, HibernationOptions, PrivatePoolOptions = {}, Tenancy, Affinity } = input
  const near = hops === undefined || (Number.isInteger(hops) && hops >= 1 && hops <= 64)
  demand(near, 'InvalidHttpPutResponseHopLimit.NotSupported', 'The specified HttpPutResponseHopLimit is not valid.')
  // There are no dedicated hosts to be on.
  demandOneOf(Tenancy, ['default'], 'Tenancy', 'InvalidParam.Tenancy')
  demandOneOf(Affinity, ['default'], 'Affinity', 'InvalidParameter')
  return {
    ...(hops !== undefined && { httpPutResponseHopLimit: hops }),
    ...(HibernationOptions?.Configured === true && { hibernation: true as const }),
    ...privatePoolOf(PrivatePoolOptions),
  }
}
