import type { ClientOptions, EcsClient, VpcClient } from '../client/index.ts'
import type { Text } from '../api/text.ts'
import type { Invocation } from './command.ts'
import { CommandError } from './errors.ts'

export interface Connection {
  readonly ecs: EcsClient
  /** A client of the networks' product, loaded when it is asked for. */
  readonly vpc: () => Promise<VpcClient>
  /** For the clients of other products. */
  readonly options: ClientOptions
  readonly regionId: string
  /** True for a local cloud in this process. */
  readonly local: boolean
  /** For people: where the calls go. */
  readonly where: Text
}

export const defaultRegion = 'cn-hangzhou'

async function localOptions({ values, world }: Invocation): Promise<ClientOptions> {
  const endpoint = values.text('endpoint') ?? world.env.TANXING_ENDPOINT
  if (endpoint !== undefined && endpoint !== '')
    throw new CommandError({
      en: `--local is a cloud in this process and ${endpoint} is not: give one of them`,
      zh: `--local 使用本进程内的本地云，而 ${endpoint} 不是：请只给其中之一`,
    })
  const { createCloud } = await import('../cloud/index.ts')
  const cloud = await createCloud({ seed: 'demo' })
  return { fetch: cloud.fetch, credentials: cloud.credentials, endpoint: 'http://127.0.0.1' }
}

async function remoteOptions({ world, values }: Invocation): Promise<ClientOptions> {
  const { findCredentials } = await import('../client/credentials/credentials.ts')
  const source = await findCredentials({ env: world.env, home: world.home }, values.text('profile'))
  return {
    credentials: () => source.get(),
    regionId: source.regionId,
    endpoint: values.text('endpoint') ?? (world.env.TANXING_ENDPOINT || undefined),
  }
}

/**
 * Where the connection options lead: `--local` to a local cloud with the demo estate in this process, else to `--endpoint` or
 * Alibaba Cloud with the usual credentials. The region is `--region`, else the profile's or the environment's, else cn-hangzhou.
 * @throws CommandError when `--local` is given with an endpoint; UsageError NoCredentials and the like
 */
export async function connect(invocation: Invocation, extra: ClientOptions = {}): Promise<Connection> {
  const { world, values } = invocation
  const local = values.flag('local')
  const base = local ? await localOptions(invocation) : await remoteOptions(invocation)
  const regionId = values.text('region') ?? base.regionId ?? (world.env.ALIBABA_CLOUD_REGION_ID || defaultRegion)
  const options: ClientOptions = { ...base, regionId, ...(world.sleep && { sleep: world.sleep }), ...extra }
  const { EcsClient } = await import('../client/ecs.ts')
  const where = local
    ? { en: 'a local cloud', zh: '本地云' }
    : { en: options.endpoint ?? 'Alibaba Cloud', zh: options.endpoint ?? '阿里云' }
  const vpc = async () => new (await import('../client/vpc.ts')).VpcClient(options)
  return { ecs: new EcsClient(options), vpc, options, regionId, local, where }
}
