import { type InstanceType, instanceTypeOf } from '../../../api/instance-types.ts'
import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { demandRunsOn, type UsableImage, usableImage, usableOfFamily } from '../image/find.ts'
import type { StorageSetInput } from '../storage-set/join.ts'
import { demandDescription, demandName, demandOneOf } from '../values.ts'
import type { ChargeInput } from './charge.ts'
import type { CpuInput } from './cpu.ts'
import type { Ipv6Input } from '../network-interface/ipv6.ts'
import type { InterfaceInput } from '../network-interface/new-interface.ts'
import { settingsOf } from './launch-settings.ts'
import { demandEcsRole, demandPassword, demandUserData } from './login.ts'
import { defaultHostName, isHostName, type Naming, nameAt } from './names.ts'
import type { DiskInput } from './new-disks.ts'
import type { SecondaryInput } from './interfaces.ts'
import type { OptionsInput } from './options.ts'
import { demandResourceGroup, type NetworkInput } from './places.ts'
import type { PlacementInput } from './placing.ts'
import type { PrivateDnsInput } from './private-dns.ts'

/** What RunInstances and CreateInstance have in common. */
export interface LaunchInput
  extends NetworkInput,
    ChargeInput,
    Pick<Ipv6Input, 'Ipv6Address' | 'Ipv6AddressCount'>,
    PlacementInput,
    OptionsInput,
    StorageSetInput {
  readonly ImageId?: string | undefined
  readonly ImageFamily?: string | undefined
  readonly InstanceType?: string | undefined
  readonly InstanceName?: string | undefined
  readonly Description?: string | undefined
  readonly HostName?: string | undefined
  readonly HostNames?: readonly string[] | undefined
  readonly Password?: string | undefined
  readonly PasswordInherit?: boolean | undefined
  readonly UserData?: string | undefined
  readonly RamRoleName?: string | undefined
  readonly ResourceGroupId?: string | undefined
  readonly InternetChargeType?: string | undefined
  readonly InternetMaxBandwidthIn?: number | undefined
  readonly InternetMaxBandwidthOut?: number | undefined
  readonly IoOptimized?: string | undefined
  readonly CreditSpecification?: string | undefined
  readonly HttpEndpoint?: string | undefined
  readonly HttpTokens?: string | undefined
  readonly HttpPutResponseHopLimit?: number | undefined
  readonly CpuOptions?: CpuInput | undefined
  readonly PrivateDnsNameOptions?: PrivateDnsInput | undefined
  /** Queues of the primary interface. */
  readonly NetworkInterfaceQueueNumber?: number | undefined
  readonly HibernationOptions?: { readonly Configured?: boolean | undefined } | undefined
  readonly PrivatePoolOptions?: { readonly Id?: string | undefined; readonly MatchCriteria?: string | undefined } | undefined
  readonly SecurityEnhancementStrategy?: string | undefined
  readonly SystemDisk?: DiskInput | undefined
  readonly DataDisk?: readonly DiskInput[] | undefined
  readonly KeyPairName?: string | undefined
  /** What is said of the primary interface beside its place. */
  readonly Primary?: (InterfaceInput & Ipv6Input) | undefined
  readonly Secondary?: readonly SecondaryInput[] | undefined
  readonly Tag?: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined
}

/** @throws Fault InvalidInstanceType.ValueNotSupported when no such type is sold */
export function typeOf({ InstanceType: id }: LaunchInput): InstanceType {
  demand(id, 'MissingParameter', 'The input parameter "InstanceType" that is mandatory for processing this request is not supplied.')
  const type = instanceTypeOf(id)
  demand(type, 'InvalidInstanceType.ValueNotSupported', 'The specified InstanceType does not exist or is not supported here.', 400)
  return type
}

/**
 * The image named, or the newest of its family.
 * @throws Fault InvalidImageId.NotFound, IncorrectImageStatus, ImageNotSupportInstanceType
 */
export function imageOf({ ImageId, ImageFamily = '' }: LaunchInput, type: InstanceType, context: Context): UsableImage {
  demand(
    ImageId || ImageFamily,
    'MissingParameter',
    'The input parameter "ImageId" that is mandatory for processing this request is not supplied.',
  )
  const image = ImageId ? usableImage(ImageId, context) : usableOfFamily(ImageFamily, context)
  demandRunsOn(image, type)
  return image
}

