import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { createCloud } from '../../src/cloud/index.ts'
import { program, type Ran, ranThroughTanxing } from './tanxing-run.ts'

// Neither Terraform nor its provider can be had in CI, so this is the one test of a client that TANXING_NO_SKIP lets go: its last result
// stands in docs/clients.md.
const { TANXING_TERRAFORM: terraform, TANXING_TERRAFORM_PROVIDER: provider, PATH } = process.env
const hour = 3_600_000

/** What tells of what was done. */
const done = ['replays', 'transitions', 'tasks', 'events', 'invocations', 'invocationRuns']
/** A group that is deleted and a reservation that is released can still be asked for; they go by themselves. */
const gone = ['provisioningGroups', 'scheduledTasks', 'privatePools']

/** A folder with the .tf files, ready to be applied, and the variables that Terraform is run with. */
async function readied(): Promise<{ readonly cwd: string; readonly env: NodeJS.ProcessEnv }> {
  const folder = await mkdtemp(join(tmpdir(), 'tanxing-terraform-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const cwd = join(folder, 'work')
  await mkdir(cwd)
  for (const file of await readdir(program('terraform'))) await copyFile(program('terraform', file), join(cwd, file))
  const env = { TF_CLI_CONFIG_FILE: join(folder, 'terraform.rc'), TF_IN_AUTOMATION: '1', TF_INPUT: '0', CHECKPOINT_DISABLE: '1' }
  if (provider === undefined) {
    await writeFile(env.TF_CLI_CONFIG_FILE, '')
    await promisify(execFile)(String(terraform), ['init', '-no-color'], { cwd, env: { ...env, PATH, HOME: folder } })
    return { cwd, env }
  }
  await symlink(provider, join(folder, 'terraform-provider-alicloud'))
  const overrides = `provider_installation {\n  dev_overrides {\n    "aliyun/alicloud" = ${JSON.stringify(folder)}\n  }\n  direct {}\n}\n`
  await writeFile(env.TF_CLI_CONFIG_FILE, overrides)
  return { cwd, env }
}

function expectDone({ code, stdout, stderr }: Ran): void {
  if (code !== 0) throw new Error(`exit ${code}\n${stdout.slice(-6_000)}\n${stderr.slice(-6_000)}`)
}

it('Terraform applies, sees no change, changes in place, sees no change, and destroys', { timeout: 2 * hour }, async ({ skip }) => {
  if (terraform === undefined) {
    skip('TANXING_TERRAFORM names no terraform, and TANXING_TERRAFORM_PROVIDER no provider: docs/clients.md tells how to run this')
    return
  }
  const { cwd, env } = await readied()
  const keys = [{ accessKeyId: 'terraform', accessKeySecret: 'terraform-secret' }]
  const cloud = await createCloud({ clock: { scale: 200 }, accounts: [{ keys }, {}] })
  onTestFinished(() => cloud.close())
  const { url } = await cloud.listen({ port: 0 })
  const options = ['--endpoint', url, '--key', 'terraform:terraform-secret']
  const run = (...args: string[]) => ranThroughTanxing(options, [terraform, ...args, '-no-color'], { cwd, env, timeout: hour })
  const tables = () => {
    const { tables: all } = JSON.parse(Buffer.from(cloud.exportState()).toString()) as { readonly tables: object }
    return Object.keys(all).filter((table) => !done.includes(table) && !gone.includes(table))
  }
  const before = { tables: tables(), counts: cloud.counts() }

  const releaseAt = new Date(cloud.clock.now() + 300 * 24 * hour).toISOString().replace(/\.\d+Z$/, 'Z')
  const first = ['-var', `release_at=${releaseAt}`, '-var', `partner=${cloud.accounts[1]?.id}`]
  expectDone(await run('apply', '-auto-approve', ...first))
  expectDone(await run('plan', '-detailed-exitcode', ...first))
  const { stdout } = await run('output', '-json')
  expect(JSON.parse(stdout)).toMatchObject({
    seen: {
      value: {
        regions: 29,
        here: 'cn-hangzhou',
        account: true,
        vpcs: ['172.16.0.0/12'],
        vswitches: ['172.16.0.0/24'],
        security_groups: 3,
        rules: 5,
        key_pairs: ['judged-imported', 'judged-made'],
        instances: ['Running', 'Running', 'Running'],
        disks: ['Available', 'In_use'],
        snapshots: ['accomplished'],
        images: 1,
        network_interfaces: ['InUse'],
        eips: ['InUse'],
        launch_templates: ['judged-web'],
        commands: ['RunShellScript'],
        invocations: 1,
      },
    },
    seen_more: {
      value: {
        users: ['judged-worker'],
        groups: ['judged-workers'],
        policies: ['judged-look'],
        roles: ['judged-machine'],
        deployment_sets: 1,
        hpc_clusters: 1,
        prefix_lists: 2,
        snapshot_groups: ['accomplished'],
        reservations: ['Active'],
        hosts: ['Available'],
        host_clusters: 1,
        activations: 1,
        image_components: 1,
        image_pipelines: 1,
        floating: ['172.16.0.200'],
        routes: ['Instance'],
        route_tables: 1,
      },
    },
    nat: { value: { gateways: ['Available'], addresses: 2, packages: ['20'], snat: 2, forward: 2 } },
  })
  const change = [...first, '-var', 'changed=true']
  expectDone(await run('apply', '-auto-approve', ...change))
  expectDone(await run('plan', '-detailed-exitcode', ...change))
  expectDone(await run('destroy', '-auto-approve', ...change))
  expect({ tables: tables(), counts: cloud.counts() }).toEqual(before)
})
