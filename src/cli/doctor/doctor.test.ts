import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { masked } from './credentials.ts'
import { fileFinding, nodeFinding } from './machine.ts'
import { clockFinding } from './network.ts'

const noon = Date.UTC(2026, 10, 24, 12)
const date = new Date(noon).toUTCString()

describe('the doctor', () => {
  it.each([
    [0, 'ok'],
    [40_000, 'ok'],
    [-70_000, 'warn'],
    [16 * 60_000, 'fail'],
    [-16 * 60_000, 'fail'],
  ])('finds a clock that is %d ms off %s', (off, level) => {
    expect(clockFinding(date, noon + off)).toMatchObject({ level })
  })

  it('says which way a clock is wrong, and says nothing of one it cannot compare', () => {
    expect(clockFinding(date, noon + 1_200_000).found.en).toBe('1,200 s ahead of the endpoint')
    expect(clockFinding(date, noon - 1_200_000).found.zh).toBe('比端点慢 1,200 秒')
    expect(clockFinding(undefined, noon).level).toBe('skip')
  })

  it.each([
    ['20.20.2', 'ok'],
    ['24.0.0', 'ok'],
    ['20.18.0', 'fail'],
    ['18.20.0', 'fail'],
  ])('finds Node.js %s %s', (version, level) => {
    expect(nodeFinding(version)).toMatchObject({ level })
  })

  it('shows an AccessKey ID with its middle left out', () => {
    expect(masked('LTAI5tAbCdEfGhIjKlMnOpQr')).toBe('LTAI5t…OpQr')
    expect(masked('short')).toBe('sh…')
  })

  it('warns of a file of profiles that others can read', async () => {
    const home = await mkdtemp(join(tmpdir(), 'tanxing-doctor-'))
    try {
      const path = join(home, '.aliyun', 'config.json')
      await mkdir(join(home, '.aliyun'))
      await writeFile(path, JSON.stringify({ profiles: [{ name: 'a' }, { name: 'b' }] }), { mode: 0o600 })
      expect(await fileFinding({ env: {}, home })).toMatchObject({ level: 'ok', found: { en: '~/.aliyun/config.json (0600): a, b' } })
      await chmod(path, 0o644)
      const { level, fix } = await fileFinding({ env: {}, home })
      expect(level).toBe('warn')
      expect(fix?.en).toBe('others can read your keys: chmod 600 ~/.aliyun/config.json')
    } finally {
      await rm(home, { recursive: true })
    }
  })
})
