import { describe, expect, it } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

const text = (base64: string) => Buffer.from(base64, 'base64').toString()

async function cloudWithInstances(count = 1) {
  const cloud = await cloudWithNetwork()
  const ids = await cloud.launch({ Amount: count })
  cloud.clock.advance(20_000)
  const run = (input: object = {}) =>
    cloud.call('RunCommand', { Type: 'RunShellScript', CommandContent: 'echo hi', InstanceId: ids, ...input })
  const invocation = async (InvokeId: string, input: object = {}) =>
    (await cloud.call('DescribeInvocations', { InvokeId, ...input })).Invocations.Invocation[0]
  const results = async (InvokeId: string, input: object = {}) =>
    (await cloud.call('DescribeInvocationResults', { InvokeId, ...input })).Invocation.InvocationResults.InvocationResult
  return { ...cloud, ids, run, invocation, results }
}

describe('an invocation', () => {
  it('goes from Pending by Running to Success on every instance', async () => {
    const { run, invocation, results, clock, ids } = await cloudWithInstances(2)
    const { InvokeId, CommandId } = await run()
    expect(InvokeId).toMatch(/^t-hz0/)
    expect(await invocation(InvokeId)).toMatchObject({
      CommandId,
      InvocationStatus: 'Pending',
      InvokeStatus: 'Running',
      RepeatMode: 'Once',
    })
    clock.advance(1_000)
    expect(await invocation(InvokeId)).toMatchObject({ InvocationStatus: 'Running' })
    clock.advance(2_000)
    const done = await invocation(InvokeId)
    expect(done).toMatchObject({ InvocationStatus: 'Success', InvokeStatus: 'Finished' })
    expect(done.InvokeInstances.InvokeInstance.map((one: { InstanceId: string }) => one.InstanceId)).toEqual(ids)
    const [result] = await results(InvokeId)
    expect(result).toMatchObject({ InvocationStatus: 'Success', InvokeRecordStatus: 'Finished', ExitCode: 0, Dropped: 0, Repeats: 1 })
    expect(text(result.Output)).toBe('[simulated: the local cloud runs no command]\nhi\n')
  })

  it('of a script that ends with another code fails, on all or on some', async () => {
    const { run, invocation, results, clock } = await cloudWithInstances()
    const { InvokeId } = await run({ CommandContent: 'echo "before"\nexit 3\necho after' })
    clock.advance(5_000)
    expect(await invocation(InvokeId)).toMatchObject({ InvocationStatus: 'Failed' })
    const [result] = await results(InvokeId, { ContentEncoding: 'PlainText' })
    expect(result).toMatchObject({ InvocationStatus: 'Failed', ErrorCode: 'ExitCodeNonzero', ExitCode: 3 })
    expect(result.Output).toMatch(/before\n$/)
  })

  it('of a script that sleeps longer than its timeout times out', async () => {
    const { run, results, clock } = await cloudWithInstances()
    const { InvokeId } = await run({ CommandContent: 'sleep 100', Timeout: 30 })
    clock.advance(30_000)
    expect(await results(InvokeId)).toMatchObject([{ InvocationStatus: 'Running' }])
    clock.advance(1_000)
    expect(await results(InvokeId)).toMatchObject([{ InvocationStatus: 'Timeout', ErrorCode: 'ExecutionTimeout' }])
  })

  it('fills parameters in, its own too', async () => {
    const { run, invocation, results, clock, ids } = await cloudWithInstances()
    const CommandContent = 'echo {{who}} on {{ACS::InstanceId}}'
    const { InvokeId } = await run({ CommandContent, EnableParameter: true, Parameters: { who: 'Li' } })
    clock.advance(5_000)
    const [result] = await results(InvokeId, { ContentEncoding: 'PlainText' })
    expect(result.Output).toContain(`Li on ${ids[0]}\n`)
    expect(JSON.parse((await invocation(InvokeId)).Parameters)).toEqual({ who: 'Li' })
  })

  it('takes names of parameters in any case, and what is left out as empty', async () => {
    const { run, results, clock } = await cloudWithInstances()
    const CommandContent = 'echo [{{ Who }}] [{{who}}] [{{other}}] {{acs::regionid}}'
    const { InvokeId } = await run({ CommandContent, EnableParameter: true, Parameters: { WHO: 'Li' } })
    clock.advance(5_000)
    const [result] = await results(InvokeId, { ContentEncoding: 'PlainText' })
    expect(result.Output).toContain('[Li] [Li] [] cn-hangzhou\n')
  })

  it('takes its content as Base64 when asked in any case, and as plain text otherwise', async () => {
    const { run, results, clock } = await cloudWithInstances()
    const coded = await run({ CommandContent: Buffer.from('echo coded').toString('base64'), ContentEncoding: 'base64' })
    const plain = await run({ CommandContent: 'echo plain', ContentEncoding: 'Rot13' })
    clock.advance(5_000)
    expect((await results(coded.InvokeId, { ContentEncoding: 'PlainText' }))[0].Output).toMatch(/coded\n$/)
    expect((await results(plain.InvokeId, { ContentEncoding: 'PlainText' }))[0].Output).toMatch(/plain\n$/)
  })

  it('fails where its instance is stopped or gone meanwhile, and partly where others go on', async () => {
    const { run, invocation, results, clock, call, ids } = await cloudWithInstances(2)
    const { InvokeId } = await run({ CommandContent: 'sleep 20' })
    const late = await run()
    await call('StopInstance', { InstanceId: ids[0] })
    clock.advance(30_000)
    expect(await invocation(InvokeId)).toMatchObject({ InvocationStatus: 'PartialFailed' })
    const codes = (rows: { ErrorCode: string; InvocationStatus: string }[]) =>
      rows.map((row) => `${row.InvocationStatus} ${row.ErrorCode}`).sort()
    expect(codes(await results(InvokeId))).toEqual(['Aborted InstanceNotRunning', 'Success '])
    expect(codes(await results(late.InvokeId))).toEqual(['Aborted InstanceNotRunning', 'Success '])
    const rebooted = await run({ CommandContent: 'sleep 50', InstanceId: [ids[1]] })
    clock.advance(2_000)
    await call('RebootInstance', { InstanceId: ids[1] })
    clock.advance(60_000)
    expect(codes(await results(rebooted.InvokeId))).toEqual(['Failed ExecutionInterrupted'])
    const released = await run({ InstanceId: [ids[1]], CommandContent: 'sleep 50' })
    await call('DeleteInstance', { InstanceId: ids[1], Force: true })
    clock.advance(60_000)
    expect(codes(await results(released.InvokeId))).toEqual(['Aborted InstanceNotRunning'])
  })

  it('can be stopped: what runs is terminated, what has not begun is cancelled', async () => {
    const { run, invocation, results, clock, call, ids, refusal } = await cloudWithInstances(2)
    const { InvokeId } = await run({ CommandContent: 'sleep 40' })
    await call('StopInvocation', { InvokeId, InstanceId: [ids[0]] })
    clock.advance(1_000)
    await call('StopInvocation', { InvokeId })
    expect(await invocation(InvokeId)).toMatchObject({ InvocationStatus: 'Stopping' })
    clock.advance(1_000)
    expect(await invocation(InvokeId)).toMatchObject({ InvocationStatus: 'Stopped', InvokeStatus: 'Stopped' })
    const states = (await results(InvokeId)).map((row: { InvocationStatus: string }) => row.InvocationStatus).sort()
    expect(states).toEqual(['Cancelled', 'Terminated'])
    await call('StopInvocation', { InvokeId })
    expect(await refusal('StopInvocation', { InvokeId: 't-none' })).toMatchObject({ code: 'InvalidInvokeId.NotFound', status: 404 })
  })

  it('runs again and again by a rate, keeps its history, and ends when it is stopped', async () => {
    const { run, invocation, results, clock, call } = await cloudWithInstances()
    const { InvokeId } = await run({ RepeatMode: 'Period', Frequency: 'rate(5m)' })
    expect(await invocation(InvokeId)).toMatchObject({ InvocationStatus: 'Scheduled', Timed: true, Frequency: 'rate(5m)' })
    clock.advance(16 * 60_000)
    const [last, ...others] = await results(InvokeId, { IncludeHistory: true })
    expect(last).toMatchObject({ InvocationStatus: 'Scheduled', Repeats: 3, ExitCode: 0 })
    expect(others).toHaveLength(3)
    expect(others[0]).toMatchObject({ InvocationStatus: 'Success', StartTime: last.StartTime })
    await call('StopInvocation', { InvokeId })
    clock.advance(60 * 60_000)
    expect(await results(InvokeId)).toMatchObject([{ InvocationStatus: 'Cancelled', Repeats: 3 }])
  })

  it('runs once at a moment', async () => {
    const { run, results, clock } = await cloudWithInstances()
    const { InvokeId } = await run({ Frequency: 'at(2026-01-01 12:00:00 Asia/Shanghai)' })
    clock.set(Date.UTC(2026, 0, 1, 4, 0, 10))
    expect(await results(InvokeId)).toMatchObject([{ InvocationStatus: 'Success', StartTime: '2026-01-01T04:00:00Z', Repeats: 1 }])
  })

  it('waits for the next start of its instance, or for every one', async () => {
    const { run, results, clock, call, ids } = await cloudWithInstances()
    const once = await run({ RepeatMode: 'NextRebootOnly' })
    const always = await run({ RepeatMode: 'EveryReboot' })
    clock.advance(60_000)
    expect(await results(once.InvokeId)).toMatchObject([{ InvocationStatus: 'Scheduled', Repeats: 0 }])
    for (let round = 0; round < 2; round++) {
      await call('RebootInstance', { InstanceId: ids[0] })
      clock.advance(60_000)
    }
    expect(await results(once.InvokeId)).toMatchObject([{ InvocationStatus: 'Success', Repeats: 1 }])
    expect(await results(always.InvokeId)).toMatchObject([{ InvocationStatus: 'Scheduled', Repeats: 2 }])
  })

  it('goes to the instances that have the tags asked for', async () => {
    const { run, results, call, ids } = await cloudWithInstances(2)
    await call('TagResources', { ResourceType: 'instance', ResourceId: [ids[1]], Tag: [{ Key: 'role', Value: 'web' }] })
    const { InvokeId } = await run({ InstanceId: undefined, ResourceTag: [{ Key: 'role', Value: 'web' }] })
    expect(await results(InvokeId)).toMatchObject([{ InstanceId: ids[1] }])
  })

  it('begins nothing as a DryRun', async () => {
    const { run, call } = await cloudWithInstances()
    expect(await run({ RepeatMode: 'DryRun', KeepCommand: true })).toMatchObject({ InvokeId: '', CommandId: '' })
    expect((await call('DescribeInvocations')).TotalCount).toBe(0)
    expect((await call('DescribeCommands')).TotalCount).toBe(0)
  })

  it('of a stored command counts there, and keeps the script as it was', async () => {
    const { call, invocation, ids } = await cloudWithInstances()
    const command = {
      Name: 'greet',
      Type: 'RunShellScript',
      CommandContent: 'echo {{a}}',
      ContentEncoding: 'PlainText',
      EnableParameter: true,
    }
    const { CommandId } = await call('CreateCommand', command)
    const { InvokeId } = await call('InvokeCommand', { CommandId, InstanceId: ids, Parameters: { a: '1' }, Timeout: 20, Username: 'admin' })
    await call('ModifyCommand', { CommandId, Name: 'other' })
    expect((await call('DescribeCommands', { CommandId })).Commands.Command[0]).toMatchObject({ Name: 'other', InvokeTimes: 1 })
    expect(await invocation(InvokeId)).toMatchObject({ CommandName: 'greet', Timeout: 20, Username: 'admin' })
    const kept = await call('RunCommand', { Type: 'RunShellScript', CommandContent: 'ls', KeepCommand: true, Name: 'ls', InstanceId: ids })
    expect((await call('DescribeCommands', { CommandId: kept.CommandId })).Commands.Command[0]).toMatchObject({
      Name: 'ls',
      InvokeTimes: 1,
    })
  })

  it('is found by command, name, instance, status, mode and tag', async () => {
    const { run, call, clock, ids } = await cloudWithInstances(2)
    const one = await run({ Name: 'one', InstanceId: [ids[0]], Tag: [{ Key: 'k', Value: 'v' }] })
    clock.advance(10_000)
    const two = await run({ Name: 'two', InstanceId: [ids[1]], Frequency: 'rate(1h)' })
    const found = async (input: object) =>
      (await call('DescribeInvocations', input)).Invocations.Invocation.map((each: { InvokeId: string }) => each.InvokeId)
    expect(await found({})).toEqual([two.InvokeId, one.InvokeId])
    for (const input of [
      { CommandId: one.CommandId },
      { CommandName: 'on*' },
      { InstanceId: ids[0] },
      { InvokeStatus: 'Finished' },
      { InvokeStatus: 'Success' },
      { RepeatMode: 'Once' },
      { Timed: false },
      { Tag: [{ Key: 'k' }] },
    ])
      expect(await found(input)).toEqual([one.InvokeId])
    expect(await found({ InstanceId: ids[0], InvokeId: two.InvokeId })).toEqual([])
    const results = async (input: object) => (await call('DescribeInvocationResults', input)).Invocation
    expect((await results({ InvokeRecordStatus: 'Finished' })).InvocationResults.InvocationResult).toMatchObject([
      { InvokeId: one.InvokeId },
    ])
    expect(await results({ PageSize: 1, PageNumber: 2 })).toMatchObject({ TotalCount: 2, PageNumber: 2, PageSize: 1 })
  })

  it('is forgotten 30 days after its end', async () => {
    const { run, call, clock } = await cloudWithInstances()
    await run()
    clock.advance(29 * 86_400_000)
    expect((await call('DescribeInvocations')).TotalCount).toBe(1)
    clock.advance(2 * 86_400_000)
    expect((await call('DescribeInvocations')).TotalCount).toBe(0)
    expect((await call('DescribeInvocationResults')).Invocation.TotalCount).toBe(0)
  })

  it('counts against the quota of the day', async () => {
    const { run, cloud, clock, refusal, ids } = await cloudWithInstances()
    cloud.market.set([{ quota: { name: 'max-axt-invocation-daily', value: 1 } }])
    await run()
    const again = { Type: 'RunShellScript', CommandContent: 'ls', InstanceId: ids }
    expect(await refusal('RunCommand', again)).toMatchObject({ code: 'Invocation.ExceedQuota', status: 403 })
    clock.advance(86_400_000)
    await run()
  })

  it.each([
    [{ InstanceId: ['i-none'] }, 'InvalidInstance.NotFound', 404],
    [{ InstanceId: undefined }, 'MissingParameter.InstanceIds', 400],
    [{ InstanceId: Array.from({ length: 101 }, (_, at) => `i-${at}`) }, 'InstanceIds.ExceedLimit', 403],
    [{ ResourceTag: [{ Key: 'nobody' }], InstanceId: undefined }, 'InvalidInstance.NotFound', 404],
    [{ Type: 'RunBatScript' }, 'InvalidInstance.NotMatch', 403],
    [{ Type: 'RunPython' }, 'InvalidCmdType.NotFound', 403],
    [{ RepeatMode: 'Period' }, 'MissingParam.Frequency', 403],
    [{ Frequency: 'rate(30s)' }, 'InvalidParam.Frequency', 403],
    [{ Frequency: 'rate(8d)' }, 'InvalidParam.Frequency', 403],
    [{ Frequency: 'at(2025-01-01 00:00:00)' }, 'InvalidParam.Frequency', 403],
    [{ Frequency: 'rate(60s)', Timeout: 60 }, 'InvalidParam.Frequency', 403],
    [{ Frequency: '0/20 * * * * ?', Timeout: 30 }, 'InvalidParam.Frequency', 403],
    [
      {
        EnableParameter: true,
        CommandContent: '{{a}}',
        Parameters: Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`p${at}`, ''])),
      },
      'ParameterCount.ExceedLimit',
      403,
    ],
    [{ Frequency: 'whenever' }, 'InvalidParam.Frequency', 403],
    [{ RepeatMode: 'Hourly' }, 'InvalidParameter', 400],
    [{ Parameters: { a: '1' } }, 'Parameter.Disabled', 404],
    [{ EnableParameter: true, CommandContent: '{{a}}', Parameters: { a: '1', b: '2' } }, 'Parameter.NotMatched', 403],
    [{ EnableParameter: true, CommandContent: '{{a}}{{a}}{{a}}', Parameters: { a: 'x'.repeat(7_000) } }, 'CmdContent.ExceedLimit', 403],
    [{ Username: 'u'.repeat(256) }, 'Username.ExceedLimit', 403],
    [{ TerminationMode: 'Kill' }, 'InvalidParameter', 400],
    [{ OssOutputDelivery: 'oss://bucket' }, 'UnsupportedParameter', 400],
  ])('that cannot be begun is refused (%#)', async (input, code, status) => {
    const { refusal, ids, call } = await cloudWithInstances()
    const asked = { Type: 'RunShellScript', CommandContent: 'ls', InstanceId: ids, KeepCommand: true, ...input }
    expect(await refusal('RunCommand', asked)).toMatchObject({ code, status })
    expect((await call('DescribeCommands')).TotalCount).toBe(0)
  })

  it('is refused where one instance does not run', async () => {
    const { refusal, ids, call, clock } = await cloudWithInstances(2)
    await call('StopInstance', { InstanceId: ids[0] })
    clock.advance(20_000)
    const { CommandId } = await call('CreateCommand', { Name: 'n', Type: 'RunShellScript', CommandContent: 'bHM=' })
    expect(await refusal('InvokeCommand', { CommandId, InstanceId: ids })).toMatchObject({ code: 'InvalidInstanceStatus', status: 400 })
  })
})
