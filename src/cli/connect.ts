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
      zh: `--local 使用本进程内的本地云，而 ${endpoint} 不是：只能使用其一`,
    })
  if (values.flag('profile') || values.flag('all-profiles'))
    throw new CommandError({
      en: '--local has keys of its own, and a profile has those of a real account: give one of them',
      zh: '--local 使用自带的密钥，而配置中是真实账号的密钥：只能使用其一',
    })
  const [{ openCloud }, { dispatcherTo }] = await Promise.all([import('../cloud/cloud.ts'), import('./in-process.ts')])
  const cloud = await openCloud({ seed: 'demo' })
  return { dispatcher: dispatcherTo(cloud), credentials: cloud.credentials, endpoint: 'http://127.0.0.1' }
}

async function remoteOptions({ world, values }: Invocation, profile: string | undefined): Promise<ClientOptions> {
  const { findCredentials } = await import('../client/credentials/credentials.ts')
  const source = await findCredentials({ env: world.env, home: world.home }, profile)
  return {
    credentials: () => source.get(),
    regionId: source.regionId,
    endpoint: values.text('endpoint') ?? (world.env.TANXING_ENDPOINT || undefined),
  }
}

/**
 * Where the connection options lead: `--local` to a local cloud with the demo estate in this process, else to `--endpoint` or
 * Alibaba Cloud with the usual credentials. The region is `--region`, else the profile's or the environment's, else cn-hangzhou.
 * @param profile another than `--profile`, for a command that goes through several
 * @throws CommandError when `--local` is given with an endpoint or a profile; UsageError NoCredentials and the like
 */
export async function connect(
  invocation: Invocation,
  extra: ClientOptions = {},
  profile: string | undefined = invocation.values.text('profile'),
): Promise<Connection> {
  const { world, values } = invocation
  const local = values.flag('local')
  const base = local ? await localOptions(invocation) : await remoteOptions(invocation, profile)
  const regionId = values.text('region') ?? base.regionId ?? (world.env.ALIBABA_CLOUD_REGION_ID || defaultRegion)
  const options: ClientOptions = { ...base, regionId, ...(world.sleep && { sleep: world.sleep }), ...extra }
  const { EcsClient } = await import('../client/ecs.ts')
  const where = local
    ? { en: 'a local cloud', zh: '本地云' }
    : { en: options.endpoint ?? 'Alibaba Cloud', zh: options.endpoint ?? '阿里云' }
  const vpc = async () => new (await import('../client/vpc.ts')).VpcClient(options)
  return { ecs: new EcsClient(options), vpc, options, regionId, local, where }
}

/** The same connection in another region: what is shared between calls, such as their pace, stays shared. */
export function inRegion(connected: Connection, regionId: string): Connection {
  const vpc = async () => (await connected.vpc()).inRegion(regionId)
  return { ...connected, ecs: connected.ecs.inRegion(regionId), vpc, options: { ...connected.options, regionId }, regionId }
}
