/** How a kind of resource is waited for, as data. */
export interface Waitable {
  /** What messages call it. */
  readonly noun: string
  /** How its ids begin; undefined where that does not tell it from others. */
  readonly prefix: string | undefined
  readonly action: string
  /** The parameter that takes the ids, in which form, and how many a call takes. */
  readonly ids: string
  readonly form: 'list' | 'comma' | 'one'
  readonly batch: number
  /** The parameter that sets the page's size. Beside MaxResults a TotalCount is not to be trusted. */
  readonly size: 'PageSize' | 'MaxResults'
  /** What else the call needs in order to list every state. */
  readonly input?: Readonly<Record<string, string>>
  /** Where the answer lists them. */
  readonly list: string
  readonly id: string
  /** The fields that tell the state; the first that is there holds. */
  readonly state: readonly string[]
  /** What an error code that ends in `NotFound` names when it is one of the ids that is unknown. */
  readonly unknown: RegExp
  /** The states it can be in. Each is a goal, and so is `Deleted`: not there any more. */
  readonly states: readonly string[]
  /** By goal: other states that are as good. */
  readonly alike?: Readonly<Record<string, readonly string[]>>
  /** By goal: the states from which it cannot come any more. */
  readonly never: Readonly<Record<string, readonly string[]>>
  /** Between polls, in milliseconds. */
  readonly pollMs: number
  /** By goal: how long it usually takes, in milliseconds, where that is known. */
  readonly usualMs?: Readonly<Record<string, number>>
  /** Where a row lists what failed in it, one by one. */
  readonly parts?: string
}

const ended = ['Finished', 'Success', 'Failed', 'PartialFailed', 'Stopped']
const endedBut = (...states: readonly string[]) => ended.filter((state) => !states.includes(state))

