import { instanceTypes } from '../../../api/instance-types.ts'
import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import type { State } from '../../state.ts'
import { osOf } from '../image/find.ts'
import type { Instance } from '../records.ts'
import { beginTask } from '../task/begin.ts'
import { demandOneOf } from '../values.ts'
import { instanceOf } from './power.ts'
import { demandSettled } from './public-ip.ts'

/** Milliseconds of the cloud's time until the task is Finished; answers show the change at once (both unconfirmed). */
const taskMs = 3_000

const weightings = ['Default', 'Vpc-L1', 'Vpc-L2', 'Ebs-L1', 'Ebs-L2']
/** Which types can move bandwidth between network and disks: taken to be those of the eighth generation and later (unconfirmed). */
const movesBandwidth = /^ecs\.[a-z]+(?:[89]|\d\d)/

interface OptionsInput {
  readonly NetworkOptions?:
    | { readonly BandwidthWeighting?: string | undefined; readonly EnableJumboFrame?: boolean | undefined }
    | undefined
  readonly ClockOptions?: { readonly PtpStatus?: string | undefined } | undefined
  readonly SecurityOptions?: { readonly EnableSecureBoot?: boolean | undefined } | undefined
}

type Options = Pick<Instance, 'bandwidthWeighting' | 'jumboFrame' | 'ptp' | 'secureBoot'>

/** @throws Fault InvalidParameter for a weighting that there is not or that the type does not have (the code is unconfirmed) */
function weightingOf(asked: string, instanceType: string): Pick<Options, 'bandwidthWeighting'> {
  demandOneOf(asked, weightings, 'BandwidthWeighting', 'InvalidParameter')
  const family = instanceTypes().get(instanceType)?.InstanceTypeFamily ?? ''
  const fits = asked === 'Default' || movesBandwidth.test(family)
  demand(fits, 'InvalidParameter', 'The instance type does not support the specified BandwidthWeighting.')
  return { bandwidthWeighting: asked }
}

const ptpOf = (asked: string): Pick<Options, 'ptp'> => {
  demandOneOf(asked, ['enabled', 'disabled'], 'PtpStatus', 'InvalidParameter')
  return { ptp: asked === 'enabled' }
}

type Booting = Pick<Instance, 'imageId' | 'os'>

/** Secure boot is a thing of UEFI, with which images for ARM boot and those that say so. */
function bootsByUefi(instance: Booting, { images }: Pick<State, 'images'>): boolean {
  const own = images.get(instance.imageId)
  return own ? own.bootMode !== 'BIOS' : osOf(instance)?.architecture === 'arm64'
}

/** @throws Fault InvalidParameter where the image boots without UEFI (the code is unconfirmed) */
function secureBootOf(asked: boolean, instance: Booting, state: State): Pick<Options, 'secureBoot'> {
  demand(!asked || bootsByUefi(instance, state), 'InvalidParameter', 'EnableSecureBoot needs an image that boots with UEFI.')
  return { secureBoot: asked }
}

/** What a launch says of network, clock and boot. */
export function launchOptions(
  { NetworkOptions = {}, ClockOptions = {}, SecurityOptions = {} }: OptionsInput,
  instance: Booting & Pick<Instance, 'instanceType'>,
  state: State,
): Options {
  const { BandwidthWeighting, EnableJumboFrame } = NetworkOptions
  const { EnableSecureBoot } = SecurityOptions
  return {
    ...(BandwidthWeighting && weightingOf(BandwidthWeighting, instance.instanceType)),
    ...(EnableJumboFrame !== undefined && { jumboFrame: EnableJumboFrame }),
    ...(ClockOptions.PtpStatus && ptpOf(ClockOptions.PtpStatus)),
    ...(EnableSecureBoot !== undefined && secureBootOf(EnableSecureBoot, instance, state)),
  }
}

const missing = (name: string) => `The input parameter "${name}" that is mandatory for processing this request is not supplied.`

/** The instance that a call changes, which is Running or Stopped. */
function settled(id: string | undefined, context: Context): Instance {
  demand(id, 'MissingParameter', missing('InstanceId'))
  const instance = instanceOf(id, context)
  demandSettled(instance)
  return instance
}

/** Puts what was changed, as a task that is done soon. */
function changed(instance: Instance, options: Options, action: Parameters<typeof beginTask>[0]['action'], context: Context) {
  const { id, accountId, regionId } = context.state.instances.put({ ...instance, ...options })
  return { TaskId: beginTask({ accountId, regionId, action, resourceId: id }, taskMs, context).id }
}

export const ModifyInstanceNetworkOptions = ecs('ModifyInstanceNetworkOptions', ['InstanceId', 'BandwidthWeighting'], (input, context) => {
  const instance = settled(input.InstanceId, context)
  demand(input.BandwidthWeighting, 'MissingParameter', missing('BandwidthWeighting'))
  return changed(instance, weightingOf(input.BandwidthWeighting, instance.instanceType), 'ModifyInstanceNetworkOptions', context)
})

/** PTP is off where nothing is said. */
export const ModifyInstanceClockOptions = ecs('ModifyInstanceClockOptions', ['InstanceId', 'PtpStatus'], (input, context) =>
  changed(settled(input.InstanceId, context), ptpOf(input.PtpStatus || 'disabled'), 'ModifyInstanceClockOptions', context),
)

/** Counts from the next start, so the instance may run (unconfirmed). */
export const ModifyInstanceSecurityOptions = ecs('ModifyInstanceSecurityOptions', ['InstanceId', 'EnableSecureBoot'], (input, context) => {
  const instance = settled(input.InstanceId, context)
  context.state.instances.put({ ...instance, ...secureBootOf(input.EnableSecureBoot, instance, context.state) })
  return {}
})

/** What was ever said of them, as DescribeInstances shows it. */
export const optionsView = ({ ptp, secureBoot }: Instance) => ({
  ...(ptp !== undefined && { ClockOptions: { PtpStatus: ptp ? 'enabled' : 'disabled' } }),
  ...(secureBoot !== undefined && { SecurityOptions: { EnableSecureBoot: secureBoot } }),
})

/** All of them, as DescribeInstanceAttribute does. Frames are large by default where the type has them (unconfirmed: here everywhere). */
export const attributeOptionsView = ({ bandwidthWeighting = 'Default', jumboFrame = true, secureBoot = false }: Instance) => ({
  EnableJumboFrame: jumboFrame,
  NetworkOptions: { BandwidthWeighting: bandwidthWeighting, EnableJumboFrame: jumboFrame, EnableNetworkEncryption: false },
  SecurityOptions: { EnableSecureBoot: secureBoot },
})
