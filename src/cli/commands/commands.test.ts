import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { estate, tanxing } from '../testing.ts'
import { notRun } from './begin.ts'
import type { Outcome } from './outcomes.ts'
import { failed, isOver, outcomeLines, outcomeOf } from './outcomes.ts'
import { openStream } from './stream.ts'
import { goesOn } from './watch.ts'

let there: Awaited<ReturnType<typeof estate>>
beforeAll(async () => {
  there = await estate()
})
afterAll(() => there.cloud.close())

const play = (line: string | readonly string[], played: Parameters<typeof tanxing>[3] = {}) => tanxing(there.cloud, there.url, line, played)
const runs = (script: string, ...words: string[]) => play(['commands', 'run', ...words, '--', script])
const simulated = '[simulated: the local cloud runs no command]\n'

describe('a script that is run', () => {
  it('prints its output as it is, and ends with 0 when it succeeds', async () => {
    const { exitCode, out, err } = await runs('echo one; echo two', 'web-003')
    expect(out).toBe(`${simulated}one\ntwo\n`)
    expect(err).toBe('1 of 1 succeeded (local cloud)\n')
    expect(exitCode).toBe(0)
  })

  it('ends with 1 when it fails on any of several, whose names stand before their lines', async () => {
    const { exitCode, out, err } = await runs('echo one; exit 3', 'web-003', 'db-071')
    expect(
      out
        .split('\n')
        .filter((line) => line.endsWith('one'))
        .toSorted(),
    ).toEqual(['db-071: one', 'web-003: one'])
    expect(err).toContain('web-003: Failed, exit code 3\n')
    expect(err).toContain('0 of 2 succeeded')
    expect(exitCode).toBe(1)
  })

  it('is printed as a list where one is asked for', async () => {
    const { out } = await runs('echo one', 'web-003', '-o', 'json')
    expect(JSON.parse(out)).toMatchObject([{ Name: 'web-003', Status: 'Success', ExitCode: 0, Output: `${simulated}one\n` }])
  })

  it('is ended by the service when its time is up, which is no success', async () => {
    const { exitCode, err } = await runs('sleep 50', 'web-003', '--timeout', '10')
    expect(err).toMatch(/web-003: Timeout \(ExecutionTimeout/)
    expect(exitCode).toBe(1)
  })

  it('goes on at the service after Ctrl-C, which says so and how to end it', async () => {
    const controller = new AbortController()
    const script = ['commands', 'run', 'web-003', '-r', 'cn-hangzhou', '--timeout', '300', '--', 'sleep 200; echo late']
    let polls = 0
    const onSleep = () => {
      if (++polls === 3) controller.abort()
    }
    const { exitCode, out, err } = await play(script, { controller, onSleep })
    expect(exitCode).toBe(130)
    expect(out).toBe('')
    const [, id = ''] = /goes on at the service on 1 \(web-003\): `tanxing commands follow (t-\w+) --region cn-hangzhou`/.exec(err) ?? []
    expect(err).toContain(`tanxing commands stop ${id}`)
    const taken = await play(`commands follow ${id} --timeout 600`)
    expect(taken.out).toContain('late\n')
    expect(taken.exitCode).toBe(0)
  })

  it('is followed no longer than one is willing to wait', async () => {
    const begun = await runs('sleep 100', 'web-003', '--no-wait', '--timeout', '300')
    const id = begun.out.trim()
    expect(begun.err).toBe('begun on 1 of 1 (local cloud)\n')
    const late = await play(`commands follow ${id} --timeout 5`)
    expect(late.err).toContain('not over yet; it goes on at the service on 1 (web-003)')
    expect(late.exitCode).toBe(5)
    const stopped = await play(`commands stop ${id} --yes 1 -o json`)
    expect(JSON.parse(stopped.out)).toMatchObject([{ Id: id, Result: 'done', State: 'Stopped' }])
    const over = await play(`commands follow ${id}`)
    expect(over.err).toContain('web-003: Terminated')
    expect(over.exitCode).toBe(1)
    expect((await play(`commands stop ${id}`)).exitCode).toBe(0)
  })

  it('is not sent where it cannot run, and runs on the others nevertheless', async () => {
    await play('instances stop web-125 --yes 1')
    const { exitCode, out, err } = await runs('echo one', 'web-003', 'web-125')
    expect(out).toBe(`${simulated}one\n`)
    expect(err).toMatch(/web-125: not run: the instance is Stopped\n1 of 2 succeeded/)
    expect(exitCode).toBe(1)
    const windows = await runs('echo one', 'web-003', '--type', 'powershell')
    expect(windows.err).toContain('not run: it is for Windows, and this is Linux')
    expect(windows.exitCode).toBe(1)
  })

  it('is asked about where a filter says on which instances, and never where it is a dry run', async () => {
    const begun = () => there.cloud.requests(1_000).filter(({ action }) => action === 'RunCommand').length
    const before = begun()
    const nobody = await runs('uptime', '--filter', 'name=web-003')
    expect(nobody.exitCode).toBe(6)
    expect(begun()).toBe(before)
    const dry = await runs('uptime', '--filter', 'name=web-003', '--dry-run')
    expect(dry.err).toContain('it would run on 1 of 1')
    expect((await runs('uptime', '--filter', 'name=web-003', '--yes', '1')).exitCode).toBe(0)
  })

  it('is refused whole above the limit', async () => {
    const { exitCode, err } = await runs('uptime', 'web-003', 'db-071', '--limit', '1')
    expect(err).toContain('2 instances are more than the 1 that one run takes')
    expect(exitCode).toBe(6)
  })

  it.each([
    ['commands run web-003', 'give the script after --'],
    ['commands run web-003 -- ', 'give the script after --'],
    ['commands run web-003 --timeout 5 -- x', '--timeout is a number of seconds from 10 to 86400'],
    ['commands run web-003 --param a -- x', '--param a needs a value'],
    ['commands run web-003 --param a=1 --param a=2 -- x', '--param a is given twice'],
    ['commands run web-003 --command x -- y', '--command names what is run'],
    ['commands run -- x', 'name at least one instance'],
    ['commands follow', 'name a run by its id'],
    ['commands save -- x', 'give the command one name'],
  ])('%s is misuse', async (line, why) => {
    const { exitCode, err } = await play(line)
    expect(err).toContain(why)
    expect(exitCode).toBe(2)
  })

  it('that the service refuses is told for each instance', async () => {
    const { exitCode, err } = await runs('x'.repeat(30_000), 'web-003')
    expect(err).toContain('web-003: not run: CmdContent.ExceedLimit')
    expect(exitCode).toBe(1)
  })
})

describe('a run that cannot be followed', () => {
  it('is told by its id, as it was begun', async () => {
    const own = await estate()
    own.cloud.faults.add({ match: { action: 'DescribeInvocationResults' }, effect: { error: 'Forbidden.RAM' } })
    const { exitCode, err } = await tanxing(own.cloud, own.url, 'commands run web-003 -- uptime')
    expect(err).toMatch(/it may go on at the service: `tanxing commands follow t-\w+`/)
    expect(exitCode).toBe(4)
    await own.cloud.close()
  })
})

describe('what nobody follows any more', () => {
  it.each([
    [{ local: true }, 'it ends with the local cloud in this process'],
    [
      { local: false },
      'it may go on at the service: `tanxing commands follow t-1 --profile p` takes it up again, `tanxing commands stop t-1 --profile p` ends it',
    ],
  ])('with %j', (connection, said) => {
    const values = { text: (name: string) => (name === 'profile' ? 'p' : undefined), list: () => [], flag: () => false }
    const followed = { invokeIds: ['t-1'], names: new Map(), total: 1 }
    expect(goesOn(followed, { outcomes: [] }, connection, { values, language: 'en' })).toBe(said)
  })
})

describe('a saved command', () => {
  it('is run by its name with values for its parameters, gets another script, and goes', async () => {
    expect((await play(['commands', 'save', 'greet', '--with-params', '--', 'echo hello {{who}}'])).exitCode).toBe(0)
    const greeted = await play('commands run web-003 --command greet --param who=you')
    expect(greeted.out).toBe(`${simulated}hello you\n`)
    expect((await play('commands save greet -- echo')).err).toContain('there is a command greet already')
    expect((await play('commands save greet --replace --type bat --with-params -- x')).err).toContain('its type is shell')
    expect((await play(['commands', 'save', 'greet', '--replace', '--', 'echo {{who}}'])).err).toContain(
      'takes parameters cannot be changed',
    )
    const again = ['commands', 'save', 'greet', '--replace', '--with-params', '--', 'echo bye {{who}}']
    expect((await play([...again.slice(0, 4), '--dry-run', ...again.slice(4)])).err).toContain('it would replace the script of c-')
    expect((await play(again)).exitCode).toBe(0)
    expect((await play('commands get greet --query CommandContent -o ids')).out).toBe('echo bye {{who}}\n')
    expect((await play('commands delete greet --yes 1')).exitCode).toBe(0)
    expect((await play('commands get greet')).exitCode).toBe(3)
  })
})

describe('an outcome', () => {
  const outcome = (more: Partial<Outcome>): Outcome => ({
    InstanceId: 'i-1',
    Name: 'a',
    InvokeId: 't-1',
    Status: 'Success',
    Output: '',
    Dropped: 0,
    ...more,
  })

  it('has an exit code only when it has ended', () => {
    const result = { InstanceId: 'i-1', InvokeId: 't-1', InvocationStatus: 'Running', ExitCode: 0, FinishedTime: '', Output: 'aGkK' }
    expect(outcomeOf(result as never, 'a')).toMatchObject({ ExitCode: undefined, Output: 'hi\n' })
  })

  it('of a run by the clock is neither waited for nor failed', () => {
    const scheduled = outcome({ Status: 'Scheduled' })
    expect([isOver(scheduled), failed(scheduled)]).toEqual([true, false])
    expect(outcomeLines([scheduled], undefined, { language: 'zh' })).toEqual(['共 1 台实例，成功 0 个，等待定时执行 1 个'])
  })

  it('tells what was dropped, and of names nothing that rules a terminal', () => {
    const [line] = outcomeLines([outcome({ Name: 'a\u001b[2J', Dropped: 7 })], undefined, { language: 'en' })
    expect(line).toBe('i-1 a [2J: the service keeps the first and the last 24 KB of output; 7 bytes between them are gone')
  })

  it('is not there where nothing was begun', () => {
    const one = notRun({ InstanceId: 'i-1', InstanceName: 'a' } as never, 'why')
    expect(outcomeLines([one], undefined, { language: 'en' })).toEqual(['i-1 a: not run: why', '0 of 1 succeeded'])
  })

  it('is printed line by line as it comes, each once, a line only when it is complete', () => {
    let out = ''
    const world = { stdout: (text: string) => void (out += text), columns: 80 }
    const stream = openStream({ world } as never, true)
    stream(outcome({ Status: 'Running', Output: 'one\ntw' }))
    expect(out).toBe('a: one\n')
    stream(outcome({ Status: 'Running', Output: 'one\ntwo\n\n\u001b[2Jthree' }))
    stream(outcome({ Output: 'one\ntwo\n\n\u001b[2Jthree' }))
    stream(outcome({ Output: 'one\ntwo\n\n\u001b[2Jthree' }))
    expect(out).toBe('a: one\na: two\na: \na: [2Jthree\n')
  })

  it('of one alone reaches a pipe byte by byte', () => {
    let out = ''
    const world = { stdout: (text: string) => void (out += text), columns: undefined }
    openStream({ world } as never, false)(outcome({ Output: 'a\u001b[1m\r\nb' }))
    expect(out).toBe('a\u001b[1m\r\nb')
  })
})
