import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, it } from 'vitest'
import { openAuthority } from './authority.ts'
import { environmentFor } from './environment.ts'
import { type TestProxy, testProxy } from './testing.ts'

let proxy: TestProxy
let folder: string
beforeEach(async () => {
  proxy = await testProxy()
  folder = mkdtempSync(join(tmpdir(), 'tanxing-python-'))
  return async () => {
    await proxy.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

/** Runs a Python program as `tanxing run` does; undefined when there is no Python. */
const python = (program: string, more: Record<string, string> = {}) =>
  new Promise<string | undefined>((resolve, reject) => {
    const env = environmentFor({
      env: { PATH: process.env.PATH, PYTHONPATH: folder, ...more },
      proxy,
      caFile: proxy.authority.caFile,
      trustFile: proxy.authority.trustFile,
      preload: 'preload.cjs',
      python: fileURLToPath(new URL('./python', import.meta.url)),
      credentials: { accessKeyId: 'id', accessKeySecret: 'secret' },
    })
    execFile('python3', ['-B', '-c', program], { env, timeout: 20_000 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout.trim())
      else if (error.code === 'ENOENT') resolve(undefined)
      else reject(new Error(stderr, { cause: error }))
    })
  })

const cases = [
  {
    title: 'leads a client that knows no proxy',
    program: `import http.client
connection = http.client.HTTPConnection('ECS.cn-hangzhou.aliyuncs.com', 80)
connection.request('POST', '/?Action=A', b'x=1')
print(connection.getresponse().read().decode())`,
    seen: '{"ok":true}',
  },
  {
    title: 'has the certificate trusted by a client that brings its own list of authorities',
    program: `import http.client, os, ssl
context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
context.load_verify_locations(os.environ['OTHER_CA'])
connection = http.client.HTTPSConnection('ecs-cn-hangzhou.aliyuncs.com', context=context)
connection.request('POST', '/?Action=A', b'x=1')
print(connection.getresponse().read().decode())`,
    seen: '{"ok":true}',
  },
  {
    title: 'finds the metadata service, whether it resolves addresses or connects to them, now or later',
    program: `import asyncio, http.client, socket
connection = http.client.HTTPConnection('100.100.100.200')
connection.request('GET', '/latest/meta-data/')
print(connection.getresponse().read().decode())
raw = socket.socket()
assert raw.connect_ex(('100.100.100.200', 80)) == 0
raw.close()
async def later():
    reader, writer = await asyncio.open_connection('100.100.100.200', 80)
    writer.write(b'GET /latest/ HTTP/1.1\\r\\nHost: 100.100.100.200\\r\\nConnection: close\\r\\n\\r\\n')
    print((await reader.read()).decode().endswith('item'))
    writer.close()
asyncio.run(later())`,
    seen: 'item\nTrue',
  },
  {
    title: 'leaves other hosts alone',
    program: `import socket
print(socket.getaddrinfo('127.0.0.2', 443, type=socket.SOCK_STREAM)[0][4], socket.getaddrinfo(None, 80, type=socket.SOCK_STREAM)[0][4][1])`,
    seen: "('127.0.0.2', 443) 80",
  },
  {
    title: 'runs the sitecustomize of the user, and leaves no trace in sys.path',
    program: `import sys, sitecustomize
print(sitecustomize.mine, [path for path in sys.path if path.endswith('proxy/python')])`,
    seen: 'yes []',
  },
]

describe('a Python program under tanxing run', () => {
  it.for(cases)('$title', async ({ program, seen }, { skip }) => {
    writeFileSync(join(folder, 'sitecustomize.py'), "mine = 'yes'\n")
    const other = await openAuthority({ folder: join(folder, 'other'), now: () => 1_800_000_000_000 })
    const out = await python(program, { OTHER_CA: other.caFile })
    if (out === undefined) skip('python3 is not installed')
    expect(out).toBe(seen)
  })

  it('starts without a sitecustomize of the user', async ({ skip }) => {
    const out = await python("print('started')")
    if (out === undefined) skip('python3 is not installed')
    expect(out).toBe('started')
  })
})
