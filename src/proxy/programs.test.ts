import { execFile } from 'node:child_process'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type TestProxy, testProxy } from './testing.ts'

let proxy: TestProxy
beforeAll(async () => {
  proxy = await testProxy()
})
afterAll(() => proxy.close())
beforeEach(() => void proxy.seen.splice(0))

const run = (command: string, args: readonly string[], env: Record<string, string>) =>
  new Promise<{ out: string; missing: boolean }>((resolve) => {
    execFile(command, args, { env: { PATH: process.env.PATH ?? '', ...env }, timeout: 20_000 }, (error, stdout, stderr) =>
      resolve({ out: stdout + stderr, missing: error?.code === 'ENOENT' }),
    )
  })

const env = () => ({
  HTTPS_PROXY: proxy.url,
  HTTP_PROXY: proxy.url,
  http_proxy: proxy.url,
  SSL_CERT_FILE: proxy.authority.caFile,
  CURL_CA_BUNDLE: proxy.authority.caFile,
})

describe('other people’s programs through the proxy', () => {
  it('serves Python, over HTTP and HTTPS', async ({ skip }) => {
    const program = `import urllib.request
for scheme in ('http', 'https'):
    print(urllib.request.urlopen(scheme + '://ecs.cn-hangzhou.aliyuncs.com/?Action=A', b'x=1').read().decode())
try: urllib.request.urlopen('https://example.com/')
except Exception as error: print(error)`
    const { out, missing } = await run('python3', ['-c', program], env())
    if (missing) skip('python3 is not installed')
    expect(out.trim().split('\n')).toEqual(['{"ok":true}', '{"ok":true}', expect.stringContaining('403 Forbidden')])
    expect(proxy.seen.map(({ secure }) => secure)).toEqual([false, true])
  })

  it('serves curl, over HTTP and HTTPS', async ({ skip }) => {
    const { out, missing } = await run('curl', ['-sS', 'http://ecs.aliyuncs.com/', 'https://ecs.aliyuncs.com/', '-d', 'x=1'], env())
    if (missing) skip('curl is not installed')
    expect(out).toBe('{"ok":true}{"ok":true}')
  })
})
