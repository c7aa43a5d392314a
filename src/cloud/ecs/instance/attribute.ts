import { instanceTypeOf } from '../../../api/instance-types.ts'
import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { osTypeOf } from '../image/find.ts'
import { demandFits } from '../network-interface/attach.ts'
import { plain, primaryOf } from '../network-interface/shape.ts'
import { trafficOf } from '../network-interface/traffic.ts'
import type { Instance } from '../records.ts'
import { demandDescription, demandName, demandOneOf } from '../values.ts'
import { type CpuInput, cpuOf } from './cpu.ts'
import { burstable } from './launch-input.ts'
import { demandUnlocked } from './locks.ts'
import { demandPassword, demandUserData } from './login.ts'
import { isHostName } from './names.ts'
import { encryptionOf, jumboFrameOf } from './options.ts'
import { attributeOptionsView } from './options-view.ts'
import { privateDnsOf } from './private-dns.ts'
import { securityGroupsOf } from './places.ts'
import { instanceOf } from './power.ts'
import { instanceView } from './view.ts'

export const DescribeInstanceAttribute = ecs('DescribeInstanceAttribute', ['InstanceId'], (input, context) => {
  const instance = instanceOf(input.InstanceId, context)
  const shown = instanceView(instance)
  const { IsSupportUnassociate: _, ...eip } = shown.EipAddress
  return {
    InstanceId: shown.InstanceId,
    InstanceName: shown.InstanceName,
    HostName: shown.HostName,
    Description: shown.Description,
    SerialNumber: shown.SerialNumber,
    RegionId: shown.RegionId,
    ZoneId: shown.ZoneId,
    ClusterId: shown.ClusterId,
    Status: shown.Status,
    StoppedMode: shown.StoppedMode,
    InstanceType: shown.InstanceType,
    Cpu: shown.Cpu,
    Memory: shown.Memory,
    ImageId: shown.ImageId,
    // Text here, a boolean in DescribeInstances.
    IoOptimized: 'optimized',
    CreationTime: shown.CreationTime,
    ExpiredTime: shown.ExpiredTime,
    InstanceChargeType: shown.InstanceChargeType,
    CreditSpecification: shown.CreditSpecification,
    InstanceNetworkType: shown.InstanceNetworkType,
    VlanId: shown.VlanId,
    InternetChargeType: shown.InternetChargeType,
    InternetMaxBandwidthIn: shown.InternetMaxBandwidthIn,
    InternetMaxBandwidthOut: shown.InternetMaxBandwidthOut,
    PublicIpAddress: shown.PublicIpAddress,
    InnerIpAddress: shown.InnerIpAddress,
    EipAddress: eip,
    VpcAttributes: shown.VpcAttributes,
    SecurityGroupIds: shown.SecurityGroupIds,
    ...attributeOptionsView(instance),
    DedicatedHostAttribute: {
      DedicatedHostId: shown.DedicatedHostAttribute.DedicatedHostId,
      DedicatedHostName: shown.DedicatedHostAttribute.DedicatedHostName,
    },
    OperationLocks: { LockReason: shown.OperationLocks.LockReason.map(({ LockReason }) => ({ LockReason })) },
  }
})

/** New groups take the place of all it was in. */
function groupsOf(ids: readonly string[] | undefined, instance: Instance, context: Context): readonly string[] {
  if (!ids?.length) return instance.securityGroupIds
  const joined = ids.filter((id) => !instance.securityGroupIds.includes(id))
  // The groups it is in already have room for it; all of them together still have to be of one type.
  securityGroupsOf(joined, instance.vpcId, 1, context)
  return securityGroupsOf(ids, instance.vpcId, 0, context)
}

function creditOf(credit: string | undefined, instance: Instance): string {
  if (!credit) return instance.creditSpecification
  demandOneOf(credit, ['Standard', 'Unlimited'], 'CreditSpecification', 'InvalidParameter.CreditSpecification')
  const type = instanceTypeOf(instance.instanceType)
  demand(
    type && burstable(type),
    'InvalidParameter.CreditSpecification',
    'The specified instance type does not support CreditSpecification.',
  )
  return credit
}

