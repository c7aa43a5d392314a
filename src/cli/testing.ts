import { EcsClient } from '../client/index.ts'
import { type Cloud, type CloudOptions, createCloud } from '../cloud/index.ts'
import { run } from './cli.ts'
import type { World } from './command.ts'

/** A local cloud with the demo estate whose time stands still, a client of it, and where it listens. */
export async function estate(options: CloudOptions = {}) {
  const cloud = await createCloud({ seed: 'demo', clock: 'manual', ...options })
  const { fetch, credentials } = cloud
  const ecs = new EcsClient({ regionId: 'cn-hangzhou', endpoint: 'http://127.0.0.1', fetch, credentials })
  return { cloud, ecs, url: (await cloud.listen({ port: 0 })).url }
}

/** How a command line is played. */
export interface Played {
  /** Typed at every question; nobody is there without one. */
  readonly answer?: string
  readonly controller?: AbortController
  /** Told before every wait. */
  readonly onSleep?: () => void
  /** Of the terminal that stderr is; none without it. */
  readonly stderrColumns?: number
  /** Where files of the person's are. */
  readonly home?: string
}

/** Plays a command line on a cloud: words apart by blanks, or a list of them. The cloud's time is what it waits for. */
export async function tanxing(
  cloud: Cloud,
  url: string,
  line: string | readonly string[],
  { answer, controller = new AbortController(), onSleep, stderrColumns, home = '/nowhere' }: Played = {},
) {
  let [out, err] = ['', '']
  const world: World = {
    env: {
      TANXING_ENDPOINT: url,
      ALIBABA_CLOUD_ACCESS_KEY_ID: cloud.credentials.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: cloud.credentials.accessKeySecret,
    },
    home,
    stdout: (text) => void (out += text),
    stderr: (text) => void (err += text),
    columns: undefined,
    stderrColumns,
    ask: undefined,
    prompt: answer === undefined ? undefined : () => Promise.resolve(answer),
    signal: controller.signal,
    now: () => cloud.clock.now(),
    sleep: (ms) => {
      onSleep?.()
      controller.signal.throwIfAborted()
      cloud.clock.advance(ms)
      return Promise.resolve()
    },
  }
  return { exitCode: await run(typeof line === 'string' ? line.split(' ') : line, world, '0'), out, err }
}
