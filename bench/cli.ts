/**
 * How quick the built command line is, each command in fresh processes, in turns with a bare `node -e 0`: the ratios hold where the
 * machine is slow. Goals: 1.5x for what calls nothing, 3x for a listing of the local cloud in the process.
 * Beside them aliyun-cli, when TANXING_ALIYUN names its binary or the PATH has it; both list the same running cloud.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { monotonicNow } from '../src/api/system.ts'
import { createCloud } from '../src/cloud/index.ts'
import { median } from './measure.ts'

const rounds = 15
const built = fileURLToPath(new URL('../dist/tanxing.cjs', import.meta.url))
const yardstick = 'node -e 0'

interface Contender {
  readonly program: string
  readonly args: readonly string[]
  /** The ratio it is to stay below. */
  readonly goal?: number
}

/** Wall time of one run to its end, in milliseconds; the cloud of this process answers meanwhile. */
async function timed({ program, args }: Contender, env: NodeJS.ProcessEnv): Promise<number> {
  const start = monotonicNow()
  const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}: ${said}`)
  return monotonicNow() - start
}

const tanxing = (goal: number | undefined, ...args: string[]): Contender => ({
  program: process.execPath,
  args: [built, ...args],
  ...(goal !== undefined && { goal }),
})

/** aliyun-cli's binary, where there is one. */
function findAliyun(): string | undefined {
  const program = process.env.TANXING_ALIYUN || 'aliyun'
  return spawnSync(program, ['version'], { stdio: 'ignore' }).status === 0 ? program : undefined
}

if (!existsSync(built)) throw new Error('there is no dist/tanxing.cjs: npm run build')
const home = mkdtempSync(join(tmpdir(), 'tanxing-bench-'))
const cloud = await createCloud({ seed: 'demo' })
try {
  const { url } = await cloud.listen({ port: 0 })
  const { accessKeyId, accessKeySecret } = cloud.credentials
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret,
  }
  const aliyun = findAliyun()
  const keys = ['--mode', 'AK', '--access-key-id', accessKeyId, '--access-key-secret', accessKeySecret, '--region', 'cn-hangzhou']
  const page = ['ecs', 'DescribeInstances', '--PageSize', '100', '--insecure', '--endpoint', new URL(url).host]
  const contenders: Readonly<Record<string, Contender>> = {
    [yardstick]: { program: process.execPath, args: ['-e', '0'] },
    'tanxing --version': tanxing(1.5, '--version'),
    'tanxing --help': tanxing(1.5, '--help'),
    'tanxing complete (a command)': tanxing(1.5, 'complete', '--', 'inst'),
    'tanxing complete (an option)': tanxing(1.5, 'complete', '--', 'instances', 'list', '--'),
    'tanxing complete (an operation)': tanxing(1.5, 'complete', '--', 'api', 'DescribeInst'),
    'tanxing instances list --local': tanxing(3, 'instances', 'list', '--local'),
    'tanxing instances list, running cloud': tanxing(undefined, 'instances', 'list', '--endpoint', url),
    ...(aliyun !== undefined && {
      'aliyun version': { program: aliyun, args: ['version'] },
      'aliyun --help': { program: aliyun, args: ['--help'] },
      'aliyun ecs DescribeInstances, running cloud': { program: aliyun, args: [...page, ...keys] },
    }),
  }
  const times = new Map<string, number[]>(Object.keys(contenders).map((name) => [name, []]))
  // The first round reads the files into the machine's cache and is not counted.
  for (let round = 0; round <= rounds; round++)
    for (const [name, contender] of Object.entries(contenders)) {
      const ms = await timed(contender, env)
      if (round > 0) times.get(name)?.push(ms)
    }
  const bare = times.get(yardstick) ?? []
  console.log(`the command line, median of ${rounds} fresh processes each, in turns`)
  for (const [name, { goal }] of Object.entries(contenders)) {
    const all = times.get(name) ?? []
    const ratio = median(all.map((ms, round) => ms / (bare[round] as number)))
    const judged = goal === undefined ? '' : `  goal ${goal.toFixed(1)}x${ratio <= goal ? '' : ', missed'}`
    console.log(`  ${name.padEnd(44)}  ${median(all).toFixed(0).padStart(5)} ms  ${ratio.toFixed(2).padStart(5)}x${judged}`)
  }
  if (aliyun === undefined) console.log('  aliyun-cli is not here: name its binary in TANXING_ALIYUN')
} finally {
  await cloud.close()
  rmSync(home, { recursive: true, force: true })
}
