import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { CloudOptions } from '../../cloud.ts'
import { cloudWithNetwork, testCloud } from '../../testing.ts'
import { ending, type Executor, type ScriptRun } from './executor.ts'

/** A cloud whose scripts `executor` runs, with instances that run. */
async function cloudWith(executor: Executor, count = 1, options: CloudOptions = {}) {
  const cloud = await cloudWithNetwork({ executor, ...options })
  const ids = await cloud.launch({ Amount: count })
  cloud.clock.advance(20_000)
  const results = async (InvokeId: string, input: object = {}) =>
    (await cloud.call('DescribeInvocationResults', { InvokeId, ContentEncoding: 'PlainText', ...input })).Invocation.InvocationResults
      .InvocationResult
  /** Runs a script and lets it begin. */
  const run = async (input: object = {}): Promise<string> => {
    const { InvokeId } = await cloud.call('RunCommand', { Type: 'RunShellScript', CommandContent: 'uname', InstanceId: ids, ...input })
    cloud.clock.advance(1_000)
    cloud.cloud.settle()
    return InvokeId
  }
  const ended = (InvokeId: string, expected: object) => vi.waitFor(async () => expect(await results(InvokeId)).toMatchObject([expected]))
  return { ...cloud, ids, run, results, ended }
}

/** An executor that answers when it is told to. */
function held() {
  const runs: ScriptRun[] = []
  const waiting: ((result: { output: string; exitCode: number }) => void)[] = []
  const executor: Executor = (run) => {
    runs.push(run)
    return new Promise((resolve) => waiting.push(resolve))
  }
  const begun = (count: number) => vi.waitFor(() => expect(runs).toHaveLength(count))
  return { executor, runs, waiting, begun }
}

