/** How an operation is done to many, as data. */
export interface Verb {
  /** The parameter that takes the ids. */
  readonly ids: string
  /** How many ids one call takes; 1 where the parameter is no list. */
  readonly most: number
  /** What is sent along unless the caller says otherwise. */
  readonly with?: Readonly<Record<string, unknown>>
  /** Where the answer tells how it went with each id, by InstanceId; else a call succeeds or fails for all its ids. */
  readonly each?: string
}

// One that fails must not undo the others.
const batch = {
  ids: 'InstanceId',
  most: 100,
  with: { BatchOptimization: 'SuccessFirst' },
  each: 'InstanceResponses.InstanceResponse',
} as const

/** The operations that may be done to any number of resources. */
export const verbs = {
  StartInstances: batch,
  StopInstances: batch,
  RebootInstances: batch,
  DeleteInstances: { ids: 'InstanceId', most: 100 },
  TagResources: { ids: 'ResourceId', most: 50 },
  UntagResources: { ids: 'ResourceId', most: 50 },
  StartInstance: { ids: 'InstanceId', most: 1 },
  StopInstance: { ids: 'InstanceId', most: 1 },
  RebootInstance: { ids: 'InstanceId', most: 1 },
  DeleteInstance: { ids: 'InstanceId', most: 1 },
  ModifyInstanceAttribute: { ids: 'InstanceId', most: 1 },
  DeleteDisk: { ids: 'DiskId', most: 1 },
  DeleteImage: { ids: 'ImageId', most: 1 },
  DeleteNetworkInterface: { ids: 'NetworkInterfaceId', most: 1 },
  DeleteSecurityGroup: { ids: 'SecurityGroupId', most: 1 },
  DeleteSnapshot: { ids: 'SnapshotId', most: 1 },
} as const satisfies Readonly<Record<string, Verb>>

/** The operations that `bulk` takes. */
export type BulkAction = keyof typeof verbs

/** An operation's input without its ids, which `bulk` fills in. */
export type BulkInput<Inputs, A extends BulkAction & keyof Inputs> = Omit<Inputs[A], (typeof verbs)[A]['ids']>
