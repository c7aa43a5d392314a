import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EcsClient } from '../../client/index.ts'
import { type Cloud, type CloudOptions, createCloud } from '../../cloud/index.ts'
import { run } from '../cli.ts'
import type { World } from '../command.ts'

/** A cloud with the demo estate, a client of it, and a home for what commands keep. */
export interface Estate {
  readonly cloud: Cloud
  readonly ecs: EcsClient
  readonly url: string
  readonly home: string
  readonly close: () => Promise<void>
}

export async function estate(options: CloudOptions = {}): Promise<Estate> {
  const cloud = await createCloud({ seed: 'demo', clock: 'manual', ...options })
  const { fetch, credentials } = cloud
  const ecs = new EcsClient({ regionId: 'cn-hangzhou', endpoint: 'http://127.0.0.1', fetch, credentials })
  const home = mkdtempSync(join(tmpdir(), 'tanxing-home-'))
  const close = async () => {
    rmSync(home, { recursive: true, force: true })
    await cloud.close()
  }
  return { cloud, ecs, url: (await cloud.listen({ port: 0 })).url, home, close }
}

interface Given {
  /** Typed at every question; without it nobody is there. */
  readonly answer?: string
  readonly controller?: AbortController
  /** Told before every wait. */
  readonly onSleep?: () => void
  /** Told of every question. */
  readonly onAsk?: () => void
  readonly env?: Readonly<Record<string, string>>
}

/** Runs one command line on an estate; words lie apart by blanks. */
export async function tanxing(
  { cloud, url, home }: Estate,
  line: string,
  { answer, controller = new AbortController(), onSleep, onAsk, env }: Given = {},
): Promise<{ readonly exitCode: number; readonly out: string; readonly err: string }> {
  let [out, err] = ['', '']
  const world: World = {
    env: {
      TANXING_ENDPOINT: url,
      ALIBABA_CLOUD_ACCESS_KEY_ID: cloud.credentials.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: cloud.credentials.accessKeySecret,
      ...env,
    },
    home,
    stdout: (text) => void (out += text),
    stderr: (text) => void (err += text),
    columns: undefined,
    ask: undefined,
    prompt:
      answer === undefined
        ? undefined
        : async () => {
            onAsk?.()
            controller.signal.throwIfAborted()
            return answer
          },
    signal: controller.signal,
    now: () => cloud.clock.now(),
    sleep: (ms) => {
      onSleep?.()
      controller.signal.throwIfAborted()
      cloud.clock.advance(ms)
      return Promise.resolve()
    },
  }
  return { exitCode: await run(line.split(' '), world, '0'), out, err }
}

/** How many requests changed something, or tried. */
export const mutations = ({ cloud }: Estate): number =>
  cloud.requests(1_000).filter(({ action }) => !/^(?:Describe|List|Get)/.test(action)).length
