import { spawn } from 'node:child_process'
import { mkdtempSync, openSync, closeSync, readFileSync, rmSync, existsSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const home = mkdtempSync(join(tmpdir(), 'tanxing-main-'))
afterAll(() => rmSync(home, { recursive: true }))

const main = fileURLToPath(new URL('./main.ts', import.meta.url))

interface Options {
  readonly env?: Readonly<Record<string, string>>
  /** Where stdout goes; a pipe by default. */
  readonly stdout?: number
  /** Is told of the process once it runs, and of what it writes to stdout. */
  readonly watch?: (child: ReturnType<typeof spawn>) => void
}

/** Runs the command line as a process of its own, with nobody at the terminal. */
async function tanxing(words: readonly string[], { env = {}, stdout, watch }: Options = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...words], {
    env: { PATH: process.env.PATH, HOME: home, ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true', ...env },
    stdio: ['ignore', stdout ?? 'pipe', 'pipe'],
  })
  const said = { stdout: '', stderr: '' }
  child.stdout?.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()))
  watch?.(child)
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { ...said, code }
}

/** A server that takes requests and never answers; `asked` resolves with the first. */
async function silent() {
  let told: () => void
  const asked = new Promise<void>((resolve) => (told = resolve))
  const server = createServer(() => told())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { asked, url: `http://127.0.0.1:${port}`, close }
}

const noStack = (stderr: string) => {
  expect(stderr).not.toMatch(/^\s+at /m)
  expect(stderr).not.toContain('node:internal')
}

describe('the process', { timeout: 30_000 }, () => {
  it('ends well when its reader has gone away', async () => {
    const { code, stderr } = await tanxing(['api', 'DescribeInstanceTypes', '--local'], { watch: ({ stdout }) => stdout?.destroy() })
    expect(code).toBe(0)
    noStack(stderr)
  })

  it('says the same into a pipe, however long, as into a file', async () => {
    for (const words of [
      ['regions', 'list', '--local', '--output', 'ids'],
      ['api', 'DescribeInstanceTypes', '--local', '--output', 'json'],
    ]) {
      const path = join(home, 'said')
      const file = openSync(path, 'w')
      const [piped, kept] = [await tanxing(words), await tanxing(words, { stdout: file })]
      closeSync(file)
      expect([piped.code, kept.code]).toEqual([0, 0])
      expect(piped.stdout.length).toBeGreaterThan(300)
      // Ids of requests differ.
      const plain = (text: string) => text.replace(/"RequestId": "[^"]*"/, '')
      expect(plain(readFileSync(path, 'utf8'))).toBe(plain(piped.stdout))
    }
  })

  it('ends a local cloud on Ctrl-C as a command that is done', async () => {
    const { code, stderr } = await tanxing(['local', 'start', '--port', '0'], {
      watch: (child) => child.stdout?.once('data', () => child.kill('SIGINT')),
    })
    expect(code).toBe(0)
    noStack(stderr)
  })

  it.runIf(existsSync('/dev/full'))('says in one line that a full disk took nothing', async () => {
    const full = openSync('/dev/full', 'w')
    try {
      const { code, stderr } = await tanxing(['regions', 'list', '--local'], { stdout: full })
      expect(code).toBe(1)
      expect(stderr).toContain('tanxing: ENOSPC')
      noStack(stderr)
    } finally {
      closeSync(full)
    }
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('ends with 130 on %s while it waits for an answer', async (signal) => {
    const { asked, url, close } = await silent()
    try {
      const env = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'a', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'b' }
      const { code, stdout, stderr } = await tanxing(['instances', 'list', '--endpoint', url], {
        env,
        watch: (child) => void asked.then(() => child.kill(signal)),
      })
      expect({ code, stdout }).toEqual({ code: 130, stdout: '' })
      noStack(stderr)
    } finally {
      close()
    }
  })

  it.each([[{ NO_COLOR: '1' }], [{ TERM: 'dumb' }], [{ TERM: 'xterm-256color', FORCE_COLOR: '1' }]])(
    'writes no colours and no cursor moves into a pipe: %j',
    async (env) => {
      const { code, stdout, stderr } = await tanxing(['instances', 'list', '--local'], { env })
      expect(code).toBe(0)
      expect(stdout + stderr).not.toContain('\u001b')
    },
  )

  it('speaks the language that --lang, LANG or LC_ALL names', async () => {
    const about = async (env: Record<string, string>, ...words: string[]) =>
      (await tanxing(['--help', ...words], { env })).stdout.slice(0, 6)
    expect(await about({ LANG: 'zh_CN.UTF-8' })).toBe('管理阿里云 ')
    expect(await about({ LANG: 'zh_CN.UTF-8', LC_ALL: 'en_US.UTF-8' })).toBe('Manage')
    expect(await about({ LANG: 'en_US.UTF-8' }, '--lang', 'zh')).toBe('管理阿里云 ')
  })
})
