import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { fileFor, readCompiled, writeCompiled } from './compiled.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tanxing-compiled-'))
  return () => rmSync(home, { recursive: true, force: true })
})

const commands = ['instances.list', 'instances.auto-renew', 'explain', '--help']
const fileOf = (words: readonly string[], build = 'b1', env: NodeJS.ProcessEnv = {}) =>
  fileFor({ env: { HOME: home, ...env }, words, commands, build })
const kept = (words: readonly string[], build?: string): string => fileOf(words, build) ?? ''
const code = (...names: string[]) => new Map(names.map((name) => [name, Buffer.from(`code of ${name}`)]))

describe('where compiled code is kept', () => {
  it('is a file for each command, which tells nothing of what the command is given', () => {
    expect(kept(['instances', 'list', '--local'])).toMatch(/instances\.list$/)
    expect(kept(['explain', 'my-secret-server'])).toMatch(/explain$/)
    expect(kept(['--help'])).toMatch(/--help$/)
    for (const words of [[], ['../../etc/passwd'], ['instances', '../x'], ['--lang', 'zh']]) expect(kept(words)).toMatch(/other$/)
  })

  it('lies in the folder for caches, and nowhere when Node.js is told to keep no compiled code', () => {
    expect(kept(['explain'])).toContain(join(home, '.cache', 'tanxing', 'code'))
    expect(fileOf(['explain'], 'b1', { XDG_CACHE_HOME: '/elsewhere' })).toContain(join('/elsewhere', 'tanxing', 'code'))
    expect(fileOf(['explain'], 'b1', { NODE_DISABLE_COMPILE_CACHE: '1' })).toBeUndefined()
  })
})

describe('compiled code', () => {
  it('is read as it was written, by its owner alone', () => {
    const file = kept(['explain'])
    writeCompiled(file, code('main.cjs', 'api.cjs'))
    expect([...readCompiled(file)].map(([name, data]) => [name, Buffer.from(data).toString()])).toEqual([
      ['main.cjs', 'code of main.cjs'],
      ['api.cjs', 'code of api.cjs'],
    ])
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700)
    expect(readdirSync(dirname(file))).toEqual(['explain'])
  })

  it('counts for nothing when its file is cut, overlong, spoilt, no such file, or holds anything else', () => {
    const file = kept(['explain'])
    writeCompiled(file, code('main.cjs', 'api.cjs'))
    const whole = readFileSync(file)
    const wrong = [
      whole.subarray(0, -1),
      Buffer.concat([whole, Buffer.from('x')]),
      Buffer.alloc(0),
      Buffer.alloc(4, 0xff),
      Buffer.from('\x04\0\0\0null'),
    ]
    for (const bytes of wrong) {
      writeFileSync(file, bytes)
      expect(readCompiled(file).size).toBe(0)
    }
    expect(readCompiled(`${file}-none`).size).toBe(0)
  })

  it('counts for nothing when a page of its file never reached the disk', () => {
    const file = kept(['explain'])
    writeCompiled(file, new Map([['main.cjs', Buffer.alloc(40_000, 'code')]]))
    const whole = readFileSync(file)
    for (let at = 0; at < whole.length; at += 4096) {
      writeFileSync(file, Buffer.from(whole).fill(0, at, Math.min(at + 4096, whole.length)))
      expect(readCompiled(file).size).toBe(0)
    }
  })

  it('of another build goes when this one keeps its own', () => {
    const old = kept(['explain'], 'b0')
    writeCompiled(old, code('main.cjs'))
    writeCompiled(kept(['explain']), code('main.cjs'))
    expect(existsSync(dirname(old))).toBe(false)
    expect(existsSync(kept(['explain']))).toBe(true)
  })

  it('of 32 commands is kept, the latest', () => {
    const folder = dirname(kept(['explain']))
    mkdirSync(folder, { recursive: true })
    for (let at = 0; at < 40; at++) {
      writeFileSync(join(folder, `c${at}`), '')
      utimesSync(join(folder, `c${at}`), at, at)
    }
    writeCompiled(kept(['explain']), code('main.cjs'))
    const names = readdirSync(folder)
    expect(names).toHaveLength(32)
    expect(names).toContain('explain')
    expect(names).not.toContain('c8')
    expect(names).toContain('c9')
  })

  it('that cannot be kept is no failure', () => {
    writeFileSync(join(home, '.cache'), 'a file where a folder is to be')
    expect(() => writeCompiled(kept(['explain']), code('main.cjs'))).not.toThrow()
  })
})
