import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import type { Instance } from '../records.ts'
import { demandUnlocked } from './locks.ts'
import { instanceOf } from './power.ts'
import { demandSettled } from './public-ip.ts'

/**
 * Takes the public address from the instance that has it; its bandwidth stays (unconfirmed). Elastic addresses are VPC's to release.
 * How often it can be done is said not to be told yet, and is not.
 */
export const ReleasePublicIpAddress = ecs('ReleasePublicIpAddress', ['InstanceId', 'PublicIpAddress'], (input, context) => {
  const { state } = context
  const named = input.InstanceId ? instanceOf(input.InstanceId, context) : undefined
  const [holder] = input.PublicIpAddress ? state.instances.by('publicAddress', input.PublicIpAddress) : []
  const instance = owned<Instance>(holder, context)
  const fits = instance !== undefined && (named === undefined || named.id === instance.id)
  demand(fits, 'InvalidIpAddress.NotFound', 'The specified PublicIpAddress does not exist.')
  // Whatever keeps an instance from being given an address keeps it from losing it (unconfirmed).
  demandUnlocked('AllocatePublicIpAddress', instance)
  demandSettled(instance)
  state.instances.put({ ...instance, publicIpAddress: '' })
  return {}
})
