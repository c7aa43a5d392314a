/** Kills a cloud under load again and again, and looks after each time whether it kept its word. */
import { rmSync } from 'node:fs'
import { publicImages } from '../../src/api/images.ts'
import { createRandom } from '../../src/cloud/engine/random.ts'
import { check } from './check.ts'
import { type Basics, newLedger, work } from './load.ts'
import { bundledServer, type Server, startServer, type Told } from './process.ts'

export interface CrashRun {
  /** The same seed draws the same calls and kills; what the kills hit depends on the machine as well. */
  readonly seed: string
  readonly kills: number
  readonly folder: string
  readonly workers?: number
  /** Told after each kill that was survived. */
  readonly onKill?: (kill: number, acknowledged: number) => void
}

export interface CrashReport {
  readonly kills: number
  /** Calls that were answered. */
  readonly acknowledged: number
  readonly launches: number
  /** Launches that a kill left without an answer. */
  readonly unanswered: number
}

const ImageId = [...publicImages().values()].find((image) => image.OSType === 'linux' && image.Architecture === 'x86_64')?.ImageId ?? ''

/** A network that is ready, and what RunInstances needs to launch into it. */
export async function network(server: Server): Promise<Basics> {
  const create = async (action: string, input: object, product: 'ecs' | 'vpc'): Promise<Told> => {
    const answer = await server.call(action, input, product)
    if (answer?.status !== 200) throw new Error(`${action}: ${JSON.stringify(answer?.body)}`)
    await server.ask('POST', 'clock', { advance: 60_000 })
    return answer.body
  }
  const { VpcId } = await create('CreateVpc', { CidrBlock: '10.0.0.0/8' }, 'vpc')
  const { VSwitchId } = await create('CreateVSwitch', { VpcId, ZoneId: 'cn-hangzhou-h', CidrBlock: '10.0.0.0/16' }, 'vpc')
  const { SecurityGroupId } = await create('CreateSecurityGroup', { VpcId }, 'ecs')
  return { ImageId, InstanceType: 'ecs.g7.large', VSwitchId, SecurityGroupId }
}

/** One life of the cloud under load, ended by a kill some calls and some turns of the event loop after its start. */
async function life(server: Server, load: Omit<Parameters<typeof work>[0], 'server' | 'onStep'>): Promise<void> {
  let [calls, turns] = [1 + load.random.integer(80), load.random.integer(40)]
  let killed: Promise<void> | undefined
  const kill = () => {
    if (turns-- > 0) setImmediate(kill)
    else killed ??= server.kill()
  }
  await work({ ...load, server, onStep: () => void (--calls === 0 && kill()) })
  await killed
}

/**
 * Kills a cloud `kills` times under load and reopens it each time.
 * @throws with what is wrong as soon as something acknowledged is missing, something is half done, or the cloud does not come up
 */
export async function crashRun({ seed, kills, folder, workers = 16, onKill }: CrashRun): Promise<CrashReport> {
  const random = createRandom(seed)
  const ledger = newLedger()
  const bundle = await bundledServer()
  let [unanswered, latest] = [0, '']
  let server = await startServer(bundle, folder)
  try {
    const basics = await network(server)
    for (let kill = 1; kill <= kills; kill++) {
      await life(server, { ledger, basics, random, round: kill, workers })
      unanswered += ledger.launches.filter((launch) => launch.ids === undefined).length
      server = await startServer(bundle, folder)
      const { clock } = await server.ask('GET', 'health')
      if (String(clock.now) < latest) throw new Error(`the time went back from ${latest} to ${String(clock.now)}`)
      await check(server, ledger, basics)
      // So that what was under way has ended, and what is gone need not be looked for for ever.
      latest = String((await server.ask('POST', 'clock', { advance: 60_000 })).now)
      forget(ledger)
      onKill?.(kill, ledger.acknowledged)
    }
    return { kills, acknowledged: ledger.acknowledged, launches: ledger.launches.length, unanswered }
  } finally {
    await server.kill()
    rmSync(bundle, { force: true })
  }
}

/** Instances that are known to be gone. */
function forget({ instances }: ReturnType<typeof newLedger>): void {
  for (const { id, gone } of instances.values()) if (gone === 'yes') instances.delete(id)
}
