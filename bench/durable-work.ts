/** The two halves of bench/durable.ts, each in a process of its own: `serve FOLDER` and `store FOLDER CALLS AT_ONCE`. */
import { once } from 'node:events'
import { join } from 'node:path'
import { monotonicNow } from '../src/api/system.ts'
import type { Credentials } from '../src/api/wire.ts'
import { EcsClient, VpcClient } from '../src/client/index.ts'
import { createCloud } from '../src/cloud/index.ts'
import { openStore } from '../src/cloud/store/lmdb.ts'

export interface Serving {
  readonly port: number
  readonly credentials: Credentials
  /** What RunInstances needs, but for a vSwitch and a security group. */
  readonly input: object
  /** Each holds 65,532 instances. */
  readonly vSwitchIds: readonly string[]
  /** A group has room for a few thousand instances. */
  readonly securityGroupIds: readonly string[]
}

/** What the store alone did. */
export interface Written {
  /** The rows of so many calls in a second. */
  readonly perSecond: number
  readonly rowsPerCall: number
}

async function serve(data: string): Promise<void> {
  const cloud = await createCloud({ seed: 'bench', clock: 'manual', data })
  const settings = { regionId: 'cn-hangzhou', fetch: cloud.fetch, credentials: cloud.credentials, pace: false as const }
  const [ecs, vpc] = [new EcsClient(settings), new VpcClient(settings)]
  const [image] = (await ecs.describeImages({ PageSize: 1, OSType: 'linux', Architecture: 'x86_64' })).Images.Image
  const { VpcId } = await vpc.createVpc({ CidrBlock: '10.0.0.0/8' })
  cloud.clock.advance(60_000)
  const vSwitchIds: string[] = []
  for (let number = 0; number < 4; number++)
    vSwitchIds.push((await vpc.createVSwitch({ VpcId, ZoneId: 'cn-hangzhou-h', CidrBlock: `10.${number}.0.0/16` })).VSwitchId)
  cloud.clock.advance(60_000)
  const securityGroupIds: string[] = []
  for (let group = 0; group < 64; group++)
    securityGroupIds.push((await ecs.createSecurityGroup({ VpcId, SecurityGroupType: 'enterprise' })).SecurityGroupId)
  const { port } = await cloud.listen()
  const input = {
    RegionId: 'cn-hangzhou',
    ImageId: image?.ImageId,
    InstanceType: 'ecs.g7.large',
    SystemDisk: { Category: 'cloud_essd' },
  }
  const serving: Serving = { port, credentials: cloud.credentials, input, vSwitchIds, securityGroupIds }
  process.send?.(serving)
  await once(process, 'message')
  await cloud.close()
  process.exit()
}

async function store(folder: string, calls: number, atOnce: number): Promise<void> {
  const made = await openStore(folder)
  const { meta } = made
  if (meta === undefined) throw new Error('the cloud left nothing')
  const rows = [...made.rows(meta.generation)]
  await made.close()
  const rowsPerCall = rows.length / calls
  const alone = await openStore(join(folder, 'alone'))
  const start = monotonicNow()
  for (let call = 0; call < calls; call += atOnce) {
    const group = rows.slice(Math.round(call * rowsPerCall), Math.round((call + atOnce) * rowsPerCall))
    await alone.write({ meta, rows: new Map([[meta.generation, group]]) })
  }
  const perSecond = (calls * 1000) / (monotonicNow() - start)
  await alone.close()
  const written: Written = { perSecond, rowsPerCall }
  process.send?.(written)
}

process.on('disconnect', () => process.exit())
const [kind, folder = '', calls = '', atOnce = ''] = process.argv.slice(2)
if (kind === 'serve') await serve(folder)
else await store(folder, Number(calls), Number(atOnce))
