/** Checked by the compiler alone: what may be written and what may not. */
import {
  ApiError,
  type AttemptEvent,
  acrossProfiles,
  acrossRegions,
  type BulkAction,
  type BulkResult,
  type ClientOptions,
  type Ecs,
  EcsClient,
  type ErrorClass,
  type Failure,
  failures,
  NetworkError,
  NotFoundError,
  type PaceState,
  PartialFailureError,
  PermissionError,
  paces,
  RamClient,
  StsClient,
  TanxingError,
  TimeoutError,
  throwIfAny,
  UsageError,
  VpcClient,
  type WaitResource,
} from './index.ts'

export async function calls(ecs: EcsClient, signal: AbortSignal): Promise<void> {
  await ecs.describeRegions()
  await ecs.describeInstances({ Status: 'Running', InstanceIds: ['i-1'] })
  await ecs.describeInstances({}, { signal, timeoutMs: 1_000, regionId: 'cn-beijing' })
  // @ts-expect-error an unknown option of a call does not compile
  await ecs.describeInstances({}, { timeout: 1_000 })
  await ecs.stopInstance({ InstanceId: 'i-1' })
  // @ts-expect-error a required parameter is required
  await ecs.stopInstance({})
  // @ts-expect-error an unknown parameter does not compile
  await ecs.stopInstance({ InstanceId: 'i-1', InstanceID: 'i-2' })
  // @ts-expect-error an enumeration is a union of its values
  await ecs.describeInstances({ Status: 'Sleeping' })
  // @ts-expect-error a list is a list
  await ecs.describeInstances({ InstanceIds: 'i-1' })
  // @ts-expect-error an operation that does not exist
  await ecs.describeNothing()
  const result: Ecs.DescribeInstancesResult = await ecs.describeInstances({} satisfies Ecs.DescribeInstancesInput)
  const count: number = result.TotalCount
  // @ts-expect-error a result has the fields it is documented with
  void result.Total
  // @ts-expect-error what a call by name answers is not known
  const text: string = await ecs.call('DescribeRegions')
  void [count, text]
}

/** Deprecated operations are there all the same; editors strike them. */
export const deprecated: keyof EcsClient = 'describeEipAddresses'

export async function siblings(vpc: VpcClient, ram: RamClient, sts: StsClient): Promise<string[]> {
  const ids = (await vpc.describeVpcs({ VpcName: 'shop' })).Vpcs.Vpc.map(({ VpcId }) => VpcId)
  for await (const { VSwitchId } of vpc.paginate('DescribeVSwitches', { VpcId: 'vpc-1' })) ids.push(VSwitchId)
  for await (const user of ram.paginate('ListUsers')) ids.push(user.UserName)
  ids.push((await sts.getCallerIdentity()).Arn)
  await sts.assumeRole({ RoleArn: 'acs:ram::1:role/a', RoleSessionName: 'me' })
  // @ts-expect-error STS has no listings
  sts.paginate('GetCallerIdentity')
  // @ts-expect-error waiting is for what ECS has
  void vpc.waitUntil
  // @ts-expect-error as is doing things to many
  void ram.bulk
  // @ts-expect-error an operation of another product
  void vpc.runInstances
  return ids
}

export async function lists(ecs: EcsClient, signal: AbortSignal): Promise<string[]> {
  const ids: string[] = (await ecs.describeInstances()).Instances.Instance.map((instance) => instance.InstanceId)
  for await (const disk of ecs.paginate('DescribeDisks', { DiskType: 'data' })) ids.push(disk.DiskId.toUpperCase())
  for await (const page of ecs.pages('DescribeDisks', {}, { parallel: 4, prefetch: false, signal, timeoutMs: 1, regionId: 'cn-beijing' }))
    ids.push(...page.Disks.Disk.map(({ DiskId }) => DiskId))
  // @ts-expect-error not a listing
  for await (const nothing of ecs.paginate('StartInstance')) ids.push(String(nothing))
  // @ts-expect-error a listing's required parameter is required too
  ecs.paginate('DescribeSecurityGroupAttribute')
  // @ts-expect-error of pages as well
  ecs.pages('DescribeSecurityGroupAttribute')
  // @ts-expect-error an unknown option does not compile
  ecs.paginate('DescribeDisks', {}, { concurrency: 4 })
  // @ts-expect-error parallel is a number of pages
  ecs.pages('DescribeDisks', {}, { parallel: true })
  return ids
}

