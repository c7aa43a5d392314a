import { toSeconds } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { quotaOf } from '../../market/quotas.ts'
import { owned } from '../../owned.ts'
import { activationCode } from '../assistant/ids.ts'
import { assistantPage } from '../assistant/paging.ts'
import { demandResourceGroup } from '../instance/places.ts'
import { newTags, shownTags, tagTest } from '../tags.ts'
import { equalities, passes } from '../values.ts'
import type { Activation } from './records.ts'
import { isIP } from '../../net.ts'

/** How many instances an activation registers; for how many hours. */
const limits = { instances: 1_000, hours: 4 } as const

/**
 * Refuses a name of other than 2 to `longest` letters, digits, `.`, `_`, `-` and `:` that begins with a letter.
 * @throws Fault InstanceName.ExceedLimit, InstanceName.InvalidPattern
 */
export function demandInstanceName(name: string, longest: number): void {
  demand(name.length >= 2 && name.length <= longest, 'InstanceName.ExceedLimit', 'The length of the specified InstanceName is not valid.')
  const fits = /^\p{L}[\p{L}\d._:-]*$/u.test(name) && !/^https?:\/\//.test(name)
  demand(fits, 'InstanceName.InvalidPattern', 'The specified InstanceName is not valid.')
}

/** One address, or a block of them. */
function isRange(text: string): boolean {
  const [address = '', length, ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (family === 4 ? 32 : 128))
}

const wholeFrom1 = (value: number, most: number) => Number.isInteger(value) && value >= 1 && value <= most

export const CreateActivation = ecs(
  'CreateActivation',
  ['Description', 'InstanceCount', 'InstanceName', 'IpAddressRange', 'ResourceGroupId', 'Tag', 'TimeToLiveInHours'],
  (input, context) => {
    const { state, accountId, regionId, random, now } = context
    const { Description = '', InstanceCount = 10, InstanceName = '', TimeToLiveInHours = limits.hours } = input
    // What stands for no range is unconfirmed.
    const ipAddressRange = input.IpAddressRange || '0.0.0.0/0'
    if (InstanceName !== '') demandInstanceName(InstanceName, 50)
    demand(Description.length <= 100, 'ActivationDesc.ExceedLimit', 'The length of the specified Description exceeds the limit.')
    const countFits = wholeFrom1(InstanceCount, limits.instances)
    demand(countFits, 'ActivationLimitation.Invalid', `InstanceCount must be from 1 to ${limits.instances}.`)
    const hoursFit = wholeFrom1(TimeToLiveInHours, limits.hours)
    demand(hoursFit, 'ActivationTTL.ExceedLimit', `TimeToLiveInHours must be from 1 to ${limits.hours}.`)
    demand(isRange(ipAddressRange), 'AddressRange.InvalidPattern', 'The specified IpAddressRange is not valid.')
    const held = state.activations.list({ accountId, regionId }).length
    demand(
      held < quotaOf('max-cloud-assistant-activation-count', context),
      'ActivationCount.ExceedLimit',
      'The number of activations in the region exceeds the limit.',
    )
    const { id, code } = state.activations.put({
      id: random.uuid().toUpperCase(),
      accountId,
      regionId,
      code: activationCode(regionId, random),
      description: Description,
      instanceName: InstanceName,
      instanceCount: InstanceCount,
      timeToLiveInHours: TimeToLiveInHours,
      ipAddressRange,
      disabled: false,
      registeredCount: 0,
      deregisteredCount: 0,
      resourceGroupId: demandResourceGroup(input.ResourceGroupId),
      createdAt: now,
      tags: newTags(input.Tag),
    })
    return { ActivationId: id, ActivationCode: code }
  },
)

/** @throws Fault ActivationId.NotFound */
function activationOf(id: string, context: Context): Activation {
  const activation = owned(context.state.activations.get(id), context)
  demand(activation, 'ActivationId.NotFound', 'The specified ActivationId does not exist.')
  return activation
}

const view = (activation: Activation) => ({
  ActivationId: activation.id,
  CreationTime: toSeconds(activation.createdAt),
  DeregisteredCount: activation.deregisteredCount,
  Description: activation.description,
  InstanceCount: activation.instanceCount,
  InstanceName: activation.instanceName,
  IpAddressRange: activation.ipAddressRange,
  RegisteredCount: activation.registeredCount,
  TimeToLiveInHours: activation.timeToLiveInHours,
})

/** None may have registered with it. */
export const DeleteActivation = ecs('DeleteActivation', ['ActivationId'], ({ ActivationId }, context) => {
  const activation = activationOf(ActivationId, context)
  demand(activation.registeredCount === 0, 'ActivationId.InUse', 'The specified ActivationId is in use.')
  context.state.activations.delete(activation.id)
  return { Activation: view(activation) }
})

/** Nothing registers with it any more; what has stays. */
export const DisableActivation = ecs('DisableActivation', ['ActivationId'], ({ ActivationId }, context) => {
  const disabled = context.state.activations.put({ ...activationOf(ActivationId, context), disabled: true })
  return { Activation: { ...view(disabled), Disabled: true } }
})

/** By the whole InstanceName (unconfirmed). */
export const DescribeActivations = ecs(
  'DescribeActivations',
  ['ActivationId', 'InstanceName', 'MaxResults', 'NextToken', 'PageNumber', 'PageSize', 'ResourceGroupId', 'Tag'],
  (input, { state, accountId, regionId }) => {
    const where = passes<Activation>([
      tagTest(input.Tag),
      ...equalities<Activation, typeof input>(input, {
        InstanceName: (activation) => activation.instanceName,
        ResourceGroupId: (activation) => activation.resourceGroupId,
      }),
    ])
    const ids = input.ActivationId ? [input.ActivationId] : undefined
    const { rows, fields } = assistantPage(state.activations.list({ accountId, regionId, ids, where }), input, 400)
    const shown = rows.map((activation) => ({
      ...view(activation),
      Disabled: activation.disabled,
      ResourceGroupId: activation.resourceGroupId,
      Tags: shownTags(activation.tags).Tag,
    }))
    return { ...fields, ActivationList: shown }
  },
)
