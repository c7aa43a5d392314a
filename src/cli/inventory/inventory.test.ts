import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Credentials } from '../../api/wire.ts'
import { createCloud } from '../../cloud/index.ts'
import { run } from '../cli.ts'
import type { World } from '../command.ts'

const endings: (() => unknown)[] = []
afterEach(async () => {
  for (const end of endings.splice(0)) await end()
})

/** A cloud of two accounts, and a home with a profile for each of the keys. */
async function estate() {
  const key = (name: string): Credentials => ({ accessKeyId: `key${name}`, accessKeySecret: `secret-${name}` })
  const cloud = await createCloud({ seed: 'demo', clock: 'manual', keys: [key('one')] })
  const { url } = await cloud.listen({ port: 0 })
  const home = mkdtempSync(join(tmpdir(), 'tanxing-inventory-'))
  endings.push(
    () => cloud.close(),
    () => rmSync(home, { recursive: true, force: true }),
  )
  const profile = (name: string, { accessKeyId, accessKeySecret }: Credentials) => ({
    name,
    mode: 'AK',
    access_key_id: accessKeyId,
    access_key_secret: accessKeySecret,
    region_id: 'cn-beijing',
  })
  mkdirSync(join(home, '.aliyun'))
  const profiles = [profile('prod', key('one')), profile('same', key('one')), profile('gone', key('nobody'))]
  writeFileSync(join(home, '.aliyun', 'config.json'), JSON.stringify({ current: 'prod', profiles }))
  return async (line: string, env: World['env'] = {}) => {
    let [out, err] = ['', '']
    const world: World = {
      env: { TANXING_ENDPOINT: url, ...env },
      home,
      stdout: (text) => void (out += text),
      stderr: (text) => void (err += text),
      columns: undefined,
      ask: undefined,
      signal: new AbortController().signal,
      now: () => cloud.clock.now(),
      sleep: () => Promise.resolve(),
    }
    return { exitCode: await run(line.split(' '), world, '0'), out, err }
  }
}

describe('an inventory of several profiles', () => {
  it('shows what all that can look see, names the one that cannot, and ends with 1', async () => {
    const tanxing = await estate()
    const { exitCode, out, err } = await tanxing('inventory --all-profiles -o csv --columns id,region,profile')
    expect(exitCode).toBe(1)
    expect(err).toMatch(/^gone: InvalidAccessKeyId\.NotFound: /)
    const [head, ...rows] = out.trimEnd().split('\n')
    expect(head).toBe('ID,REGION,PROFILE')
    expect(rows).toHaveLength(250)
    expect(new Set(rows).size).toBe(250)
  })

  it('gives once what two profiles of one account see', async () => {
    const tanxing = await estate()
    const { exitCode, out, err } = await tanxing('inventory --profile prod --profile same --region us-west-1 -o json')
    expect(exitCode).toBe(0)
    expect(err).toContain('6 of 6\n')
    const items = JSON.parse(out) as { readonly Profile: string; readonly RegionId: string }[]
    expect(items.map(({ Profile, RegionId }) => `${Profile} ${RegionId}`)).toEqual(Array.from({ length: 6 }, () => 'prod us-west-1'))
  })

  it('is of one profile as of the environment, with no column for it', async () => {
    const tanxing = await estate()
    const { exitCode, out } = await tanxing('inventory --profile prod --region us-west-1')
    expect(exitCode).toBe(0)
    expect(out).not.toContain('PROFILE')
  })

  it('ends as the failure does where nobody can look', async () => {
    const tanxing = await estate()
    const { exitCode, out, err } = await tanxing('inventory --profile gone --profile absent')
    expect(exitCode).toBe(4)
    expect(err).toContain('gone: ')
    expect(err).toContain('absent: ')
    expect(err).toContain('tanxing: no region could be read\n')
    expect(out).toBe('')
  })
})
