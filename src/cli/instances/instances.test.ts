import { describe, expect, it } from 'vitest'
import { estate, tanxing } from '../testing.ts'
import { harmless } from './console-output.ts'

describe('instances on the command line', () => {
  it('are resized by what each is paid by, with both prices told, and nobody is sent a DryRun that it does not know', async () => {
    const { cloud, url } = await estate()
    await tanxing(cloud, url, 'instances stop web-003 web-113 --yes 2')
    const line = 'instances resize web-003 web-113 --type ecs.g7.xlarge'
    const dry = await tanxing(cloud, url, `${line} --dry-run`)
    expect(dry.err).toMatch(/price: [\d.]+ CNY more an hour; [\d.]+ CNY now, for the time paid for\n2 of 2 would be resized/)
    const { exitCode, out } = await tanxing(cloud, url, `${line} --yes 2 -o json`)
    expect(exitCode).toBe(0)
    expect(JSON.parse(out)).toMatchObject([{ State: 'ecs.g7.xlarge' }, { State: 'ecs.g7.xlarge' }])
    const orders = cloud.requests(1_000).filter(({ action }) => action === 'ModifyPrepayInstanceSpec')
    expect(orders.length).toBe(1)
    await cloud.close()
  })

  it('are renewed to a later end, which is read back', async () => {
    const { cloud, ecs, url } = await estate()
    const read = async () => (await ecs.describeInstances({ InstanceName: 'web-113' })).Instances.Instance[0]?.ExpiredTime ?? ''
    const before = await read()
    const { exitCode, out, err } = await tanxing(cloud, url, 'instances renew web-113 --period 1 --unit year --yes 1 -o json')
    expect(exitCode).toBe(0)
    expect(err).toMatch(/price: [\d.]+ CNY for 12 months\n/)
    const [{ State }] = JSON.parse(out) as [{ State: string }]
    expect([State, Number(State.slice(0, 4))]).toEqual([await read(), Number(before.slice(0, 4)) + 1])
    await cloud.close()
  })

  it('are made all the same where another name fails', async () => {
    const { cloud, url } = await estate()
    const launch = '--type ecs.c7.large --image aliyun_3_x64_20G_alibase_20241218.vhd --vswitch main-k --security-group web --yes 2'
    const { exitCode, out, err } = await tanxing(cloud, url, `instances create http://no good-1 ${launch} -o ids`)
    expect(exitCode).toBe(1)
    expect(out).toMatch(/^i-\w+\n$/)
    expect(err).toMatch(/http:\/\/no: InvalidInstanceName.Malformed[^\n]*\n1 of 2 created/)
    await cloud.close()
  })
})

describe('console output', () => {
  it('steers no terminal', () => {
    expect(harmless('\u001b[2J\u001b]0;title\u0007a\r\nb\tc\u009b31m\u0000')).toBe(']0;titlea\nb\tc31m')
  })
})
