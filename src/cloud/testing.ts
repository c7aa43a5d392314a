/** For the tests beside the operations: a cloud on a manual clock, called through its whole gateway with no socket. */
import { type Product, products } from '../api/products.ts'
import { flatten } from '../api/flatten.ts'
import { catalogue } from '../api/catalogue.ts'
import { publicImages } from '../api/images.ts'
import { signRequest } from '../api/sign.ts'
import { randomId, systemNow } from '../api/system.ts'
import type { Credentials } from '../api/wire.ts'
import { type CloudOptions, createCloud } from './cloud.ts'

export interface CallSettings {
  readonly product?: Product
  readonly regionId?: string
  readonly as?: Credentials
}

/** A refusal as the wire tells it. */
export interface Refusal {
  readonly code: string
  readonly status: number
  readonly message: string
  readonly body: Record<string, unknown>
}

/** Answers are read freely in tests. */
// oxlint-disable-next-line typescript/no-explicit-any
export type TestAnswer = any

export async function testCloud(options: CloudOptions = {}) {
  const cloud = await createCloud({
    seed: 'test',
    clock: 'manual',
    ...options,
    onDefect: (error) => {
      throw error
    },
  })

  /** Calls an operation; RegionId is filled in where the operation takes one. Throws a Refusal. */
  async function call(
    action: string,
    input: object = {},
    { product = 'ecs', regionId = 'cn-hangzhou', as }: CallSettings = {},
  ): Promise<TestAnswer> {
    const operation = catalogue(product).get(action)
    if (operation === undefined) throw new Error(`no operation ${action} of ${product}`)
    const region = 'RegionId' in operation.input ? { RegionId: regionId } : 'regionId' in operation.input ? { regionId } : {}
    const { target, headers } = signRequest({
      action: { action, version: products[product].version },
      method: 'POST',
      host: 'local',
      pairs: flatten({ ...region, ...input }, operation),
      credentials: as ?? cloud.credentials,
      now: systemNow(),
      nonce: randomId(),
    })
    const answer = await cloud.handle({ method: 'POST', target, headers, body: new Uint8Array() })
    const body = JSON.parse(Buffer.from(answer.body).toString()) as Record<string, unknown>
    if (answer.status === 200) return body
    const refusal: Refusal = { code: String(body.Code), status: answer.status, message: String(body.Message), body }
    throw refusal
  }

  /** The refusal of a call that must be refused. */
  const refusal = (action: string, input: object = {}, settings: CallSettings = {}): Promise<Refusal> =>
    call(action, input, settings).then(
      () => Promise.reject(new Error(`${action} was expected to be refused`)),
      (error: Refusal) => (error instanceof Error ? Promise.reject(error) : error),
    )

  return { cloud, clock: cloud.clock, call, refusal }
}

export type TestCloud = Awaited<ReturnType<typeof testCloud>>

const testImage = [...publicImages().values()].find((image) => image.OSType === 'linux' && image.Architecture === 'x86_64')?.ImageId

/** A cloud with a VPC, a vSwitch and a security group that are ready, and what RunInstances needs to launch into them. */
export async function cloudWithNetwork(options: CloudOptions = {}, vSwitchCidr = '10.0.0.0/24') {
  const cloud = await testCloud(options)
  const { call, clock } = cloud
  const { VpcId } = await call('CreateVpc', { CidrBlock: '10.0.0.0/16' }, { product: 'vpc' })
  clock.advance(60_000)
  const vSwitch = { VpcId, ZoneId: 'cn-hangzhou-h', CidrBlock: vSwitchCidr }
  const { VSwitchId } = await call('CreateVSwitch', vSwitch, { product: 'vpc' })
  clock.advance(60_000)
  const { SecurityGroupId } = await call('CreateSecurityGroup', { VpcId })
  const basics = { ImageId: testImage, InstanceType: 'ecs.g7.large', VSwitchId, SecurityGroupId }
  const instances = async (input: object = {}): Promise<TestAnswer[]> => (await call('DescribeInstances', input)).Instances.Instance
  const disks = async (input: object = {}): Promise<TestAnswer[]> => (await call('DescribeDisks', input)).Disks.Disk
  /** Launches and returns the ids, Pending still. */
  const launch = async (input: object = {}): Promise<string[]> =>
    (await call('RunInstances', { ...basics, ...input })).InstanceIdSets.InstanceIdSet
  /** Launches one that is Running. */
  const running = async (input: object = {}): Promise<string> => {
    const [id] = await launch(input)
    clock.advance(20_000)
    return id as string
  }
  return { ...cloud, VpcId, VSwitchId, SecurityGroupId, basics, instances, disks, launch, running }
}
