import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createCloud } from '../../cloud/index.ts'
import { monotonicNow, systemNow } from '../../api/system.ts'
import { run } from '../cli.ts'
import type { World } from '../command.ts'
import { commands } from '../commands.ts'
import { valueNames } from './things.ts'

const homes: string[] = []
afterAll(() => homes.forEach((home) => rmSync(home, { recursive: true })))

function scene(env: World['env'] = {}) {
  const home = mkdtempSync(join(tmpdir(), 'tanxing-completion-'))
  homes.push(home)
  const said = { stdout: '', stderr: '' }
  const world: World = {
    env: { ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true', LANG: 'C', ...env },
    home,
    stdout: (text) => void (said.stdout += text),
    stderr: (text) => void (said.stderr += text),
    columns: undefined,
    ask: undefined,
    signal: new AbortController().signal,
    now: systemNow,
  }
  const complete = async (...words: string[]): Promise<string[]> => {
    said.stdout = ''
    expect(await run(['complete', ...words], world, '1')).toBe(0)
    expect(said.stderr).toBe('')
    return said.stdout.split('\n').filter(Boolean)
  }
  const values = async (...words: string[]) => (await complete('--', ...words)).map((line) => line.split('\t')[0])
  return { home, complete, values }
}

const keys = (cloud: { credentials: { accessKeyId: string; accessKeySecret: string } }, endpoint: string) => ({
  TANXING_ENDPOINT: endpoint,
  ALIBABA_CLOUD_ACCESS_KEY_ID: cloud.credentials.accessKeyId,
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: cloud.credentials.accessKeySecret,
})

describe('completion', () => {
  it('knows nouns, verbs, options and their values', async () => {
    const { values, complete } = scene()
    expect(await values('insta')).toEqual(['instances'])
    expect(await values('instances', 'sto')).toEqual(['stop'])
    expect(await values('instances', 'list', '--sta')).toEqual(['--status'])
    expect(await values('instances', 'list', '--status', 'R')).toEqual(['Running'])
    expect(await values('instances', 'list', '--status=R')).toEqual(['--status=Running'])
    expect(await values('instances', 'list', '-r', 'cn-beij')).toEqual(['cn-beijing'])
    expect(await values('--lang', '')).toEqual(['en', 'zh'])
    expect(await values('completion', 'z')).toEqual(['zsh'])
    expect(await values('local', 'fault', '')).toEqual(['list', 'add', 'clear'])
    expect(await values('local', 'snapshot', '--endpoint', 'http://127.0.0.1:1', 're')).toEqual(['restore'])
    expect(await complete('--', 'disks', 'rel')).toEqual(['release\trelease disks that are attached to nothing'])
  })

  it('speaks the language of the locale', async () => {
    const { complete } = scene({ LANG: 'zh_CN.UTF-8' })
    expect(await complete('--', 'disks', 'rel')).toEqual(['release\t释放未挂载的云盘'])
  })

  it('does not offer an option twice, unless it may be repeated', async () => {
    const { values } = scene()
    expect(await values('instances', 'list', '--status', 'Running', '--st')).toEqual([])
    expect(await values('instances', 'list', '--filter', 'name=a', '--filt')).toEqual(['--filter'])
  })

  it('knows operations, their parameters and documented values', async () => {
    const { values } = scene()
    expect(await values('api', 'DescribeInstanceTyp')).toEqual(['DescribeInstanceTypeFamilies', 'DescribeInstanceTypes'])
    expect((await values('api', 'StopInstance', '--'))[0]).toBe('--InstanceId')
    expect(await values('api', 'DescribeInstances', '--RegionId', 'cn-shangh')).toEqual(['cn-shanghai'])
    expect(await values('api', 'DescribeInstances', '--Status', 'Ru')).toEqual(['Running'])
    expect(await values('local', 'coverage', 'RunInstances', 'DescribeInstanceTyp')).toEqual([
      'DescribeInstanceTypeFamilies',
      'DescribeInstanceTypes',
    ])
  })

  it('leaves the words of another program alone', async () => {
    expect(await scene().values('run', '--', 'inst')).toEqual([])
  })

  it('puts together what bash takes apart at =', async () => {
    const { complete } = scene()
    expect(await complete('bash', '--', 'instances', 'list', '--status', '=', 'R')).toEqual(['Running'])
    expect(await complete('bash', '--', 'instances', 'list', '--status', '=')).toContain('Stopped')
  })

  it('knows ids and names of what is there, and for 30 s asks once', async () => {
    const cloud = await createCloud({ seed: 'demo' })
    try {
      const { url } = await cloud.listen({ port: 0 })
      const { complete, home } = scene(keys(cloud, url))
      const found = await complete('--', 'instances', 'stop', 'web-12')
      expect(found.map((line) => line.split('\t')[0])).toEqual(['web-125', 'web-123', 'web-121'])
      const [file] = readdirSync(join(home, '.cache/tanxing'))
      expect(statSync(join(home, '.cache/tanxing', file as string)).mode & 0o777).toBe(0o600)
      await cloud.close()
      expect(await complete('--', 'instances', 'stop', 'web-12')).toEqual(found)
      expect(await complete('--', 'instances', 'stop', '--region', 'cn-beijing', 'web-12')).toEqual([])
    } finally {
      await cloud.close()
    }
  })

  it('knows what else has ids or names, also where an option names it, and offers nothing for what is to be made', async () => {
    const cloud = await createCloud({ seed: 'demo' })
    try {
      const { url } = await cloud.listen({ port: 0 })
      const { values } = scene(keys(cloud, url))
      expect(await values('networks', 'get', 'v')).toEqual(['vpc', 'vswitch'])
      expect(await values('networks', 'get', 'vswitch', 'main-')).toEqual(['main-k', 'main-j', 'main-i'])
      expect(await values('networks', 'delete', 'vpc', 'vpc-')).toEqual([expect.stringMatching(/^vpc-bp1/)])
      expect(await values('instances', 'create', 'web-9', '--vswitch', 'main-k')).toEqual(['main-k'])
      expect(await values('instances', 'create', 'x', '--security-group=d')).toEqual(['--security-group=db'])
      expect(await values('instances', 'create', 'web-')).toEqual([])
      expect(await values('images', 'get', 'aliyun_3_x64_20G_alibase_2021')).toEqual(['aliyun_3_x64_20G_alibase_20210425.vhd'])
      expect(await values('images', 'copy', 'm-1', '--to', 'cn-beij')).toEqual(['cn-beijing'])
      expect(await values('snapshots', 'create', 'web-125-')).toEqual(['web-125-system'])
      expect(await values('commands', 'run', 'web-125')).toEqual(['web-125'])
      expect(await values('tags', 'add', '--kind', 'security-groups', 'd')).toEqual(['db'])
      expect(await values('disks', 'attach', 'd-1', '--to', 'web-125')).toEqual(['web-125'])
      expect(await values('key-pairs', 'delete', '')).toEqual([])
      expect(await values('security-groups', 'join', 'web-125')).toEqual(['web-125'])
      expect(await values('prices', 'ecs.c7.8')).toEqual(['ecs.c7.8xlarge'])
      expect(await values('instances', 'resize', 'web-125', '--type', 'ecs.c7.8')).toEqual(['ecs.c7.8xlarge'])
    } finally {
      await cloud.close()
    }
  })

  it.each(Object.keys(commands))('knows what every option of %s names that takes an id or a name', async (name) => {
    const { command } = await (commands[name] as (typeof commands)[string]).load()
    const asked = Object.entries(command.options).filter(([, { value }]) => value === 'ID|NAME')
    for (const [option] of asked) expect(valueNames(option, { name, command, options: command.options, before: [] }), option).toBeDefined()
  })

  it('gives up within a second on a cloud that does not answer', async () => {
    const server = createServer(() => undefined)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    try {
      const start = monotonicNow()
      const { values } = scene(keys({ credentials: { accessKeyId: 'a', accessKeySecret: 'b' } }, `http://127.0.0.1:${port}`))
      expect(await values('instances', 'stop', '')).toEqual([])
      expect(monotonicNow() - start).toBeLessThan(2_000)
    } finally {
      server.close()
    }
  })

  it.each([
    [['instances', 'stop', '']],
    [['instances', 'list', '--profile', '']],
    [['no', 'such', 'thing']],
    [['api', 'NoSuchOperation', '--']],
  ])('fails silently: %j', async (words) => {
    await scene().complete('--', ...words)
  })
})
