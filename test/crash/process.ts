/** A local cloud in a process that can be killed. Bundled once, so that it is up in a fraction of a second. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { flatten } from '../../src/api/flatten.ts'
import { signRequest } from '../../src/api/sign.ts'
import { randomId, systemNow } from '../../src/api/system.ts'
import { credentials } from './key.ts'
import type { Product } from '../../src/api/products.ts'
import { products } from '../../src/api/products.ts'

const here = fileURLToPath(new URL('.', import.meta.url))

/** Answers are read freely. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Told = any

/** Makes one file of the server, beside the modules it needs, and returns its path. */
export async function bundledServer(): Promise<string> {
  const outfile = join(here, '../../node_modules/.tanxing', `crash-${process.pid}.mjs`)
  await build({
    entryPoints: [join(here, 'server.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
  })
  return outfile
}

export interface Server {
  /** Calls an operation; undefined when the connection broke before the answer was whole. */
  call(action: string, input: object, product?: Product): Promise<Answered | undefined>
  /** Asks the control plane. */
  ask(method: string, path: string, body?: object): Promise<Told>
  /** Kills it as the kernel would, and waits until it is gone. */
  kill(): Promise<void>
}

export interface Answered {
  readonly status: number
  readonly body: Told
}

interface Sent {
  readonly method: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

const send = (port: number, agent: Agent, { method, path, headers = {}, body = '' }: Sent): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const length = { 'content-length': String(Buffer.byteLength(body)) }
    const outgoing = request({ agent, host: '127.0.0.1', port, method, path, headers: { ...headers, ...length } }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        if (answer.complete) resolve({ status: answer.statusCode ?? 0, body: JSON.parse(text) })
        else reject(new Error('the answer was cut off'))
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })

/** The port that a child tells. @throws when it ends instead */
async function portOf(child: ChildProcess): Promise<number> {
  const ended = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`the cloud ended at its start: ${String(code ?? signal)}`)
  })
  const [{ port }] = (await Promise.race([once(child, 'message'), ended])) as [{ port: number }]
  ended.catch(() => {})
  return port
}

/** Starts the bundled server on a data folder. @throws when it does not come up */
export async function startServer(bundle: string, folder: string): Promise<Server> {
  return serverOf(fork(bundle, [folder], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] }))
}

/** The server in a child process. @throws when it does not come up */
export async function serverOf(child: ChildProcess): Promise<Server> {
  const port = await portOf(child)
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  return {
    async call(action, input, product = 'ecs') {
      const { target, headers } = signRequest({
        action: { action, version: products[product].version },
        method: 'POST',
        host: `127.0.0.1:${port}`,
        pairs: flatten({ RegionId: 'cn-hangzhou', ...input }, {}),
        credentials,
        now: systemNow(),
        nonce: randomId(),
      })
      return send(port, agent, { method: 'POST', path: target, headers }).catch(() => undefined)
    },
    async ask(method, path, body) {
      const answer = await send(port, agent, { method, path: `/_local/${path}`, body: body === undefined ? '' : JSON.stringify(body) })
      if (answer.status !== 200) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`)
      return answer.body
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
      agent.destroy()
    },
  }
}