interface MachineInput {
  readonly CpuOptions?: CpuInput | undefined
  readonly NetworkInterfaceQueueNumber?: number | undefined
}

/**
 * What of an instance can change while it is Stopped: its processor, and the queues of its primary interface, of which -1 stands for as
 * many as the type gives.
 */
function machineOf({ CpuOptions, NetworkInterfaceQueueNumber: queues }: MachineInput, instance: Instance) {
  if (CpuOptions === undefined && queues === undefined) return {}
  const stopped = instance.status === 'Stopped'
  demand(stopped, 'IncorrectInstanceStatus', 'CpuOptions and NetworkInterfaceQueueNumber can be changed while an instance is Stopped.')
  const cpu = CpuOptions && { cpu: cpuOf(CpuOptions, instance.instanceType, instance.cpu) }
  if (queues === undefined) return { ...cpu }
  const { queueNumber } = trafficOf({ QueueNumber: queues === -1 ? undefined : queues })
  const primaryInterface = { ...(instance.primaryInterface ?? plain), queueNumber }
  demandFits(primaryOf({ ...instance, primaryInterface }), instance)
  return { ...cpu, primaryInterface }
}

/**
 * Changes what is given and leaves the rest. A password is checked and not kept: no answer shows it.
 * The guest takes up a new host name, password and user data with its next restart; answers show them at once (unconfirmed).
 */
export const ModifyInstanceAttribute = ecs(
  'ModifyInstanceAttribute',
  [
    'InstanceId',
    'InstanceName',
    'Description',
    'HostName',
    'Password',
    'UserData',
    'DeletionProtection',
    'CreditSpecification',
    'SecurityGroupIds',
    'CpuOptions',
    'EnableJumboFrame',
    'EnableNetworkEncryption',
    'NetworkInterfaceQueueNumber',
    'PrivateDnsNameOptions',
    'Recyclable',
  ],
  (input, context) => {
    const instance = instanceOf(input.InstanceId, context)
    demandUnlocked('ModifyInstanceAttribute', instance)
    demand(!instance.releasing, 'IncorrectInstanceStatus', 'The current status of the resource does not support this operation.')
    const osType = osTypeOf(instance)
    demandName(input.InstanceName, 'InstanceName', 'InvalidInstanceName.Malformed')
    demandDescription(input.Description, 'Description', 'InvalidDescription.Malformed')
    demand(!input.HostName || isHostName(input.HostName, osType), 'InvalidHostName.Malformed', 'The specified HostName is not valid.')
    demandPassword(input.Password, osType)
    demandUserData(input.UserData)
    const { DeletionProtection, EnableJumboFrame, EnableNetworkEncryption, PrivateDnsNameOptions, Recyclable } = input
    const protectable = instance.instanceChargeType === 'PostPaid' || DeletionProtection !== true
    demand(protectable, 'ChargeTypeViolation', 'DeletionProtection is for PostPaid instances only.', 400)
    const { instanceType } = instance
    context.state.instances.put({
      ...instance,
      ...machineOf(input, instance),
      ...(EnableJumboFrame !== undefined && jumboFrameOf(EnableJumboFrame, instanceType)),
      ...(EnableNetworkEncryption !== undefined && encryptionOf(EnableNetworkEncryption, instanceType)),
      ...(PrivateDnsNameOptions && { privateDns: privateDnsOf(PrivateDnsNameOptions, instance.privateDns) }),
      ...(Recyclable !== undefined && { recyclable: Recyclable }),
      instanceName: input.InstanceName || instance.instanceName,
      description: input.Description ?? instance.description,
      hostName: input.HostName || instance.hostName,
      userData: input.UserData ?? instance.userData,
      deletionProtection: DeletionProtection ?? instance.deletionProtection,
      creditSpecification: creditOf(input.CreditSpecification, instance),
      securityGroupIds: groupsOf(input.SecurityGroupIds, instance, context),
    })
    return {}
  },
)
