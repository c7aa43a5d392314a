import { execFile } from 'node:child_process'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { cloudWithNetwork } from '../../src/cloud/testing.ts'
import type { Answered } from '../../src/cloud/watch/answered.ts'
import { ranThroughTanxing } from './tanxing-run.ts'
import { withoutAliyun } from './walks/callers.ts'
import { beside } from './walks/steps.ts'

// Its Go module cannot be had in CI, so TANXING_NO_SKIP lets it go as it does Terraform: its last result stands in docs/clients.md.
const aliyun = process.env.TANXING_ALIYUN

/** A cloud with instances that have just been made. */
async function estate(amount: number) {
  const { cloud, basics, call } = await cloudWithNetwork()
  onTestFinished(() => cloud.close())
  const { url } = await cloud.listen({ port: 0 })
  const made = await call('RunInstances', { ...basics, Amount: amount })
  const ids = made.InstanceIdSets.InstanceIdSet as readonly string[]
  return { cloud, url, ids }
}

/** Runs it in an environment that has nothing but a home. */
async function ran(home: string, ...args: readonly string[]): Promise<string> {
  // What it looks for in the net when it does not know an operation finds no way there.
  const env = { HOME: home, HTTPS_PROXY: 'http://127.0.0.1:9' }
  return (await promisify(execFile)(String(aliyun), args, { env })).stdout
}

async function emptyHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'tanxing-aliyun-'))
  onTestFinished(() => rm(home, { recursive: true, force: true }))
  return home
}

/** Its output when `tanxing run` leads it to a cloud. */
async function led({ cloud, url }: Awaited<ReturnType<typeof estate>>, ...args: readonly string[]): Promise<string> {
  const { accessKeyId, accessKeySecret } = cloud.credentials
  const options = ['--endpoint', url, '--key', `${accessKeyId}:${accessKeySecret}`]
  const { code, stdout, stderr } = await ranThroughTanxing(options, [String(aliyun), ...args, '--region', 'cn-hangzhou'])
  expect(code, stderr).toBe(0)
  return stdout
}

/** So many of the last requests, the first of them first. */
const lastRequests = ({ cloud }: Awaited<ReturnType<typeof estate>>, count: number) => cloud.requests(count).toReversed()

describe('aliyun-cli', () => {
  beforeEach(({ skip }) => skip(aliyun === undefined, withoutAliyun))

  it('waits until an instance runs', async () => {
    const here = await estate(1)
    const next = (message: unknown) => (message as Answered).action === 'DescribeInstances' && here.cloud.next()
    subscribe('tanxing:answered', next)
    onTestFinished(() => void unsubscribe('tanxing:answered', next))
    const waiter = ['--waiter', 'expr=Instances.Instance[0].Status', 'to=Running', 'interval=2']
    const found = await led(here, 'ecs', 'DescribeInstances', '--InstanceIds', JSON.stringify(here.ids), ...waiter)
    expect(JSON.parse(found)).toMatchObject({ Instances: { Instance: [{ InstanceId: here.ids[0], Status: 'Running' }] } })
    expect(lastRequests(here, 2).map(({ action }) => action)).toEqual(['DescribeInstances', 'DescribeInstances'])
  })

  it('merges all pages', async () => {
    const here = await estate(25)
    const found = await led(here, 'ecs', 'DescribeInstances', '--MaxResults', '10', '--pager')
    const { Instances } = JSON.parse(found) as { readonly Instances: { readonly Instance: readonly { readonly InstanceId: string }[] } }
    expect(Instances.Instance.map(({ InstanceId }) => InstanceId).toSorted()).toEqual(here.ids.toSorted())
    expect(lastRequests(here, 3).map(({ action }) => action)).toEqual(Array(3).fill('DescribeInstances'))
  })

  it('picks from an answer, prints columns of it, and nothing of it', async () => {
    const here = await estate(2)
    const list = ['ecs', 'DescribeInstances', '--InstanceIds', JSON.stringify(here.ids)]
    expect(JSON.parse(await led(here, ...list, '--cli-query', 'sort(Instances.Instance[].InstanceId)'))).toEqual(here.ids.toSorted())
    const table = await led(here, ...list, '--output', 'cols=InstanceId,InstanceType', 'rows=Instances.Instance[]')
    const cells = table
      .trim()
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim()))
    expect(cells[0]).toEqual(['InstanceId', 'InstanceType'])
    expect(new Set(cells.slice(2))).toEqual(new Set(here.ids.map((id) => [id, 'ecs.g7.large'])))
    expect(await led(here, ...list, '-q')).toBe('')
  })

  it('goes to VPC, RAM and STS where they are asked for, without an endpoint', async () => {
    const here = await estate(1)
    expect(JSON.parse(await led(here, 'vpc', 'DescribeVpcs'))).toMatchObject({ TotalCount: 1 })
    expect(JSON.parse(await led(here, 'ram', 'ListUsers'))).toMatchObject({ IsTruncated: false })
    expect(JSON.parse(await led(here, 'sts', 'GetCallerIdentity'))).toMatchObject({ AccountId: here.cloud.accountId })
  })

  it('saves a profile with `configure set` and calls with its key and region', async () => {
    const { cloud, url } = await estate(1)
    const home = await emptyHome()
    const { accessKeyId, accessKeySecret } = cloud.credentials
    const key = ['--mode', 'AK', '--access-key-id', accessKeyId, '--access-key-secret', accessKeySecret]
    await ran(home, 'configure', 'set', '--profile', 'local', '--region', 'cn-beijing', ...key)
    expect((await ran(home, 'configure', 'get', 'region', '--profile', 'local')).trim()).toBe('cn-beijing')
    await ran(home, 'ecs', 'DescribeZones', '--profile', 'local', '--endpoint', new URL(url).host, '--insecure')
    expect(cloud.requests(1)).toMatchObject([
      { action: 'DescribeZones', status: 200, accountId: cloud.accountId, parameters: { RegionId: 'cn-beijing' } },
    ])
  })

  it('refuses by itself what the walks force', { timeout: 60_000 }, async () => {
    const home = await emptyHome()
    const place = ['--region', 'cn-hangzhou', '--endpoint', '127.0.0.1:9', '--insecure', '--access-key-id', 'a', '--access-key-secret', 'b']
    for (const [product, names] of Object.entries(beside.forced))
      for (const name of names) {
        const [call = '', list, field] = name.split('.')
        const parameter = list === undefined ? [] : [`--${list}.1.${field}`, '1']
        const refused = await ran(home, product, call, ...parameter, ...place).catch((error: { readonly stderr: string }) => error.stderr)
        expect(refused, name).toMatch(/is not a valid (?:api|parameter)|required parameters not assigned/)
      }
  })
})