/** Everything that can be waited for. A state that is not listed here but comes is waited through. */
export const waitables = {
  instance: {
    noun: 'instance',
    prefix: 'i-',
    action: 'DescribeInstances',
    ids: 'InstanceIds',
    form: 'list',
    batch: 100,
    size: 'PageSize',
    list: 'Instances.Instance',
    id: 'InstanceId',
    state: ['Status'],
    unknown: /Instance/,
    states: ['Pending', 'Starting', 'Running', 'Stopping', 'Stopped'],
    // A stopped instance may be started and a running one stopped by anybody, so that only Pending cannot come back.
    never: { Pending: ['Starting', 'Running', 'Stopping', 'Stopped'] },
    pollMs: 2_000,
    // RunInstances to Running and a forced release, from public logs; starting and stopping are not published.
    usualMs: { Running: 15_000, Deleted: 10_000 },
  },
  disk: {
    noun: 'disk',
    prefix: 'd-',
    action: 'DescribeDisks',
    ids: 'DiskIds',
    form: 'list',
    batch: 100,
    size: 'PageSize',
    list: 'Disks.Disk',
    id: 'DiskId',
    state: ['Status'],
    unknown: /Disk/,
    states: ['Creating', 'Available', 'Attaching', 'In_use', 'Detaching', 'ReIniting'],
    never: { Creating: ['Available', 'Attaching', 'In_use', 'Detaching', 'ReIniting'] },
    pollMs: 2_000,
  },
  snapshot: {
    noun: 'snapshot',
    prefix: 's-',
    action: 'DescribeSnapshots',
    ids: 'SnapshotIds',
    form: 'list',
    batch: 100,
    size: 'PageSize',
    list: 'Snapshots.Snapshot',
    id: 'SnapshotId',
    state: ['Status'],
    unknown: /Snapshot/,
    states: ['progressing', 'accomplished', 'failed'],
    never: { progressing: ['accomplished', 'failed'], accomplished: ['failed'], failed: ['accomplished'] },
    pollMs: 5_000,
  },
  image: {
    noun: 'image',
    prefix: 'm-',
    action: 'DescribeImages',
    ids: 'ImageId',
    form: 'comma',
    batch: 100,
    size: 'PageSize',
    // Without it only the Available ones are listed.
    input: { Status: 'ALL' },
    list: 'Images.Image',
    id: 'ImageId',
    state: ['Status'],
    unknown: /Image/,
    states: ['Creating', 'Waiting', 'Available', 'UnAvailable', 'CreateFailed', 'Deprecated'],
    never: {
      Creating: ['Available', 'UnAvailable', 'CreateFailed', 'Deprecated'],
      Waiting: ['Available', 'UnAvailable', 'CreateFailed', 'Deprecated'],
      Available: ['UnAvailable', 'CreateFailed'],
      Deprecated: ['UnAvailable', 'CreateFailed'],
      UnAvailable: ['CreateFailed'],
      CreateFailed: ['Available', 'UnAvailable', 'Deprecated'],
    },
    pollMs: 5_000,
  },
  interface: {
    noun: 'network interface',
    prefix: 'eni-',
    action: 'DescribeNetworkInterfaces',
    ids: 'NetworkInterfaceId',
    form: 'list',
    batch: 100,
    size: 'MaxResults',
    list: 'NetworkInterfaceSets.NetworkInterfaceSet',
    id: 'NetworkInterfaceId',
    state: ['Status'],
    unknown: /Eni|NetworkInterface/,
    states: ['Creating', 'CreateFailed', 'Available', 'Attaching', 'InUse', 'Detaching', 'Deleting'],
    never: {
      Creating: ['CreateFailed', 'Available', 'Attaching', 'InUse', 'Detaching', 'Deleting'],
      CreateFailed: ['Available', 'Attaching', 'InUse', 'Detaching', 'Deleting'],
      Available: ['CreateFailed', 'Deleting'],
      Attaching: ['CreateFailed', 'Deleting'],
      InUse: ['CreateFailed', 'Deleting'],
      Detaching: ['CreateFailed', 'Deleting'],
    },
    pollMs: 2_000,
  },
  invocation: {
    noun: 'invocation',
    prefix: 't-',
    action: 'DescribeInvocations',
    ids: 'InvokeId',
    form: 'one',
    batch: 1,
    size: 'PageSize',
    list: 'Invocations.Invocation',
    id: 'InvokeId',
    // InvocationStatus says Success where the older InvokeStatus says Finished (unconfirmed).
    state: ['InvocationStatus', 'InvokeStatus'],
    unknown: /Invo(ke|cation)/,
    states: ['Pending', 'Scheduled', 'Running', 'Finished', 'Success', 'Failed', 'PartialFailed', 'Stopping', 'Stopped'],
    alike: { Finished: ['Success'], Success: ['Finished'] },
    never: {
      Pending: [...ended, 'Stopping'],
      Scheduled: [...ended, 'Stopping'],
      Running: [...ended, 'Stopping'],
      Finished: endedBut('Finished', 'Success'),
      Success: endedBut('Finished', 'Success'),
      Failed: endedBut('Failed'),
      PartialFailed: endedBut('PartialFailed'),
      Stopping: ended,
      Stopped: endedBut('Stopped'),
    },
    pollMs: 1_000,
    parts: 'InvokeInstances.InvokeInstance',
  },
  task: {
    noun: 'task',
    // Some begin as invocations do, with t-.
    prefix: undefined,
    action: 'DescribeTasks',
    ids: 'TaskIds',
    form: 'comma',
    batch: 100,
    size: 'PageSize',
    list: 'TaskSet.Task',
    id: 'TaskId',
    state: ['TaskStatus'],
    unknown: /Task/,
    states: ['Waiting', 'Processing', 'Paused', 'Finished', 'Failed'],
    // A task that was cancelled may be listed, as Deleted.
    never: {
      Waiting: ['Finished', 'Failed', 'Deleted'],
      Processing: ['Finished', 'Failed', 'Deleted'],
      Paused: ['Finished', 'Failed', 'Deleted'],
      Finished: ['Failed', 'Deleted'],
      Failed: ['Finished', 'Deleted'],
      Deleted: ['Finished', 'Failed'],
    },
    pollMs: 5_000,
  },
} as const satisfies Readonly<Record<string, Waitable>>

/** What can be waited for. */
export type WaitResource = keyof typeof waitables
/** The states of a resource that can be waited for; `Deleted` means that it is not there any more. */
export type Goal<Resource extends WaitResource = WaitResource> = (typeof waitables)[Resource]['states'][number] | 'Deleted'
