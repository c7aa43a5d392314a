import type { ApiError } from '../api-error.ts'
import { itemsOf } from '../list/reading.ts'

type Fields = Readonly<Record<string, unknown>>

/** How it is found out whether a call took effect whose answer was lost: by one read. */
export interface ReadBack {
  readonly action: string
  readonly list: string
  /** The input of the read. */
  readonly ask: (input: Fields) => object
  /** The call's result when the rows show its effect, without RequestId; undefined when they do not. */
  readonly find: (rows: readonly Fields[], input: Fields) => object | undefined
}

/**
 * Why an operation that takes no ClientToken may be tried again after an attempt whose fate is unknown:
 * `same`: doing it twice leaves the same as once;
 * an expression: a second try that is refused with such a code says that the first one did it;
 * ReadBack: the resource is looked at first.
 */
export type Repeat = 'same' | RegExp | ReadBack

const done = {}

/** By the ids that `parameter` names, which all have to fulfil `test`. */
function readBack(
  action: string,
  list: string,
  [parameter, asked, id]: readonly [string, string, string],
  test: (row: Fields, input: Fields) => boolean,
  result: (row: Fields) => object = () => done,
): ReadBack {
  return {
    action,
    list,
    ask: (input) => ({ [asked]: [input[parameter]] }),
    find(rows, input) {
      const row = rows.find((one) => one[id] === input[parameter])
      return row !== undefined && test(row, input) ? result(row) : undefined
    },
  }
}

const instanceIds = ['InstanceId', 'InstanceIds', 'InstanceId'] as const
const instance = (test: (row: Fields, input: Fields) => boolean, result?: (row: Fields) => object) =>
  readBack('DescribeInstances', 'Instances.Instance', instanceIds, test, result)
const disk = (test: (row: Fields, input: Fields) => boolean) =>
  readBack('DescribeDisks', 'Disks.Disk', ['DiskId', 'DiskIds', 'DiskId'], test)
const networkInterface = (test: (row: Fields, input: Fields) => boolean) =>
  readBack(
    'DescribeNetworkInterfaces',
    'NetworkInterfaceSets.NetworkInterfaceSet',
    ['NetworkInterfaceId', 'NetworkInterfaceId', 'NetworkInterfaceId'],
    test,
  )

const inState =
  (...states: readonly string[]) =>
  (row: Fields) =>
    states.includes(String(row.Status))

const groups = (row: Fields) => itemsOf(row, 'SecurityGroupIds.SecurityGroupId')

/** The first public address, of an instance that has one. */
const addressOf = (row: Fields) => itemsOf(row, 'PublicIpAddress.IpAddress')[0]

/** All of a batch are in one of the states: the batch is answered as the operation answers it. */
function batch(...states: readonly string[]): ReadBack {
  return {
    action: 'DescribeInstances',
    list: 'Instances.Instance',
    ask: ({ InstanceId }) => ({ InstanceIds: InstanceId, PageSize: 100 }),
    find(rows, { InstanceId }) {
      const ids = Array.isArray(InstanceId) ? InstanceId : []
      const there = new Map(rows.map((row) => [row.InstanceId, String(row.Status)]))
      if (!ids.every((id) => states.includes(there.get(id) ?? ''))) return undefined
      const responses = ids.map((id) => ({ Code: '200', Message: 'success', InstanceId: id, CurrentStatus: there.get(id) }))
      return { InstanceResponses: { InstanceResponse: responses } }
    },
  }
}

const notThere = /NotFound|^EntityNotExist/
const already = /^EntityAlreadyExists/

/** ECS operations without ClientToken that change something, and may be repeated. Others are never sent again. */
const ecs: { readonly [action: string]: Repeat } = {
  StartInstance: instance(inState('Starting', 'Running')),
  StopInstance: instance(inState('Stopping', 'Stopped')),
  StartInstances: batch('Starting', 'Running'),
  StopInstances: batch('Stopping', 'Stopped'),
  AllocatePublicIpAddress: instance(
    (row) => addressOf(row) !== undefined,
    (row) => ({ IpAddress: addressOf(row) }),
  ),
  JoinSecurityGroup: instance((row, input) => groups(row).includes(input.SecurityGroupId)),
  LeaveSecurityGroup: instance((row, input) => !groups(row).includes(input.SecurityGroupId)),
  AttachDisk: disk((row, input) => row.InstanceId === input.InstanceId && inState('Attaching', 'In_use')(row)),
  DetachDisk: disk(inState('Detaching', 'Available')),
  AttachNetworkInterface: networkInterface((row, input) => row.InstanceId === input.InstanceId && inState('Attaching', 'InUse')(row)),
  DetachNetworkInterface: networkInterface(inState('Detaching', 'Available')),
  ...Object.fromEntries(
    [
      'AutoProvisioningGroup',
      'AutoSnapshotPolicy',
      'Command',
      'DeploymentSet',
      'Disk',
      'Image',
      'Instance',
      'LaunchTemplate',
      'LaunchTemplateVersion',
      'NetworkInterface',
      'PortRangeList',
      'PrefixList',
      'SecurityGroup',
      'Snapshot',
      'SnapshotGroup',
    ].map((resource) => [`Delete${resource}`, notThere]),
  ),
  ...Object.fromEntries(
    [
      'AutoSnapshotPolicyEx',
      'Command',
      'DedicatedHostAttribute',
      'DedicatedHostAutoReleaseTime',
      'DeploymentSetAttribute',
      'DiskAttribute',
      'ImageAttribute',
      'ImageSharePermission',
      'InstanceAttribute',
      'InstanceAutoReleaseTime',
      'InstanceAutoRenewAttribute',
      'InstanceMaintenanceAttributes',
      'InstanceMetadataOptions',
      'InstanceVncPasswd',
      'LaunchTemplateDefaultVersion',
      'NetworkInterfaceAttribute',
      'SecurityGroupAttribute',
      'SnapshotAttribute',
    ].map((what) => [`Modify${what}`, 'same']),
  ),
  TagResources: 'same',
  UntagResources: 'same',
  JoinResourceGroup: 'same',
}

/** RAM takes no ClientToken: what names its object is told apart by the name. */
const ram: { readonly [action: string]: Repeat } = {
  ...Object.fromEntries(
    ['Group', 'Policy', 'PolicyVersion', 'Role', 'User', 'LoginProfile', 'AccessKey'].map((object) => [`Delete${object}`, notThere]),
  ),
  ...Object.fromEntries(['User', 'Group', 'Role'].map((who) => [`AttachPolicyTo${who}`, already])),
  ...Object.fromEntries(['User', 'Group', 'Role'].map((who) => [`DetachPolicyFrom${who}`, notThere])),
  AddUserToGroup: already,
  RemoveUserFromGroup: notThere,
  UpdateAccessKey: 'same',
  SetDefaultPolicyVersion: 'same',
}

/** STS only hands out credentials: one too many does no harm. */
const sts: { readonly [action: string]: Repeat } = { AssumeRole: 'same', AssumeRoleWithOIDC: 'same', AssumeRoleWithSAML: 'same' }

const tables: { readonly [product: string]: { readonly [action: string]: Repeat } } = { ecs, ram, sts }

/** Why this operation may be repeated, or undefined when it may not. */
export function repeatOf(product: string, action: string): Repeat | undefined {
  const table = tables[product]
  return table !== undefined && Object.hasOwn(table, action) ? table[action] : undefined
}

/** Whether a refusal of a repeated call says that the call before it took effect. */
export const saysDone = (repeat: Repeat | undefined, error: ApiError): boolean => repeat instanceof RegExp && repeat.test(error.code)
