import { priceModel } from '../../../api/prices.ts'
import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { orderId } from '../instance/charge.ts'
import { advanceFee } from '../instance/charge-type.ts'
import { instancesOn } from './capacity.ts'
import { hostOf } from './find.ts'
import { extendHost } from './life.ts'
import type { DedicatedHost } from './records.ts'
import { hostEnd } from './term.ts'
import { hostPrice } from './types.ts'

const mostHosts = 20

/** A host that another charge type can be had for. */
function convertible(id: string, charge: DedicatedHost['chargeType'], context: Context): DedicatedHost {
  const host = hostOf(id, context)
  demand(host.status !== 'Creating', 'InvalidStatus.ValueNotSupported', 'The dedicated host is being made.', 400)
  demand(host.autoReleaseAt === undefined, 'ReleaseTimeHaveBeenSet', 'The dedicated host has an auto-release time: take it back first.')
  const over = host.expiresAt !== undefined && host.expiresAt <= context.now
  demand(!over, 'ExpiredInstance', 'The subscription of the dedicated host is over.')
  const same = host.chargeType === charge
  demand(!same, 'InvalidInstanceChargeType.ValueNotSupported', 'The dedicated host is paid for in that way already.')
  // A subscription is never on a pay-as-you-go host; with which code this is refused is unconfirmed.
  const free = charge === 'PrePaid' || instancesOn(host, context).every((instance) => instance.instanceChargeType === 'PostPaid')
  demand(free, 'InvalidParameter.NotMatch', 'There are subscriptions on the dedicated host.', 403)
  return host
}

/** Lets hosts be paid for in advance from now on, or by use again. An order that is not paid at once changes nothing. */
export const ModifyDedicatedHostsChargeType = ecs(
  'ModifyDedicatedHostsChargeType',
  ['DedicatedHostIds', 'DedicatedHostChargeType', 'Period', 'PeriodUnit', 'AutoPay', 'DetailFee'],
  (input, context) => {
    const { now } = context
    const charge = input.DedicatedHostChargeType || 'PrePaid'
    const ids = [...new Set(input.DedicatedHostIds)]
    demand(ids.length > 0, 'InvalidParameter.InstanceIds', 'No dedicated host id is given.')
    demand(ids.length <= mostHosts, 'InstancesIdQuotaExceed', `At most ${mostHosts} DedicatedHostIds can be given.`)
    const known = charge === 'PrePaid' || charge === 'PostPaid'
    demand(known, 'InvalidInstanceChargeType.ValueNotSupported', 'The specified DedicatedHostChargeType is not valid.')
    const end = charge === 'PrePaid' ? hostEnd(input, now) : undefined
    const fees = ids.map((id) => {
      const host = convertible(id, charge, context)
      const fee = advanceFee(hostPrice(host.hostType) ?? 0, (end ?? host.expiresAt ?? now) - now)
      if (input.AutoPay !== false) {
        const { renewal: _, renewsWithInstances: _too, ...rest } = host
        extendHost({ ...rest, chargeType: charge }, end, context)
      }
      return { InstanceId: host.id, Fee: fee, Currency: priceModel().currency }
    })
    const FeeOfInstances = { FeeOfInstance: input.DetailFee === true ? fees : [] }
    return { FeeOfInstances, ...(charge === 'PrePaid' && { OrderId: orderId(context) }) }
  },
)
