import { describe, expect, it } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

async function cloudWithSchedule(input: object = {}) {
  const cloud = await cloudWithNetwork()
  const ids = await cloud.launch({ Amount: 2 })
  cloud.clock.advance(20_000)
  const begin = (more: object = {}) =>
    cloud.call('RunCommand', {
      Type: 'RunShellScript',
      CommandContent: 'echo one',
      InstanceId: [ids[0]],
      Frequency: 'rate(10m)',
      ...input,
      ...more,
    })
  const { InvokeId, CommandId } = await begin()
  const modify = (more: object) => cloud.call('ModifyInvocationAttribute', { InvokeId, ...more })
  const invocation = async () =>
    (await cloud.call('DescribeInvocations', { InvokeId, ContentEncoding: 'PlainText' })).Invocations.Invocation[0]
  const results = async () =>
    (await cloud.call('DescribeInvocationResults', { InvokeId, ContentEncoding: 'PlainText' })).Invocation.InvocationResults
      .InvocationResult
  return { ...cloud, ids, begin, InvokeId, CommandId, modify, invocation, results }
}

describe('an invocation that comes again', () => {
  it('runs another script from its next time on, which is another command', async () => {
    const { modify, invocation, results, clock, CommandId } = await cloudWithSchedule()
    const changed = await modify({ CommandContent: Buffer.from('echo two').toString('base64'), ContentEncoding: 'Base64' })
    expect(changed.CommandId).not.toBe(CommandId)
    expect(await invocation()).toMatchObject({ CommandContent: 'echo two', CommandId: changed.CommandId })
    clock.advance(605_000)
    expect((await results())[0].Output).toMatch(/two\n$/)
    expect((await modify({ CommandContent: 'echo two' })).CommandId).toBe(changed.CommandId)
  })

  it('keeps another command where the former was kept', async () => {
    const { modify, call, CommandId } = await cloudWithSchedule({ KeepCommand: true, Name: 'kept' })
    const changed = await modify({ CommandContent: 'echo two' })
    const { Commands } = await call('DescribeCommands', { ContentEncoding: 'PlainText' })
    expect(Commands.Command.map((one: { CommandId: string; CommandContent: string }) => [one.CommandId, one.CommandContent])).toEqual([
      [changed.CommandId, 'echo two'],
      [CommandId, 'echo one'],
    ])
  })

  it('takes other parameters', async () => {
    const { modify, results, clock } = await cloudWithSchedule({
      CommandContent: 'echo {{a}}{{b}}',
      EnableParameter: true,
      Parameters: { a: '1', b: '2' },
    })
    await modify({ Parameters: { a: '5' } })
    clock.advance(605_000)
    expect((await results())[0].Output).toMatch(/12\n$/)
    await modify({ EnableParameter: true, Parameters: { a: '5' } })
    clock.advance(600_000)
    expect((await results())[0].Output).toMatch(/5\n$/)
  })

  it('comes at other times, a rate counted from when it was created', async () => {
    const { modify, results, clock } = await cloudWithSchedule()
    clock.advance(120_000)
    await modify({ Frequency: 'rate(5m)' })
    clock.advance(180_000)
    expect((await results())[0]).toMatchObject({ Repeats: 1, StartTime: '2026-01-01T00:07:20Z' })
    clock.advance(300_000)
    expect((await results())[0]).toMatchObject({ Repeats: 2 })
  })

  it('goes to more instances', async () => {
    const { modify, results, invocation, ids, clock, call } = await cloudWithSchedule()
    await call('StopInvocation', { InvokeId: (await invocation()).InvokeId, InstanceId: ['i-none'] }).catch(() => undefined)
    await modify({ InstanceId: ids })
    clock.advance(605_000)
    expect((await results()).map((one: { InstanceId: string }) => one.InstanceId).toSorted()).toEqual([...ids].toSorted())
    expect(await invocation()).toMatchObject({ InvocationStatus: 'Scheduled' })
  })

  it('leaves its schedule alone when it waits for a reboot', async () => {
    const { modify, invocation } = await cloudWithSchedule({ Frequency: undefined, RepeatMode: 'EveryReboot' })
    await modify({ Frequency: 'rate(5m)', CommandContent: 'echo boot' })
    expect(await invocation()).toMatchObject({ RepeatMode: 'EveryReboot', Frequency: '', CommandContent: 'echo boot' })
  })

  it.each([
    [{ Frequency: 'rate(30s)' }, 'InvalidParameter.Frequency', 400],
    [{ Frequency: 'rate(60s)' }, 'InvalidParameter.Frequency', 400],
    [{ CommandContent: '%%%', ContentEncoding: 'Base64' }, 'InvalidCommandContent.DecodeError', 400],
    [{ CommandContent: 'x'.repeat(24_000) }, 'InvalidCommandContent.LengthLimitExceeded', 403],
    [{ EnableParameter: true, Parameters: { z: '1' } }, 'InvalidParameters.KeyNotMatch', 400],
    [{ EnableParameter: true, Parameters: { '': '1' } }, 'InvalidParameters.KeyEmpty', 400],
    [{ EnableParameter: true, Parameters: { ['k'.repeat(65)]: '1' } }, 'InvalidParameters.KeyLengthLimitExceeded', 403],
    [
      { EnableParameter: true, Parameters: Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`k${at}`, ''])) },
      'InvalidParameters.CountLimitExceeded',
      403,
    ],
    [{ InstanceId: ['i-none'] }, 'InvalidInstanceId.NotFound', 404],
    [{ InstanceId: Array.from({ length: 100 }, (_, at) => `i-${at}`) }, 'InvalidInstanceId.CountLimitExceeded', 403],
    [{ InvokeId: 't-none' }, 'InvalidInvokeId.NotFound', 404],
  ])('is not changed by %j', async (input, code, status) => {
    const { refusal, InvokeId } = await cloudWithSchedule()
    expect(await refusal('ModifyInvocationAttribute', { InvokeId, ...input })).toMatchObject({ code, status })
  })

  it('is the only one that can be changed, while it goes on', async () => {
    const { refusal, begin, call, clock, InvokeId } = await cloudWithSchedule()
    const once = await begin({ Frequency: undefined })
    expect(await refusal('ModifyInvocationAttribute', { InvokeId: once.InvokeId })).toMatchObject({
      code: 'InvalidOperation.RepeatModeUnsupported',
      status: 403,
    })
    await call('StopInvocation', { InvokeId })
    clock.advance(5_000)
    expect(await refusal('ModifyInvocationAttribute', { InvokeId })).toMatchObject({
      code: 'InvalidOperation.InvokeAlreadyFinished',
      status: 403,
    })
  })
})
