import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EcsClient } from '../../src/client/index.ts'
import { createCloud } from '../../src/cloud/index.ts'
import { program, ranThroughTanxing } from './tanxing-run.ts'

interface Playbook {
  readonly file: string
  readonly about: string
  /** Its stages, which are tags, in the order they are run, each with how many of its steps change something. */
  readonly stages: readonly (readonly [tag: string, changed: number])[]
}

const playbooks: readonly Playbook[] = [
  {
    file: 'network.yml',
    about: 'VPCs, vSwitches, security groups with rules, tags',
    stages: [
      ['present', 7],
      ['present', 0],
      ['look', 0],
      ['update', 6],
      ['update', 0],
      ['absent', 4],
      ['absent', 0],
    ],
  },
  {
    file: 'identity.yml',
    about: 'users, groups, policies, roles, keys and logins of RAM',
    stages: [
      ['present', 9],
      ['present', 0],
      ['look', 0],
      ['update', 5],
      ['update', 0],
      ['absent', 9],
      ['absent', 0],
    ],
  },
  {
    file: 'deprecated.yml',
    about: 'modules of older names beside their successors',
    stages: [
      ['present', 7],
      ['present', 0],
      ['look', 0],
      ['absent', 7],
      ['absent', 0],
    ],
  },
  { file: 'differences.yml', about: 'what the modules cannot do', stages: [['all', 4]] },
  {
    file: 'compute.yml',
    about: 'instances, disks, interfaces, EIPs, images, routes, tags',
    stages: [
      ['present', 22],
      ['present', 0],
      ['look', 0],
      ['update', 9],
      ['update', 0],
      ['start', 1],
      ['start', 0],
      ['restart', 1],
      ['absent', 13],
      ['absent', 0],
    ],
  },
]

/** `ansible-playbook` of a virtual environment that has the modules in `alicloud`, with the variables that lead it to them. */
function ansible(set: string | undefined): readonly string[] | Error {
  if (set === undefined) return new Error('it is not set')
  const modules = join(dirname(dirname(set)), 'alicloud', 'ansible')
  for (const path of [set, modules]) if (!existsSync(path)) return new Error(`${path} is missing`)
  const settings = {
    ANSIBLE_LIBRARY: join(modules, 'modules', 'cloud', 'alicloud'),
    ANSIBLE_MODULE_UTILS: join(modules, 'module_utils'),
    ANSIBLE_LOCALHOST_WARNING: 'False',
    ANSIBLE_INVENTORY_UNPARSED_WARNING: 'False',
    ANSIBLE_DEPRECATION_WARNINGS: 'False',
    ALICLOUD_REGION: 'cn-hangzhou',
    LC_ALL: 'C.UTF-8',
  }
  return ['env', ...Object.entries(settings).map(([name, value]) => `${name}=${value}`), set]
}

/** A fresh cloud with nothing in it but a key pair, which no module makes; 100 times as fast as the real one. */
async function openCloud() {
  const cloud = await createCloud({
    seed: 'ansible',
    clock: { scale: 100 },
    keys: [{ accessKeyId: 'ansible', accessKeySecret: 'ansible-secret' }],
  })
  const ecs = new EcsClient({ fetch: cloud.fetch, regionId: 'cn-hangzhou', credentials: cloud.credentials })
  await ecs.createKeyPair({ KeyPairName: 'fleet' })
  const { url } = await cloud.listen({ port: 0 })
  return { cloud, url }
}

describe('Ansible with the modules of ansible_alicloud, through tanxing run', () => {
  it.concurrent.for(playbooks)('$file: $about', { timeout: 600_000 }, async ({ file, stages }, { skip }) => {
    const command = ansible(process.env.TANXING_ANSIBLE)
    if (command instanceof Error) {
      const reason = `TANXING_ANSIBLE names no ansible-playbook with the modules: ${command.message}; .ci/run makes it from test/clients/ansible`
      if (process.env.TANXING_NO_SKIP === '1') throw new Error(reason)
      skip(reason)
      return
    }
    const { cloud, url } = await openCloud()
    try {
      for (const [tag, changed] of stages) {
        const options = ['--endpoint', url, '--key', 'ansible:ansible-secret']
        const words = [...command, program('ansible', file), '--tags', tag]
        const { code, stdout, stderr } = await ranThroughTanxing(options, words, { timeout: 300_000 })
        if (code !== 0) throw new Error(`${file} failed at ${tag}: ${stderr.slice(0, 2_000)} ${stdout.slice(-2_000)}`)
        expect(`${tag}: ${/changed=\d+/.exec(stdout)?.[0]}`).toBe(`${tag}: changed=${changed}`)
      }
    } finally {
      await cloud.close()
    }
  })
})
