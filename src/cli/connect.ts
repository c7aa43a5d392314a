import { type ClientOptions, EcsClient, RamClient, StsClient } from '../client/index.ts'
import type { Invocation } from './command.ts'
import { CommandError, exit } from './errors.ts'
import { findCredentials } from '../client/credentials.ts'

export interface Connection {
  readonly options: ClientOptions
  readonly ecs: EcsClient
  readonly ram: RamClient
  readonly sts: StsClient
  readonly regionId: string
  /** True for a local cloud in this process. */
  readonly local: boolean
  /** For people: where the calls go. */
  readonly where: string
}

export const defaultRegion = 'cn-hangzhou'

const isLoopback = (endpoint: string) => /^(?:https?:\/\/)?(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?\/?$/.test(endpoint)

async function localOptions({ values }: Invocation): Promise<ClientOptions> {
  const endpoint = values.text('endpoint')
  if (endpoint !== undefined && !isLoopback(endpoint))
    throw new CommandError(
      { en: `--local and --endpoint ${endpoint} contradict each other`, zh: `--local 与 --endpoint ${endpoint} 相互矛盾` },
      exit.usage,
    )
  const { createCloud } = await import('../cloud/index.ts')
  const cloud = await createCloud({ seed: 'demo' })
  return { fetch: cloud.fetch, credentials: cloud.credentials, endpoint: 'http://127.0.0.1' }
}

/**
 * The clients that a command's connection options ask for.
 * @throws CommandError when no credentials are found (exit 4) or `--local` is given with a real endpoint
 */
export async function connect(invocation: Invocation, extra: ClientOptions = {}): Promise<Connection> {
  const { world, values } = invocation
  const local = values.flag('local')
  const asked = values.text('region')
  const surroundings = { env: world.env, home: world.home }
  const found = local ? undefined : await findCredentials(surroundings, values.text('profile'))
  const regionId = asked ?? found?.regionId ?? world.env.ALIBABA_CLOUD_REGION_ID ?? defaultRegion
  const base = local ? await localOptions(invocation) : { credentials: found?.credentials, endpoint: values.text('endpoint') }
  const options: ClientOptions = { ...base, regionId, ...extra }
  return {
    options,
    ecs: new EcsClient(options),
    ram: new RamClient(options),
    sts: new StsClient(options),
    regionId,
    local,
    where: local ? 'local cloud' : (values.text('endpoint') ?? 'Alibaba Cloud'),
  }
}
