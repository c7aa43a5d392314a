/** Sends prepared requests as fast as a server takes them: with wrk where it is installed, otherwise from a loop in this process. */
import { spawnSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monotonicNow } from '../src/api/system.ts'

export interface Prepared {
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
}

const concurrent = 32

/** Why wrk is not used; undefined when it is. */
export const withoutWrk: string | undefined =
  spawnSync('wrk', ['-v']).error === undefined
    ? undefined
    : 'wrk is not installed: a loop in Node.js sends the requests, which takes a core of its own'

// Each request is sent once, since a nonce counts once: there must be more than can be sent.
const script = `
local requests, at = {}, 0
function init(args)
  local file = io.open(args[1], 'rb')
  local text = file:read('*a')
  file:close()
  again = args[2] == 'again'
  for one in text:gmatch('([^%z]+)%z') do requests[#requests + 1] = one end
end
function request()
  at = at + 1
  if again then return requests[1 + at % #requests] end
  return requests[at] or 'none are left'
end
function done(summary)
  io.write(string.format('{"requests":%d,"us":%d,"errors":%d}', summary.requests, summary.duration,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
`

export interface Load {
  readonly perSecond: number
  /** How many were answered. */
  readonly requests: number
}

async function wrk(port: number, requests: readonly Prepared[], seconds: number, again: boolean, connections = concurrent): Promise<Load> {
  const folder = mkdtempSync(join(tmpdir(), 'tanxing-bench-'))
  const [lua, list] = [join(folder, 'load.lua'), join(folder, 'requests')]
  const raw = requests.map(({ target, headers }) => {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    return `POST ${target} HTTP/1.1\r\n${lines.join('')}content-length: 0\r\n\r\n\0`
  })
  writeFileSync(lua, script)
  writeFileSync(list, raw.join(''))
  try {
    const child = spawn(
      'wrk',
      ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', lua, `http://127.0.0.1:${port}`, '--', list, again ? 'again' : 'once'],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
    await new Promise((resolve) => child.on('close', resolve))
    const told = JSON.parse(text.slice(text.lastIndexOf('{'))) as { requests: number; us: number; errors: number }
    if (told.errors > 0 || text.includes('Non-2xx')) throw new Error(`wrk had errors:\n${text}`)
    if (!again && told.requests + connections > requests.length)
      throw new Error(`${requests.length} requests were too few for ${seconds} s`)
    return { perSecond: (told.requests * 1e6) / told.us, requests: told.requests }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const agent = new Agent({ keepAlive: true, maxSockets: concurrent })

/** One answer's body. Rejects when it is a refusal. */
export const get = (port: number, { target, headers }: Prepared): Promise<string> =>
  new Promise((resolve, reject) => {
    request({ agent, host: '127.0.0.1', port, method: 'POST', path: target, headers: { ...headers, 'content-length': '0' } }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => {
        const body = Buffer.concat(chunks).toString()
        if (answer.statusCode === 200) resolve(body)
        else reject(new Error(body))
      })
    })
      .on('error', reject)
      .end()
  })

async function loop(port: number, requests: readonly Prepared[], seconds: number, again: boolean, connections = concurrent): Promise<Load> {
  let next = 0
  let done = 0
  const worker = async () => {
    while (monotonicNow() < end) {
      const one = requests[again ? next++ % requests.length : next++]
      if (one === undefined) throw new Error(`${requests.length} requests were too few for ${seconds} s`)
      await get(port, one)
      done++
    }
  }
  const start = monotonicNow()
  const end = start + seconds * 1000
  await Promise.all(Array.from({ length: connections }, worker))
  return { perSecond: (done * 1000) / (monotonicNow() - start), requests: done }
}

/** Sends for so many seconds; with `again` the same requests again and again, for a server that reads none. @throws Error when the requests run out before, or one is refused */
export const load = withoutWrk === undefined ? wrk : loop

export const closeConnections = (): void => agent.destroy()
