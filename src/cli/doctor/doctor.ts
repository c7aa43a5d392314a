import { type Command, connection, type Invocation } from '../command.ts'
import { connect, defaultRegion } from '../connect.ts'
import { exit } from '../errors.ts'
import { say } from '../language.ts'
import { checks, failed, type Finding } from './finding.ts'

const unasked: Finding['found'] = { en: 'not asked, since what is above fails', zh: '因上述问题未检查' }

/** What needs the network, in order; where one thing fails, those that need it are not tried. */
async function remote(invocation: Invocation, credentials: Finding): Promise<Finding[]> {
  const { world, values } = invocation
  const [{ networkFindings, regionFinding }, { identityFinding, permissionFinding }] = await Promise.all([
    import('./network.ts'),
    import('./account.ts'),
  ])
  const withKeys = credentials.level !== 'fail'
  const fallback = {
    regionId: values.text('region') ?? (world.env.ALIBABA_CLOUD_REGION_ID || defaultRegion),
    endpoint: values.text('endpoint') ?? (world.env.TANXING_ENDPOINT || undefined),
  }
  const { options, regionId } = withKeys ? await connect(invocation) : { options: fallback, regionId: fallback.regionId }
  // Each is tried once: who asks what is wrong does not want to wait for retries.
  const once = { ...options, attempts: 1 }
  const [region, network] = await Promise.all([regionFinding(regionId), networkFindings(options, regionId, world)])
  const skipped = (check: Finding['check']): Finding => ({ check, level: 'skip', found: unasked })
  const reached = network.every(({ check, level }) => check !== 'endpoint' || level !== 'fail')
  if (!withKeys || !reached) return [region, ...network, skipped('identity'), skipped('permission')]
  return [region, ...network, ...(await Promise.all([identityFinding(once, world.signal), permissionFinding(once, world.signal)]))]
}

async function findings(invocation: Invocation): Promise<Finding[]> {
  const { world, values } = invocation
  const [{ nodeFinding, fileFinding }, { credentialsFinding }] = await Promise.all([import('./machine.ts'), import('./credentials.ts')])
  const node = nodeFinding(process.versions.node)
  if (values.flag('local')) {
    const own: Finding = { check: 'credentials', level: 'ok', found: { en: 'those of the local cloud', zh: '本地云自带的凭证' } }
    return [node, own, ...(await remote(invocation, own))]
  }
  const real = !(values.text('endpoint') ?? world.env.TANXING_ENDPOINT)
  const [file, credentials] = [await fileFinding(world), await credentialsFinding(invocation, real)]
  return [node, file, credentials, ...(await remote(invocation, credentials).catch((error: unknown) => [failed('endpoint', error)]))]
}

/** `tanxing doctor`: what stands between this machine and ECS, each with what to do about it. */
export const command: Command = {
  options: {
    ...connection,
    output: {
      type: 'string',
      short: 'o',
      choices: ['text', 'json'],
      default: 'text',
      help: { en: 'how to print', zh: '输出格式' },
    },
  },
  async run(invocation) {
    const { world, values, language } = invocation
    const all = await findings(invocation)
    world.signal.throwIfAborted()
    if (values.text('output') === 'json') {
      const told = all.map(({ check, level, found, fix }) => ({
        check,
        level,
        found: say(found, language),
        ...(fix && { fix: say(fix, language) }),
      }))
      world.stdout(`${JSON.stringify(told, undefined, 2)}\n`)
    } else {
      const [{ harmless }, { default: stringWidth }] = await Promise.all([import('../table.ts'), import('string-width')])
      const names = Object.values(checks).map((name) => say(name, language))
      const width = Math.max(...names.map((name) => stringWidth(name)))
      for (const { check, level, found, fix } of all) {
        const name = say(checks[check], language)
        world.stdout(`${level.padEnd(4)}  ${name}${' '.repeat(width - stringWidth(name))}  ${harmless(say(found, language))}\n`)
        if (fix) world.stdout(`      ${say({ en: 'fix: ', zh: '处理：' }, language)}${harmless(say(fix, language))}\n`)
      }
    }
    const failures = all.filter(({ level }) => level === 'fail').map(({ exitCode }) => exitCode ?? exit.failed)
    return failures.find((code) => code === exit.notPermitted) ?? failures[0] ?? exit.done
  },
}