export async function waits(ecs: EcsClient, ids: readonly string[], signal: AbortSignal): Promise<void> {
  await ecs.waitUntil('Running', ids, { timeoutMs: 1, pollMs: 1, unknownForMs: 0, signal, regionId: 'cn-beijing' })
  await ecs.waitUntil('Stopped', ids, {
    resource: 'instance',
    onProgress: ({ done, total, states, elapsedMs }) => [done, total, states, elapsedMs],
  })
  await ecs.waitUntil('In_use', ids, { resource: 'disk' })
  await ecs.waitUntil('accomplished', ids, { resource: 'snapshot' })
  await ecs.waitUntil('Available', ids, { resource: 'image' })
  await ecs.waitUntil('InUse', ids, { resource: 'interface' })
  await ecs.waitUntil('Success', ids, { resource: 'invocation' })
  await ecs.waitUntil('Finished', ids, { resource: 'task' })
  for (const resource of [] as WaitResource[]) await ecs.waitUntil('Deleted', ids, { resource })
  // @ts-expect-error no resource is ever in that state
  await ecs.waitUntil('Sleeping', ids)
  // @ts-expect-error nor is an instance Available
  await ecs.waitUntil('Available', ids, { resource: 'instance' })
  // @ts-expect-error a disk is In_use, an interface InUse
  await ecs.waitUntil('InUse', ids, { resource: 'disk' })
  // @ts-expect-error snapshots have states in lower case
  await ecs.waitUntil('Accomplished', ids, { resource: 'snapshot' })
  // @ts-expect-error a task does not end as an invocation does
  await ecs.waitUntil('Success', ids, { resource: 'task' })
  // @ts-expect-error there is no waiting for a volume
  await ecs.waitUntil('Available', ids, { resource: 'volume' })
  // @ts-expect-error ids are a list
  await ecs.waitUntil('Running', 'i-1')
}

export async function many(ecs: EcsClient, ids: readonly string[]): Promise<readonly Failure[]> {
  const results: BulkResult[] = await ecs.bulk('StopInstances', ids)
  await ecs.bulk(
    'StopInstances',
    ids,
    { ForceStop: true },
    { concurrency: 2, attempts: 1, onProgress: ({ done, failed, total }) => [done, failed, total] },
  )
  await ecs.bulk('TagResources', ids, { ResourceType: 'instance', Tag: [{ Key: 'night', Value: 'off' }] })
  const actions: readonly (keyof Ecs.Inputs)[] = [] as readonly BulkAction[]
  // @ts-expect-error what is required beside the ids is required
  await ecs.bulk('TagResources', ids)
  // @ts-expect-error the ids come as a list of their own
  await ecs.bulk('StopInstances', ids, { InstanceId: ['i-1'] })
  // @ts-expect-error an operation that is not done to many
  await ecs.bulk('DescribeInstances', ids)
  // @ts-expect-error an unknown option does not compile
  await ecs.bulk('StopInstances', ids, {}, { parallel: 2 })
  for (const result of results)
    if (result.ok) void result.answer
    // @ts-expect-error one that failed has no answer
    else void [result.error.message, result.answer]
  throwIfAny(results)
  void actions
  return failures(results)
}

export async function across(ecs: EcsClient, vpc: VpcClient): Promise<void> {
  const outcomes = await acrossRegions(ecs, async (client, regionId) => [client satisfies EcsClient, regionId.length] as const, {
    regions: ['cn-beijing'],
  })
  for (const outcome of outcomes) if (outcome.ok) void (outcome.value[1] satisfies number)
  await acrossRegions(vpc, async (client) => (await client.describeVpcs()).TotalCount, { regions: ['cn-beijing'], concurrency: 2 })
  // @ts-expect-error the client of a visit is of the kind that was given
  await acrossRegions(vpc, async (client) => client.describeDisks())
  const [first] = await acrossProfiles(
    'all',
    (profile) => new RamClient({ profile }),
    async (client) => (await client.listUsers()).Users.User,
  )
  if (first?.ok === false) void first.error.message
  // @ts-expect-error a value is there only where all went well
  void first?.value
  const open = (profile: string) => new EcsClient({ profile })
  // @ts-expect-error 'all' is the only word for many
  await acrossProfiles('every', open, async () => 1)
}

export function errors(error: unknown): string | undefined {
  if (error instanceof PermissionError) return error.denial?.text.zh
  if (error instanceof NotFoundError) return error.requestId.toUpperCase()
  if (error instanceof ApiError) return `${error.status.toFixed()} ${error.class satisfies ErrorClass} ${error.link}`
  if (error instanceof TimeoutError) return error.code satisfies 'ConnectTimeout' | 'ReadTimeout' | 'DeadlineExceeded' | 'WaitTimeout'
  if (error instanceof PartialFailureError) return error.failures.map(({ name }) => name).join()
  if (error instanceof NetworkError || error instanceof UsageError) return error.hint.en
  // @ts-expect-error not every error has an answer, and so a status
  if (error instanceof TanxingError) return error.status.toFixed()
  return undefined
}

export function clients(fetch: typeof globalThis.fetch): readonly object[] {
  const options: ClientOptions = {
    regionId: 'cn-beijing',
    credentials: async () => ({ accessKeyId: 'a', accessKeySecret: 'b', securityToken: undefined }),
    onAttempt: ({ durationMs, error }: AttemptEvent) => void [durationMs.toFixed(), error?.message],
    fetch,
  }
  // @ts-expect-error an unknown option does not compile
  void new EcsClient({ region: 'cn-beijing' })
  // @ts-expect-error credentials have a secret
  void new EcsClient({ credentials: { accessKeyId: 'a' } })
  // @ts-expect-error a pace can only be left out
  void new EcsClient({ pace: true })
  // @ts-expect-error a version of signature that there is not
  void new EcsClient({ signatureVersion: 'v2' })
  const travelled: EcsClient = new EcsClient(options).inRegion('us-west-1')
  const states: readonly PaceState[] = paces().list()
  return [travelled, new VpcClient(options), new RamClient(), new StsClient(options), ...states]
}