/** @throws Fault InvalidInternetChargeType.ValueNotSupported, InvalidParameter.Bandwidth */
export function bandwidthOf({
  InternetChargeType,
  InternetMaxBandwidthIn,
  InternetMaxBandwidthOut: out = 0,
  InstanceChargeType,
}: LaunchInput) {
  demandOneOf(InternetChargeType, ['PayByTraffic', 'PayByBandwidth'], 'InternetChargeType', 'InvalidInternetChargeType.ValueNotSupported')
  const most = InstanceChargeType === 'PrePaid' ? 200 : 100
  const into = InternetMaxBandwidthIn ?? Math.max(10, out)
  const fits = Number.isInteger(out) && out >= 0 && out <= most && Number.isInteger(into) && into >= 1 && into <= 200
  demand(fits, 'InvalidParameter.Bandwidth', 'The specified parameter Bandwidth is not valid.')
  return { internetChargeType: InternetChargeType || 'PayByTraffic', internetMaxBandwidthIn: into, internetMaxBandwidthOut: out }
}

/** Only burstable types take a CreditSpecification. */
export const burstable = (type: InstanceType): boolean => /^ecs\.t[56]$/.test(type.InstanceTypeFamily)

/** What is written down as given, once its values are checked. */
export function optionsOf(input: LaunchInput, type: InstanceType) {
  demandOneOf(input.IoOptimized, ['none', 'optimized'], 'IoOptimized', 'InvalidIoOptimizedValue.ValueNotSupported')
  demand(input.IoOptimized !== 'none', 'IoOptimized.NotSupported', 'The specified instance type must be I/O optimized.', 400)
  demandOneOf(input.HttpEndpoint, ['enabled', 'disabled'], 'HttpEndpoint', 'InvalidHttpEndpoint.NotSupported')
  demandOneOf(input.HttpTokens, ['optional', 'required'], 'HttpTokens', 'InvalidHttpTokens.NotSupported')
  // Whether the guest's security agent is installed shows in no answer, so only the value is checked.
  demandOneOf(input.SecurityEnhancementStrategy, ['Active', 'Deactive'], 'SecurityEnhancementStrategy', 'InvalidParameter')
  const credit = input.CreditSpecification
  demandOneOf(credit, ['Standard', 'Unlimited'], 'CreditSpecification', 'InvalidParameter.CreditSpecification')
  demand(
    !credit || burstable(type),
    'InvalidParameter.CreditSpecification',
    'The specified instance type does not support CreditSpecification.',
  )
  demandDescription(input.Description, 'Description', 'InvalidDescription.Malformed')
  return {
    description: input.Description ?? '',
    userData: input.UserData ?? '',
    ramRoleName: input.RamRoleName ?? '',
    resourceGroupId: demandResourceGroup(input.ResourceGroupId),
    creditSpecification: credit || (burstable(type) ? 'Standard' : ''),
    httpEndpoint: input.HttpEndpoint || 'enabled',
    httpTokens: input.HttpTokens || 'optional',
    ...settingsOf(input),
  }
}

/** @throws Fault for a password, user data or role that breaks its rule */
export function demandLogin(input: LaunchInput, image: UsableImage, context: Context): void {
  const both = input.PasswordInherit === true && Boolean(input.Password)
  demand(!both, 'InvalidPasswordParam.Mismatch', 'The input password should be null when passwdInherit is true.')
  demandPassword(input.Password, image.OSType)
  demandUserData(input.UserData)
  demandEcsRole(input.RamRoleName, context)
}

/**
 * The names of the instance at an index, once it has an id.
 * @throws Fault InvalidInstanceName.Malformed, InvalidHostName.Malformed
 */
export function namesOf(input: LaunchInput, launch: Naming, image: UsableImage) {
  const instanceName = (index: number) => (input.InstanceName ? nameAt(input.InstanceName, index, launch) : '')
  const hostName = (index: number) => input.HostNames?.[index] ?? (input.HostName ? nameAt(input.HostName, index, launch) : '')
  for (let index = 0; index < launch.amount; index++) {
    demandName(instanceName(index), 'InstanceName', 'InvalidInstanceName.Malformed')
    // The id's place is kept by as many characters as an id has.
    const host = hostName(index).replaceAll('${instance_id}', 'i'.padEnd(22, 'x'))
    demand(host === '' || isHostName(host, image.OSType), 'InvalidHostName.Malformed', 'The specified HostName is not valid.')
  }
  return (index: number, id: string) => ({
    instanceName: instanceName(index) || id,
    hostName: hostName(index).replaceAll('${instance_id}', id) || defaultHostName(id),
  })
}
