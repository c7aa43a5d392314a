import { describe, expect, it } from 'vitest'
import { splitCommand } from './command.ts'
import { findCredentials } from './credentials.ts'
import { configOf, noon, type Scene, stsAnswer, surroundingsOf } from './testing.ts'

const keys = { mode: 'StsToken', access_key_id: 'id', access_key_secret: 'printed-secret', sts_token: 't' }
const profile = (command = 'print-keys --for ops') => ({ config: configOf({ mode: 'External', process_command: command }) })

async function get(printed: unknown, scene: Scene = profile()) {
  const run: Scene['run'] = async () => (typeof printed === 'string' ? printed : JSON.stringify(printed))
  return (await findCredentials(surroundingsOf({ serve: () => stsAnswer(), run, ...scene }))).get()
}

/** A command of this very Node.js, so that the test runs anywhere. */
const node = (script: string) => `"${process.execPath.replaceAll('\\', '/')}" -e '${script}'`

const fromProcess = async (script: string) => {
  const { run: _run, ...surroundings } = surroundingsOf(profile(node(script)))
  return (await findCredentials({ ...surroundings, env: process.env }, 'work')).get()
}

describe('an External profile', () => {
  it('takes the keys its command prints, and runs it again before they end', async () => {
    let now = noon
    const commands: (readonly string[])[] = []
    const run: Scene['run'] = async (words) => {
      commands.push(words)
      return JSON.stringify({ ...keys, access_key_id: `id-${commands.length}`, expiration: '2026-06-01T13:00:00Z' })
    }
    const source = await findCredentials(surroundingsOf({ ...profile(), run, now: () => now }))
    expect(source).toMatchObject({ source: { en: 'profile work of ~/.aliyun/config.json (External)' }, regionId: 'cn-beijing' })
    expect(await source.get()).toEqual({ accessKeyId: 'id-1', accessKeySecret: 'printed-secret', securityToken: 't' })
    now += 57 * 60_000
    expect(await source.get()).toMatchObject({ accessKeyId: 'id-2' })
    expect(commands).toEqual([
      ['print-keys', '--for', 'ops'],
      ['print-keys', '--for', 'ops'],
    ])
  })

  it('may print a role to be played, or keys without a mode', async () => {
    const role = { mode: 'RamRoleArn', access_key_id: 'id', access_key_secret: 's', ram_role_arn: 'acs:ram::1:role/ops' }
    expect(await get(role)).toMatchObject({ accessKeyId: 'STS.1' })
    expect(await get({ access_key_id: 'id', access_key_secret: 's' })).toMatchObject({ accessKeyId: 'id' })
  })

  it.each([
    ['prints no JSON', 'printed-secret', 'ExternalCommandFailed', 'the command printed no JSON object'],
    ['prints too much', ' '.repeat(70_000), 'ExternalCommandFailed', 'the command printed no JSON object'],
    ['prints another command', { mode: 'external', process_command: 'x' }, 'ExternalCommandFailed', 'of mode External again'],
    ['prints its own command', { process_command: 'print-keys' }, 'InvalidConfigFile', 'access_key_id is missing'],
    ['prints half a key', { ...keys, sts_token: '' }, 'InvalidConfigFile', 'sts_token is missing'],
    ['prints a key that cannot be sent', { ...keys, sts_token: 'a b' }, 'InvalidCredentials', 'securityToken'],
  ])('whose command %s fails clearly', async (_name, printed, code, message) => {
    const error: unknown = await get(printed).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) as string })
    expect(String(error)).not.toContain('printed-secret')
  })

  it('mixes nothing of an earlier run, which the file may hold, with what is printed now', async () => {
    const stale = { access_key_id: 'old', access_key_secret: 'old', sts_token: 'old', sts_expiration: 1 }
    const config = configOf({ mode: 'External', process_command: 'print-keys', ...stale })
    expect(await get({ access_key_id: 'id', access_key_secret: 's' }, { config })).toEqual({ accessKeyId: 'id', accessKeySecret: 's' })
    await expect(get({ access_key_id: 'id' }, { config })).rejects.toThrow('access_key_secret is missing')
  })

  it('is not run where that is turned off', async () => {
    const env = { ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS: 'true' }
    await expect(get(keys, { ...profile(), env })).rejects.toMatchObject({ code: 'ExternalCommandFailed' })
  })

  it('runs a real command, with no shell between', async () => {
    const script = 'console.log(JSON.stringify({ access_key_id: "id", access_key_secret: "$HOME;" }))'
    expect(await fromProcess(script)).toMatchObject({ accessKeyId: 'id', accessKeySecret: '$HOME;' })
  })

  it.each([
    ['fails', 'console.error("printed-secret"); process.exit(3)', 'the command ended with exit code 3'],
    ['prints without end', 'for (;;) process.stdout.write("printed-secret ".repeat(10000))', 'the command printed more than 65536 bytes'],
  ])('tells of a command that %s without repeating what it printed', async (_name, script, message) => {
    const error: unknown = await fromProcess(script).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'ExternalCommandFailed', message: `profile work of ~/.aliyun/config.json: ${message}` })
  })

  it('tells of a command that is not there', async () => {
    const { run: _run, ...surroundings } = surroundingsOf(profile('/nowhere/at-all'))
    await expect((await findCredentials(surroundings)).get()).rejects.toThrow('the command could not be run (ENOENT)')
  })
})

describe('a command line', () => {
  it.each([
    [`a "b c" 'd "e' ""`, ['a', 'b c', 'd "e', '']],
    [String.raw`a\ b "c\"d" "e\f" '\'`, ['a b', 'c"d', String.raw`e\f`, '\\']],
    [`  one\ttwo  `, ['one', 'two']],
    [`a "b`, undefined],
    [' ', undefined],
  ])('is split as a shell splits it: %s', (line, words) => {
    expect(splitCommand(line)).toEqual(words)
  })

  it('keeps the backslashes of Windows', () => {
    expect(splitCommand(String.raw`"C:\Program Files\k.exe" C:\x "a\"b"`, true)).toEqual([
      String.raw`C:\Program Files\k.exe`,
      String.raw`C:\x`,
      'a"b',
    ])
  })
})