describe('an executor', () => {
  it('is given the script with its parameters, the instance and the manner, and its output is the result', async () => {
    const asked: ScriptRun[] = []
    const { run, ended, ids, instances } = await cloudWith(async (one) => {
      asked.push(one)
      return { output: `ran: ${one.script}\n`, exitCode: 0 }
    })
    const CommandContent = 'echo {{who}} {{ACS::InstanceId}}'
    const manner = { EnableParameter: true, Parameters: { who: 'Li' }, Timeout: 30, Username: 'admin', WorkingDir: '/srv' }
    const InvokeId = await run({ CommandContent, ...manner })
    await ended(InvokeId, { InvocationStatus: 'Success', ExitCode: 0, Output: `ran: echo Li ${ids[0]}\n`, Repeats: 1 })
    const [instance] = await instances()
    expect(asked).toMatchObject([
      {
        instance: {
          instanceId: ids[0],
          regionId: 'cn-hangzhou',
          os: 'linux',
          privateIpAddress: instance.VpcAttributes.PrivateIpAddress.IpAddress[0],
        },
        invokeId: InvokeId,
        type: 'RunShellScript',
        script: `echo Li ${ids[0]}`,
        user: 'admin',
        workingDir: '/srv',
        timeoutMs: 30_000,
      },
    ])
  })

  it('leaves a run Running until it answers, however far the clock goes', async () => {
    const { executor, waiting, begun } = held()
    const { run, results, ended, clock } = await cloudWith(executor)
    const InvokeId = await run()
    await begun(1)
    clock.advance(3_600_000)
    expect(await results(InvokeId)).toMatchObject([{ InvocationStatus: 'Running' }])
    waiting[0]?.({ output: 'late but here', exitCode: 3 })
    await ended(InvokeId, { InvocationStatus: 'Failed', ErrorCode: 'ExitCodeNonzero', ExitCode: 3, Output: 'late but here' })
  })

  it.each([
    [
      () => {
        throw new Error('no docker here')
      },
      'no docker here',
    ],
    [() => Promise.reject(new Error('x'.repeat(5_000))), 'x'.repeat(1_024)],
    [() => ({ output: 1, exitCode: 0 }) as never, 'the executor returned no output, which is a text'],
    [() => ({ output: '' }) as never, 'the executor returned no exitCode, which is a whole number'],
    [() => undefined as never, 'the executor returned no result'],
  ] satisfies [Executor, string][])('that fails fails the run, and the cloud goes on (%#)', async (executor, reason) => {
    const { run, ended, call } = await cloudWith(executor)
    await ended(await run(), { InvocationStatus: 'Failed', ErrorCode: 'ExecutionException', ErrorInfo: reason })
    expect((await call('DescribeInvocations')).TotalCount).toBe(1)
  })

  it('is told by its signal when its time is over, and is not waited for', async () => {
    const { executor, runs } = held()
    const instance = {
      instanceId: 'i-1',
      instanceName: '',
      regionId: '',
      accountId: '',
      os: 'linux',
      privateIpAddress: '',
      publicIpAddress: '',
    } as const
    const run = { instance, invokeId: 't-1', type: 'RunShellScript', script: '', user: 'root', workingDir: '', timeoutMs: 5 } as const
    expect(await ending(executor, run, new AbortController().signal)).toEqual({ how: 'late' })
    expect(runs[0]?.signal.aborted).toBe(true)
  })

  it('is told by its signal when a run is stopped, and what it answers then does not count', async () => {
    const { executor, runs, waiting, begun } = held()
    const { run, results, call, clock } = await cloudWith(executor)
    const InvokeId = await run()
    await begun(1)
    await call('StopInvocation', { InvokeId })
    expect(runs[0]?.signal.aborted).toBe(true)
    waiting[0]?.({ output: 'after all', exitCode: 0 })
    clock.advance(1_000)
    expect(await results(InvokeId)).toMatchObject([{ InvocationStatus: 'Terminated', Output: '' }])
  })

  it('is told when the instance stops, which interrupts the run', async () => {
    const { executor, runs, begun } = held()
    const { run, ended, call, ids } = await cloudWith(executor)
    const InvokeId = await run()
    await begun(1)
    await call('StopInstance', { InstanceId: ids[0] })
    expect(runs[0]?.signal.aborted).toBe(true)
    await ended(InvokeId, { InvocationStatus: 'Failed', ErrorCode: 'ExecutionInterrupted' })
  })

  it('is told when the cloud is reset or closed', async () => {
    const { executor, runs, begun } = held()
    const { run, cloud } = await cloudWith(executor)
    await run()
    await begun(1)
    cloud.reset()
    expect(runs[0]?.signal.aborted).toBe(true)
    await cloud.close()
  })

  it('has at most 16 runs in hand, the others wait', async () => {
    const { executor, runs, waiting, begun } = held()
    const { run, call } = await cloudWith(executor, 20)
    const InvokeId = await run()
    await begun(16)
    for (const answer of waiting.splice(0)) answer({ output: 'ok', exitCode: 0 })
    await begun(20)
    for (const answer of waiting) answer({ output: 'ok', exitCode: 0 })
    await vi.waitFor(async () =>
      expect((await call('DescribeInvocations', { InvokeId })).Invocations.Invocation[0].InvocationStatus).toBe('Success'),
    )
    expect(new Set(runs.map((one) => one.instance.instanceId)).size).toBe(20)
  })

  it('runs what comes again each time', async () => {
    let count = 0
    const { run, results, clock, cloud } = await cloudWith(() => ({ output: `${++count}`, exitCode: 0 }))
    const InvokeId = await run({ Frequency: 'rate(5m)' })
    for (const round of ['1', '2']) {
      clock.advance(300_000)
      cloud.settle()
      await vi.waitFor(async () => expect((await results(InvokeId))[0]).toMatchObject({ InvocationStatus: 'Scheduled', Output: round }))
    }
  })

  it('is not asked by a dry run, nor for a file that is sent', async () => {
    const asked: ScriptRun[] = []
    const { run, call, ids, clock, cloud } = await cloudWith((one) => {
      asked.push(one)
      return { output: '', exitCode: 0 }
    })
    await run({ RepeatMode: 'DryRun' })
    await call('SendFile', { Name: 'a', TargetDir: '/tmp', Content: 'x', InstanceId: ids })
    clock.advance(10_000)
    cloud.settle()
    expect((await call('DescribeSendFileResults')).Invocations.Invocation[0].InvocationStatus).toBe('Success')
    expect(asked).toEqual([])
  })

  it('that was lost with its process leaves a run that is interrupted once its time is over', async () => {
    const data = await mkdtemp(join(tmpdir(), 'tanxing-executor-'))
    const { executor, begun } = held()
    const first = await cloudWith(executor, 1, { data })
    const InvokeId = await first.run({ Timeout: 60 })
    await begun(1)
    await first.cloud.close()
    const again = await testCloud({ data, seed: 'test', keys: [first.cloud.credentials], executor })
    const results = async () => (await again.call('DescribeInvocationResults', { InvokeId })).Invocation.InvocationResults.InvocationResult
    expect(await results()).toMatchObject([{ InvocationStatus: 'Running' }])
    again.clock.advance(60_000)
    expect(await results()).toMatchObject([{ InvocationStatus: 'Failed', ErrorCode: 'ExecutionInterrupted' }])
    await again.cloud.close()
    await rm(data, { recursive: true })
  })

  it('is not asked again for a run that a snapshot brings back', async () => {
    const { executor, runs, begun } = held()
    const { run, results, cloud, clock } = await cloudWith(executor)
    const InvokeId = await run()
    await begun(1)
    await cloud.snapshots.take('running')
    await cloud.snapshots.restore('running')
    expect(runs[0]?.signal.aborted).toBe(true)
    clock.advance(61_000)
    expect(await results(InvokeId)).toMatchObject([{ InvocationStatus: 'Failed', ErrorCode: 'ExecutionInterrupted' }])
    expect(runs).toHaveLength(1)
  })

  it('must be a function', async () => {
    await expect(testCloud({ executor: 'sh' as never })).rejects.toThrow(TypeError)
  })
})
