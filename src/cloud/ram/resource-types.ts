import type { Product } from '../../api/products.ts'

/** A kind of resource as its ARN writes it: `acs:<service>:<region>:<account>:<type>/<id>`. */
export interface Named {
  readonly service: Product
  readonly type: string
  /** What stands in place of the region, for what lies in none. */
  readonly regionless?: '' | '*' | undefined
}

interface Kind extends Named {
  /** Parameters that hold its id (or its name, where that is the id), without a plural's `s`. */
  readonly parameters: readonly string[]
  /** What the operations on it call it, in every form they use. */
  readonly nouns: readonly string[]
}

const kind = (service: Product, type: string, parameters: readonly string[], nouns: readonly string[]): Kind => ({
  service,
  type,
  parameters,
  nouns,
})

const commonPackage = kind('vpc', 'combandwidthpackage', [], ['CommonBandwidthPackage'])
const assurance = kind('ecs', 'elasticityassurance', [], ['ElasticityAssurance'])

/** Documented are instance, disk, image, snapshot, security group, key pair, reserved instance, scu, vpc and vSwitch; the others are unconfirmed. */
const cloudKinds: readonly Kind[] = [
  kind('ecs', 'instance', ['InstanceId'], ['Instance', 'ManagedInstance', 'TerminalSession']),
  kind('ecs', 'disk', ['DiskId', 'SourceDiskId'], ['Disk']),
  kind('ecs', 'image', ['ImageId'], ['Image']),
  kind('ecs', 'imagecomponent', ['ImageComponentId'], ['ImageComponent']),
  kind('ecs', 'imagepipeline', ['ImagePipelineId'], ['ImagePipeline']),
  kind('ecs', 'snapshot', ['SnapshotId'], ['Snapshot']),
  kind('ecs', 'securitygroup', ['SecurityGroupId'], ['SecurityGroup']),
  kind('ecs', 'keypair', ['KeyPairName'], ['KeyPair']),
  kind('ecs', 'eni', ['NetworkInterfaceId'], ['NetworkInterface']),
  kind('ecs', 'launchtemplate', ['LaunchTemplateId'], ['LaunchTemplate']),
  kind('ecs', 'command', ['CommandId'], ['Command']),
  kind('ecs', 'invocation', ['InvokeId'], ['InvocationAttribute']),
  kind('ecs', 'activation', ['ActivationId'], ['Activation']),
  kind('ecs', 'servicesettings', ['SettingType'], ['CloudAssistantSettings']),
  kind('ecs', 'capacityreservation', ['PrivatePoolOptionsId', 'PrivatePoolId'], ['CapacityReservation']),
  assurance,
  kind('ecs', 'autoprovisioninggroup', ['AutoProvisioningGroupId'], ['AutoProvisioningGroup']),
  kind('ecs', 'deploymentset', ['DeploymentSetId'], ['DeploymentSet']),
  kind('ecs', 'ddh', ['DedicatedHostId'], ['DedicatedHost']),
  kind('ecs', 'ddhcluster', ['DedicatedHostClusterId'], ['DedicatedHostCluster']),
  kind('ecs', 'storageset', ['StorageSetId'], ['StorageSet']),
  kind('ecs', 'reservedinstance', ['ReservedInstanceId'], ['ReservedInstance']),
  kind('ecs', 'scu', ['StorageCapacityUnitId'], ['StorageCapacityUnit']),
  kind('ecs', 'vsc', ['VscId'], ['Vsc']),
  kind('ecs', 'hpccluster', ['HpcClusterId'], ['HpcCluster']),
  kind('ecs', 'snapshotgroup', ['SnapshotGroupId'], ['SnapshotGroup']),
  kind('ecs', 'prefixlist', ['PrefixListId', 'SourcePrefixListId', 'DestPrefixListId'], ['PrefixList']),
  kind('ecs', 'portrangelist', ['PortRangeListId'], ['PortRangeList']),
  kind('vpc', 'vpc', ['VpcId'], ['Vpc']),
  kind('vpc', 'vswitch', ['VSwitchId'], ['VSwitch', 'VSwitche']),
  kind('vpc', 'routetable', ['RouteTableId'], ['RouteTable', 'RouteEntry']),
  kind('vpc', 'eip', ['AllocationId'], ['EipAddress', 'EipAddresse']),
  kind('vpc', 'natgateway', ['NatGatewayId'], ['NatGateway']),
  kind('vpc', 'forwardtable', ['ForwardTableId'], ['ForwardTable', 'ForwardEntry', 'ForwardTableEntrie']),
  kind('vpc', 'snattable', ['SnatTableId'], ['SnatTable', 'SnatEntry', 'SnatTableEntrie']),
  kind('vpc', 'bandwidthpackage', ['BandwidthPackageId'], ['BandwidthPackage']),
  commonPackage,
  kind('vpc', 'havip', ['HaVipId'], ['HaVip']),
  kind('vpc', 'physicalconnection', ['PhysicalConnectionId'], ['PhysicalConnection']),
  kind('vpc', 'virtualborderrouter', ['VbrId', 'RouterId'], ['VirtualBorderRouter']),
  kind('vpc', 'routerinterface', ['RouterInterfaceId'], ['RouterInterface']),
]

