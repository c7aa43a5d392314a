import { instanceTypes } from '../../../api/instance-types.ts'
import { demand } from '../../fault.ts'
import { saleOf } from '../../market/model.ts'
import { type QuotaName, quotaOf } from '../../market/quotas.ts'
import { type Context, ecs } from '../../operation.ts'
import { usedCores, usedDisk } from './sale.ts'
import { zonesOf } from './offers.ts'

interface Asked {
  readonly context: Context
  readonly zones: readonly string[]
}

interface ValueItem {
  readonly Value: string
  readonly ZoneId?: string
  readonly InstanceType?: string
  readonly InstanceChargeType?: string
  readonly DiskCategory?: string
}

const one = (value: number | string): ValueItem[] => [{ Value: String(value) }]
const quota =
  (name: QuotaName) =>
  ({ context }: Asked) =>
    one(quotaOf(name, context))

/** The pay-as-you-go types that can be had in at least one of the zones. */
const soldTypes = ({ context: { state, now }, zones }: Asked): ValueItem[] =>
  [...instanceTypes().keys()]
    .filter((instanceType) => zones.some((zoneId) => saleOf(state, { zoneId, instanceType }, now).left > 0))
    .map((instanceType) => ({ Value: instanceType }))

/** Attributes by name, in the order they are told. */
const attributes: Readonly<Record<string, (asked: Asked) => ValueItem[]>> = {
  'instance-network-type': () => one('vpc'),
  'max-security-groups': quota('max-security-groups'),
  'max-elastic-network-interfaces': quota('max-elastic-network-interfaces'),
  'max-postpaid-instance-vcpu-count': quota('max-postpaid-instance-vcpu-count'),
  'max-spot-instance-vcpu-count': quota('max-spot-instance-vcpu-count'),
  'used-postpaid-instance-vcpu-count': ({ context }) => one(usedCores(false, context)),
  'used-spot-instance-vcpu-count': ({ context }) => one(usedCores(true, context)),
  'max-postpaid-yundisk-capacity': quota('max-postpaid-yundisk-capacity'),
  'used-postpaid-yundisk-capacity': ({ context }) => one(usedDisk(context)),
  'max-dedicated-hosts': quota('max-dedicated-hosts'),
  'supported-postpaid-instance-types': soldTypes,
  'max-axt-command-count': quota('max-axt-command-count'),
  'max-axt-invocation-daily': quota('max-axt-invocation-daily'),
  'real-name-authentication': () => one('yes'),
  'max-cloud-assistant-activation-count': quota('max-cloud-assistant-activation-count'),
}

/** What an account may have in a region and what it has. All attributes when none is named. */
export const DescribeAccountAttributes = ecs(
  'DescribeAccountAttributes',
  ['AttributeName', 'ZoneId'],
  ({ AttributeName = [], ZoneId }, context) => {
    const names = AttributeName.length > 0 ? [...new Set(AttributeName)] : Object.keys(attributes)
    const unknown = names.find((name) => !Object.hasOwn(attributes, name))
    demand(unknown === undefined, 'Invalid.Parameter', 'The specified AttributeName is not valid.', 403)
    const zones = zonesOf(ZoneId, context.regionId)
    return {
      AccountAttributeItems: {
        AccountAttributeItem: names.map((name) => ({
          AttributeName: name,
          AttributeValues: { ValueItem: attributes[name]?.({ context, zones }) ?? [] },
        })),
      },
    }
  },
)
