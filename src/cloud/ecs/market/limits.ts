import { instanceTypeOf } from '../../../api/instance-types.ts'
import { demand } from '../../fault.ts'
import { type QuotaName, quotaNames, quotaOf } from '../../market/quotas.ts'
import { type Context, ecs } from '../../operation.ts'
import { instanceOf } from '../instance/power.ts'
import { mostOut } from '../instance/network.ts'
import { demandOneOf } from '../values.ts'

/** Clusters were a thing of the classic network. */
export const DescribeClusters = ecs('DescribeClusters', [], () => ({ Clusters: { Cluster: [] } }))

/** Which limits can be asked for is not published: those that DescribeAccountAttributes tells by the same names (unconfirmed). */
export const DescribeLimitation = ecs('DescribeLimitation', ['Limitation'], ({ Limitation }, context) => {
  const name: QuotaName | undefined = quotaNames.find((known) => known === Limitation)
  demand(name, 'InvalidLimitation.NotFound', 'The specified Limitation is not valid.')
  return { Limitation, Value: String(quotaOf(name, context)) }
})

const mostBehaviours = 100
const longest = 128

const accountOf = ({ state, accountId }: Context) => state.accounts.get(accountId) ?? { id: accountId, accountId, regionId: '' }
const demandText = (text: string, name: string) =>
  demand(text.length > 0 && text.length <= longest, 'InvalidParameter', `The specified ${name} is not valid.`)

/** What a user is used to, by names that are not published: any is kept, and one that was never set is empty (unconfirmed). */
export const DescribeUserBusinessBehavior = ecs('DescribeUserBusinessBehavior', ['statusKey'], ({ statusKey }, context) => {
  demandText(statusKey, 'statusKey')
  return { StatusValue: accountOf(context).behaviours?.find(({ name }) => name === statusKey)?.value ?? '' }
})

export const ModifyUserBusinessBehavior = ecs('ModifyUserBusinessBehavior', ['statusKey', 'statusValue'], (input, context) => {
  demandText(input.statusKey, 'statusKey')
  demandText(input.statusValue, 'statusValue')
  const account = accountOf(context)
  const others = (account.behaviours ?? []).filter(({ name }) => name !== input.statusKey)
  demand(others.length < mostBehaviours, 'InvalidParameter', `At most ${mostBehaviours} statusKey are kept.`)
  context.state.accounts.put({ ...account, behaviours: [...others, { name: input.statusKey, value: input.statusValue }] })
  return {}
})

/** The bandwidth to the internet, in Mbit/s, that an instance can be made with, raised or lowered to. */
export const DescribeBandwidthLimitation = ecs(
  'DescribeBandwidthLimitation',
  ['InstanceType', 'InstanceChargeType', 'SpotStrategy', 'OperationType', 'ResourceId'],
  (input, context) => {
    const { OperationType: operation = 'Create', InstanceChargeType, SpotStrategy, ResourceId } = input
    const known = instanceTypeOf(input.InstanceType) !== undefined
    demand(known, 'InvalidInstanceType.ValueNotSupported', 'The specified InstanceType is not supported.', 400)
    demandOneOf(operation, ['Create', 'Upgrade', 'Downgrade'], 'OperationType', 'InvalidParameter')
    demandOneOf(InstanceChargeType, ['PrePaid', 'PostPaid'], 'InstanceChargeType', 'InvalidParameter')
    demandOneOf(SpotStrategy, ['NoSpot', 'SpotWithPriceLimit', 'SpotAsPriceGo'], 'SpotStrategy', 'InvalidParameter')
    const changes = operation === 'Upgrade' || operation === 'Downgrade'
    demand(!changes || ResourceId, 'MissingParameter', 'ResourceId must be specified for Upgrade and Downgrade.')
    const instance = changes && ResourceId ? instanceOf(ResourceId, context) : undefined
    const charge = instance?.instanceChargeType ?? (InstanceChargeType === 'PrePaid' ? 'PrePaid' : 'PostPaid')
    const [now, most] = [instance?.internetMaxBandwidthOut ?? 0, mostOut({ instanceChargeType: charge })]
    const range = { Min: operation === 'Upgrade' ? now : 0, Max: operation === 'Downgrade' ? now : most, Unit: 'Mbps' }
    const types = ['PayByTraffic', 'PayByBandwidth']
    return { Bandwidths: { Bandwidth: types.map((InternetChargeType) => ({ InternetChargeType, ...range })) } }
  },
)
