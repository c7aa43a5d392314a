import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { environmentFor } from './environment.ts'
import { listenOnLoopback } from './loopback.ts'
import { type TestProxy, testProxy } from './testing.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

let proxy: TestProxy
let folder: string
beforeAll(async () => {
  proxy = await testProxy()
  folder = mkdtempSync(join(tmpdir(), 'tanxing "preload" '))
  await build({
    entryPoints: [fileURLToPath(new URL('./preload.ts', import.meta.url))],
    outfile: join(folder, 'preload.cjs'),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
  })
})
afterAll(async () => {
  await proxy.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => void proxy.seen.splice(0))

/** Runs a program as `tanxing run` does. */
const node = (program: string, type: 'module' | 'commonjs' = 'module') =>
  new Promise<string>((resolve, reject) => {
    const env = environmentFor({
      env: { PATH: process.env.PATH, NODE_OPTIONS: '--no-deprecation' },
      proxy,
      caFile: proxy.authority.caFile,
      trustFile: proxy.authority.trustFile,
      preload: join(folder, 'preload.cjs'),
      python: join(folder, 'python'),
      credentials: { accessKeyId: 'id', accessKeySecret: 'secret' },
    })
    const args = [`--input-type=${type}`, '--eval', program]
    execFile(process.execPath, args, { env, cwd: root, timeout: 20_000 }, (error, stdout, stderr) =>
      error === null ? resolve(stdout) : reject(new Error(stderr, { cause: error })),
    )
  })

const hosts = () => proxy.seen.map(({ headers, secure }) => `${secure ? 'https' : 'http'}://${headers.host}`)

describe('a Node.js program under the preload', () => {
  it('reaches the local cloud with fetch, over http and https, again and again', async () => {
    const out = await node(`
      for (const url of ['http://ecs.aliyuncs.com/', 'https://ecs.cn-hangzhou.aliyuncs.com/', 'https://ecs.cn-hangzhou.aliyuncs.com/'])
        console.log(await (await fetch(url, { method: 'POST', body: 'a=1' })).text())`)
    expect(out).toBe('{"ok":true}\n'.repeat(3))
    expect(hosts()).toEqual(['http://ecs.aliyuncs.com', 'https://ecs.cn-hangzhou.aliyuncs.com', 'https://ecs.cn-hangzhou.aliyuncs.com'])
  })

  it('reaches it with node:http and node:https, on kept connections too', async () => {
    const out = await node(
      `
      const http = require('node:http'), https = require('node:https')
      const get = (lib, url, agent) => new Promise((done) => lib.get(url, { agent }, (res) => res.on('data', (data) => console.log(String(data), res.req.reusedSocket)).on('end', done)))
      const agents = [new http.Agent({ keepAlive: true }), new https.Agent({ keepAlive: true })]
      ;(async () => {
        for (let i = 0; i < 2; i++) {
          await get(http, 'http://ecs.aliyuncs.com/', agents[0])
          await get(https, 'https://vpc.aliyuncs.com/', agents[1])
        }
        agents.forEach((agent) => agent.destroy())
      })()`,
      'commonjs',
    )
    expect(out.trim().split('\n')).toEqual([...Array(2).fill('{"ok":true} false'), ...Array(2).fill('{"ok":true} true')])
    expect(hosts().slice(0, 2)).toEqual(['http://ecs.aliyuncs.com', 'https://vpc.aliyuncs.com'])
  })

  it('reaches it with the official SDKs, endpoints in the code and all', async () => {
    const out = await node(
      `
      const { default: Ecs, DescribeRegionsRequest } = require('@alicloud/ecs20140526')
      const { RPCClient } = require('@alicloud/pop-core')
      const { Config } = require('@alicloud/openapi-core').$OpenApiUtil
      const keys = { accessKeyId: 'id', accessKeySecret: 'secret' }
      ;(async () => {
        console.log((await new Ecs(new Config({ ...keys, regionId: 'cn-hangzhou' })).describeRegions(new DescribeRegionsRequest({}))).statusCode)
        const pop = new RPCClient({ ...keys, endpoint: 'https://ecs.aliyuncs.com', apiVersion: '2014-05-26' })
        console.log((await pop.request('DescribeRegions', {})).ok)
      })()`,
      'commonjs',
    )
    expect(out).toBe('200\ntrue\n')
    expect(hosts()).toEqual(['https://ecs-cn-hangzhou.aliyuncs.com', 'https://ecs.aliyuncs.com'])
  })

  it('leads the threads and processes that it starts', async () => {
    const out = await node(
      `
      const program = "fetch('http://ecs.aliyuncs.com/').then((r) => r.text()).then((t) => console.log(t))"
      new (require('node:worker_threads').Worker)(program, { eval: true }).on('exit', () =>
        console.log(require('node:child_process').execFileSync(process.execPath, ['-e', program]).toString().trim()))`,
      'commonjs',
    )
    expect(out).toBe('{"ok":true}\n'.repeat(2))
  })

  it('finds the metadata service of its instance, with fetch and with node:http', async () => {
    const out = await node(
      `
      const url = 'http://100.100.100.200/latest/meta-data/'
      const http = require('node:http')
      fetch(url).then((r) => r.text()).then((t) => { console.log(t); http.get(url, (res) => res.on('data', (data) => console.log(String(data)))) })`,
      'commonjs',
    )
    expect(out).toBe('item\nitem\n')
    expect(hosts()).toEqual(Array(2).fill('http://100.100.100.200'))
  })

  it('reaches every other host as ever', async () => {
    const other = createServer((_request, response) => response.end('other'))
    const port = await listenOnLoopback(other)
    const out = await node(
      `console.log(await (await fetch('http://localhost:${port}/')).text(), await (await fetch('http://127.0.0.1:${port}/')).text())`,
    )
    other.close()
    expect(out).toBe('other other\n')
    expect(proxy.seen).toEqual([])
  })
})