/** RAM is in no region; a policy's ARN is documented with `*` there. */
const ramKinds: readonly Kind[] = [
  { ...kind('ram', 'user', ['UserName'], ['User', 'AccessKey', 'AccessKeyLastUsed']), regionless: '' },
  { ...kind('ram', 'role', ['RoleName'], ['Role']), regionless: '' },
  { ...kind('ram', 'group', ['GroupName'], ['Group']), regionless: '' },
  { ...kind('ram', 'mfa', [], ['VirtualMFADevice']), regionless: '' },
  { ...kind('ram', 'policy', ['PolicyName'], ['Policy', 'Policie']), regionless: '*' },
]

/** Nouns that begin like one above but are no resource of that kind. */
const otherNouns: ReadonlySet<string> = new Set(['InstanceType', 'InstanceTypeFamilie', 'DedicatedHostType', 'RamRole', 'InstanceRamRole'])

const indexed = (kinds: readonly Kind[]) => ({
  byParameter: new Map(kinds.flatMap((each) => each.parameters.map((name) => [name, each] as const))),
  byNoun: new Map(kinds.flatMap((each) => each.nouns.map((name) => [name, each] as const))),
})
const cloud = indexed(cloudKinds)
const none = indexed([])
const kindsOf = { ecs: cloud, vpc: cloud, ram: indexed(ramKinds), sts: none, location: none } as const

/** Whether a parameter can name a resource. */
export const namesResources = (product: Product, parameter: string): boolean => kindsOf[product].byParameter.has(parameter)

/**
 * The kind of resource that a parameter names. VPC's InstanceId can be many things, of which some ids tell themselves. A private pool is of
 * one of two kinds, and of routers only those of connections are resources of their own.
 */
export function parameterKind(product: Product, parameter: string, id: string): Named | undefined {
  if (product === 'vpc' && parameter === 'InstanceId' && !id.startsWith('i-')) return ofVpc.get(id.slice(0, id.indexOf('-')))
  if (parameter === 'RouterId' && !id.startsWith('vbr-')) return undefined
  if (id.startsWith('eap-') && parameter.startsWith('PrivatePool')) return assurance
  if (id.startsWith('cbwp-') && parameter === 'BandwidthPackageId') return commonPackage
  return kindsOf[product].byParameter.get(parameter)
}

/** What VPC's InstanceId names besides instances, by how the id begins. */
const ofVpc: ReadonlyMap<string, Named> = new Map([
  ['eip', kind('vpc', 'eip', [], [])],
  ['ngw', kind('vpc', 'natgateway', [], [])],
  ['cbwp', commonPackage],
])

export interface Noun {
  readonly kind: Named
  /** True when the action is about the resource itself (`Instances`), not about something of it (`InstanceStatus`, `AccessKey`). */
  readonly itself: boolean
}

const knownNouns = new Map<string, Noun | undefined>()

/**
 * What an action is about: the longest known noun after its verb, or the one after `For` (`ListPoliciesForUser`).
 * Only of actions that exist: what was found is kept for each.
 */
export function nounOf(product: Product, action: string): Noun | undefined {
  const key = `${product}:${action}`
  if (!knownNouns.has(key)) knownNouns.set(key, findNoun(product, action))
  return knownNouns.get(key)
}

function findNoun(product: Product, action: string): Noun | undefined {
  const rest = /For([A-Z]\w*)$/.exec(action)?.[1] ?? action.replace(/^[A-Z][a-z]+/, '')
  for (let length = rest.length; length > 0; length--) {
    const noun = rest.slice(0, length)
    if (otherNouns.has(noun)) return undefined
    const found = kindsOf[product].byNoun.get(noun)
    if (found !== undefined) return { kind: found, itself: noun === found.nouns[0] && /^s?$/.test(rest.slice(length)) }
  }
  return undefined
}

const everything: Named = { service: 'ecs', type: '', regionless: '*' }
const allSnapshots: Named = { service: 'ecs', type: 'snapshot', regionless: '*' }

/** Operations on what these hold ask for it; all others, which name it as well, ask for the instances alone. */
const onlyFor: ReadonlyMap<string, string> = new Map([['invocation', 'ModifyInvocationAttribute']])

/** Whether an action asks for a kind of resource that its parameters name. */
export const asksFor = (action: string, { type }: Named): boolean => (onlyFor.get(type) ?? action) === action

/** Operations documented with one ARN, whatever they are given. */
const fixed: ReadonlyMap<string, Named> = new Map([
  ['DescribePrice', everything],
  ['EndTerminalSession', everything],
  ['CreateAutoSnapshotPolicy', allSnapshots],
  ['DeleteAutoSnapshotPolicy', allSnapshots],
  ['ModifyAutoSnapshotPolicyEx', allSnapshots],
  ['DescribeAutoSnapshotPolicyEx', allSnapshots],
  ['ApplyAutoSnapshotPolicy', allSnapshots],
  ['CancelAutoSnapshotPolicy', allSnapshots],
])

export const fixedKind = (product: Product, action: string): Named | undefined => (product === 'ecs' ? fixed.get(action) : undefined)
