import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import type { State } from '../../state.ts'
import { osOf } from '../image/find.ts'
import { traitsOfId, weightings } from '../instance-type-traits.ts'
import type { Instance } from '../records.ts'
import { beginTask } from '../task/begin.ts'
import { demandOneOf } from '../values.ts'
import { instanceOf } from './power.ts'
import { demandSettled } from './public-ip.ts'

/** Milliseconds of the cloud's time until the task is Finished; answers show the change at once (both unconfirmed). */
const taskMs = 3_000

/** What a launch says of network, clock, boot and login. */
export interface OptionsInput {
  readonly NetworkOptions?:
    | {
        readonly BandwidthWeighting?: string | undefined
        readonly EnableJumboFrame?: boolean | undefined
        readonly EnableNetworkEncryption?: boolean | undefined
      }
    | undefined
  readonly ClockOptions?: { readonly PtpStatus?: string | undefined } | undefined
  readonly SecurityOptions?:
    | {
        readonly EnableSecureBoot?: boolean | undefined
        readonly TrustedSystemMode?: string | undefined
        readonly ConfidentialComputingMode?: string | undefined
      }
    | undefined
  readonly ImageOptions?: { readonly LoginAsNonRoot?: boolean | undefined } | undefined
}

type Options = Pick<
  Instance,
  'bandwidthWeighting' | 'jumboFrame' | 'networkEncryption' | 'ptp' | 'secureBoot' | 'trusted' | 'enclave' | 'loginAsNonRoot'
>

/** @throws Fault InvalidParameter for a weighting that there is not or that the type does not have (the code is unconfirmed) */
function weightingOf(asked: string, instanceType: string): Pick<Options, 'bandwidthWeighting'> {
  demandOneOf(asked, weightings, 'BandwidthWeighting', 'InvalidParameter')
  const fits = asked === 'Default' || traitsOfId(instanceType)?.weights
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

/** @throws Fault InvalidParameter where the type cannot encrypt what it sends (the code is unconfirmed) */
export function encryptionOf(asked: boolean, instanceType: string): Pick<Options, 'networkEncryption'> {
  const fits = !asked || traitsOfId(instanceType)?.networkEncryption
  demand(fits, 'InvalidParameter', 'The instance type does not support EnableNetworkEncryption.')
  return { networkEncryption: asked }
}

/** @throws Fault InvalidParameter where the type has no large frames (the code is unconfirmed) */
export function jumboFrameOf(asked: boolean, instanceType: string): Pick<Options, 'jumboFrame'> {
  const fits = !asked || traitsOfId(instanceType)?.jumboFrame
  demand(fits, 'InvalidParameter', 'The instance type does not support EnableJumboFrame.')
  return { jumboFrame: asked }
}

/**
 * A trusted system, which an enclave brings with it. Of such an instance only types with the same can be had later.
 * @throws Fault InvalidParameter where the type has neither (the code is unconfirmed)
 */
function trustOf(
  { TrustedSystemMode: trust, ConfidentialComputingMode: enclave }: NonNullable<OptionsInput['SecurityOptions']>,
  instanceType: string,
): Pick<Options, 'trusted' | 'enclave'> {
  if (!trust && !enclave) return {}
  demandOneOf(trust, ['vTPM'], 'SecurityOptions.TrustedSystemMode', 'InvalidParameter')
  demandOneOf(enclave, ['Enclave'], 'SecurityOptions.ConfidentialComputingMode', 'InvalidParameter')
  demand(traitsOfId(instanceType)?.trusted, 'InvalidParameter', 'The instance type has no trusted system.')
  return { trusted: true, ...(enclave && { enclave: true as const }) }
}

/** @throws Fault InvalidParameter for an image of Windows (the code is unconfirmed) */
function loginOf(asked: boolean, instance: Booting): Pick<Options, 'loginAsNonRoot'> {
  demand(!asked || osOf(instance)?.type !== 'windows', 'InvalidParameter', 'ImageOptions.LoginAsNonRoot is for Linux images.')
  return { loginAsNonRoot: asked }
}

/** What a launch says of network, clock, boot and login. */
export function launchOptions(
  { NetworkOptions = {}, ClockOptions = {}, SecurityOptions = {}, ImageOptions = {} }: OptionsInput,
  instance: Booting & Pick<Instance, 'instanceType'>,
  state: State,
): Options {
  const { BandwidthWeighting, EnableJumboFrame, EnableNetworkEncryption } = NetworkOptions
  const { EnableSecureBoot } = SecurityOptions
  const { LoginAsNonRoot } = ImageOptions
  const { instanceType } = instance
  return {
    ...(BandwidthWeighting && weightingOf(BandwidthWeighting, instanceType)),
    ...(EnableJumboFrame !== undefined && jumboFrameOf(EnableJumboFrame, instanceType)),
    ...(EnableNetworkEncryption !== undefined && encryptionOf(EnableNetworkEncryption, instanceType)),
    ...(ClockOptions.PtpStatus && ptpOf(ClockOptions.PtpStatus)),
    ...(EnableSecureBoot !== undefined && secureBootOf(EnableSecureBoot, instance, state)),
    ...trustOf(SecurityOptions, instanceType),
    ...(LoginAsNonRoot !== undefined && loginOf(LoginAsNonRoot, instance)),
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
