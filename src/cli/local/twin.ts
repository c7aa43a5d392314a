import { type Command, connection } from '../command.ts'
import { connect } from '../connect.ts'
import { CommandError, exit } from '../errors.ts'
import { say } from '../language.ts'

const { profile, endpoint, local } = connection

/** Writes a file that only its owner reads, and never over another. @throws CommandError */
async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  const { writeFile } = await import('node:fs/promises')
  try {
    await writeFile(path, bytes, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'EEXIST')
      throw new CommandError({ en: `${path} is there already: name another with --out`, zh: `${path} 已存在：请用 --out 换一个文件名` })
    throw new CommandError({ en: `${path} cannot be written (${code})`, zh: `无法写入 ${path}（${code}）` }, exit.failed)
  }
}

/** The regions of `--regions`, or the one that calls go to anyway. @throws CommandError for a name that is no region's */
function regionsOf(text: string | undefined, usual: string): string[] {
  const regions = text === undefined ? [usual] : [...new Set(text.split(',').map((one) => one.trim()))]
  const wrong = regions.find((one) => !/^[a-z]{2,10}(?:-[a-z0-9]{1,20}){1,4}$/.test(one))
  if (wrong !== undefined)
    throw new CommandError({
      en: `--regions names regions with commas between, and ${JSON.stringify(wrong)} is none`,
      zh: `--regions 为以逗号分隔的地域，${JSON.stringify(wrong)} 不是地域`,
    })
  return regions
}

/** `tanxing local twin`: the shape of an account, read and never changed, as a file that a local cloud imports. */
export const command: Command = {
  options: {
    profile: profile as (typeof connection)[string],
    endpoint: endpoint as (typeof connection)[string],
    local: local as (typeof connection)[string],
    regions: {
      type: 'string',
      value: 'REGION,…',
      help: { en: 'regions to read; else the one of the profile', zh: '要读取的地域；默认为配置中的地域' },
    },
    out: { type: 'string', value: 'FILE', default: 'estate.json', help: { en: 'file to write', zh: '写入的文件' } },
    anonymous: {
      type: 'boolean',
      help: { en: 'other ids, names, tags and addresses in place of the real ones', zh: '把 ID、名称、标签和地址替换为虚构的' },
    },
    seed: { type: 'string', value: 'SEED', default: 'twin', help: { en: 'same seed, same made-up ids', zh: '种子相同则虚构的 ID 相同' } },
  },
  async run(invocation) {
    const { world, values, language } = invocation
    const { options, regionId: usual, where } = await connect(invocation)
    const regionIds = regionsOf(values.text('regions'), usual)
    const out = values.text('out') ?? 'estate.json'
    const seed = values.text('seed') ?? 'twin'
    const [{ EcsClient }, { VpcClient }, { readRegion }, { twinOf }, { anonymous }, { exported }] = await Promise.all([
      import('../../client/ecs.ts'),
      import('../../client/vpc.ts'),
      import('./twin/read.ts'),
      import('../../cloud/twin/twin.ts'),
      import('../../cloud/twin/anonymous.ts'),
      import('../../cloud/store/export.ts'),
    ])
    const regions = []
    for (const regionId of regionIds) {
      const clients = { ecs: new EcsClient({ ...options, regionId }), vpc: new VpcClient({ ...options, regionId }) }
      const region = await readRegion(regionId, clients)
      regions.push(region)
      const told = {
        en: `${regionId}: ${region.instances.length} instances, ${region.disks.length} disks`,
        zh: `${regionId}：${region.instances.length} 台实例，${region.disks.length} 块云盘`,
      }
      world.stderr(`${say(told, language)}\n`)
    }
    const twin = twinOf(regions, { now: world.now(), seed })
    await writeNew(out, exported(values.flag('anonymous') ? anonymous(twin, seed) : twin))
    const done = {
      en: `${out} is a twin of ${where.en}; curl -T ${out} $TANXING_ENDPOINT/_local/state imports it`,
      zh: `${out} 是 ${where.zh} 的孪生；用 curl -T ${out} $TANXING_ENDPOINT/_local/state 导入`,
    }
    world.stderr(`${say(done, language)}\n`)
    return exit.done
  },
}
