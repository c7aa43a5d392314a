import { describe, expect, it } from 'vitest'
import { parseProxy, proxyOfEnvironment } from './proxy.ts'

const endpoint = (url: string) => {
  const { protocol, hostname, port, host } = new URL(url)
  const secure = protocol === 'https:'
  return { secure, hostname: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (secure ? 443 : 80), host }
}
const chosen = async (url: string, env: Record<string, string>) => (await proxyOfEnvironment(endpoint(url), env))?.host

describe('the proxy of the environment', () => {
  it('goes by the scheme of the endpoint, then by what holds for all', async () => {
    const env = { HTTP_PROXY: 'http://plain:1', HTTPS_PROXY: 'http://secure:2', ALL_PROXY: 'http://all:3' }
    expect(await chosen('http://ecs.aliyuncs.com', env)).toBe('plain:1')
    expect(await chosen('https://ecs.aliyuncs.com', env)).toBe('secure:2')
    expect(await chosen('https://ecs.aliyuncs.com', { HTTP_PROXY: 'plain:1', all_proxy: 'all:3' })).toBe('all:3')
    expect(await chosen('https://ecs.aliyuncs.com', { HTTP_PROXY: 'plain:1' })).toBeUndefined()
    expect(await chosen('https://ecs.aliyuncs.com', {})).toBeUndefined()
  })

  it('is read in upper and lower case, upper first; an empty one counts as none', async () => {
    expect(await chosen('https://ecs.aliyuncs.com', { https_proxy: 'lower:1' })).toBe('lower:1')
    expect(await chosen('https://ecs.aliyuncs.com', { HTTPS_PROXY: 'upper:1', https_proxy: 'lower:1' })).toBe('upper:1')
    expect(await chosen('https://ecs.aliyuncs.com', { HTTPS_PROXY: '', https_proxy: 'lower:1' })).toBe('lower:1')
  })

  it('is not taken from a request to a CGI program', async () => {
    const env = { REQUEST_METHOD: 'GET', HTTP_PROXY: 'evil:1' }
    expect(await chosen('http://ecs.aliyuncs.com', env)).toBeUndefined()
    expect(await chosen('http://ecs.aliyuncs.com', { ...env, http_proxy: 'mine:1' })).toBe('mine:1')
  })

  it.each([
    'http://localhost:20140',
    'http://127.0.0.1',
    'https://127.8.9.1',
    'http://[::1]:1',
    'http://[::ffff:127.0.0.1]',
    'http://a.localhost',
  ])('is never used for loopback: %s', async (url) => {
    expect(await chosen(url, { ALL_PROXY: 'all:3' })).toBeUndefined()
  })

  it.each([
    ['*', 'https://ecs.aliyuncs.com', true],
    ['aliyuncs.com', 'https://aliyuncs.com', true],
    ['aliyuncs.com', 'https://ecs.aliyuncs.com', true],
    ['aliyuncs.com', 'https://notaliyuncs.com', false],
    ['.aliyuncs.com', 'https://ecs.aliyuncs.com', true],
    ['.aliyuncs.com', 'https://aliyuncs.com', false],
    ['*.aliyuncs.com', 'https://ecs.aliyuncs.com', true],
    ['*.aliyuncs.com', 'https://aliyuncs.com', false],
    [' a.example , ALIYUNCS.com ,', 'https://ecs.aliyuncs.com', true],
    ['ecs.aliyuncs.com:443', 'https://ecs.aliyuncs.com', true],
    ['ecs.aliyuncs.com:8443', 'https://ecs.aliyuncs.com', false],
    ['ecs.aliyuncs.com:80', 'http://ecs.aliyuncs.com', true],
    ['10.1.2.3', 'https://10.1.2.3', true],
    ['10.1.2.3', 'https://10.1.2.4', false],
    ['10.1.2.3:8080', 'http://10.1.2.3:8080', true],
    ['10.1.2.3:8080', 'http://10.1.2.3', false],
    ['10.0.0.0/8', 'https://10.255.0.1', true],
    ['10.0.0.0/8', 'https://11.0.0.1', false],
    ['10.0.0.0/33', 'https://10.0.0.1', false],
    ['10.0.0.0/', 'https://10.0.0.1', false],
    ['fd00::/8', 'https://[fd12::1]', true],
    ['fd00::0:1', 'https://[fd00::1]', true],
    ['[fd00::1]:443', 'https://[fd00::1]', true],
    ['[fd00::1]:444', 'https://[fd00::1]', false],
    ['', 'https://ecs.aliyuncs.com', false],
    [',:,.,/,*.,[', 'https://ecs.aliyuncs.com', false],
  ])('NO_PROXY=%s for %s: excepted is %s', async (text, url, excepted) => {
    expect(await chosen(url, { ALL_PROXY: 'all:3', NO_PROXY: text })).toBe(excepted ? undefined : 'all:3')
    expect(await chosen(url, { ALL_PROXY: 'all:3', no_proxy: text })).toBe(excepted ? undefined : 'all:3')
  })
})

describe('the address of a proxy', () => {
  it('may leave out the scheme, the port, and user and password', () => {
    expect(parseProxy('proxy.example', 'proxy')).toMatchObject({ secure: false, hostname: 'proxy.example', port: 80 })
    expect(parseProxy('proxy.example:3128', 'proxy')).toMatchObject({ secure: false, port: 3128, authorization: undefined })
    expect(parseProxy('https://proxy.example/', 'proxy')).toMatchObject({ secure: true, port: 443 })
    expect(parseProxy('http://[fd00::1]:8080', 'proxy')).toMatchObject({ hostname: 'fd00::1', port: 8080, host: '[fd00::1]:8080' })
    const basic = Buffer.from('me:p@ss 中').toString('base64')
    expect(parseProxy('http://me:p%40ss%20%E4%B8%AD@proxy', 'proxy')).toMatchObject({ host: 'proxy:80', authorization: `Basic ${basic}` })
  })

  it.each([
    '',
    'http://',
    'http://me:secret@',
    'http://me:secret@host:99999',
    'http://me:secr%et@host',
    `http://me:secret@${'h'.repeat(5_000)}`,
  ])('is refused without being shown: %s', (text) => {
    expect(() => parseProxy(text, 'HTTPS_PROXY')).toThrow(
      expect.objectContaining({ name: 'UsageError', code: 'InvalidProxy', message: 'HTTPS_PROXY is not the address of a proxy' }),
    )
  })

  it.each(['socks5://me:secret@host:1080', 'socks://host', 'ftp://host'])('of another protocol is refused: %s', (text) => {
    expect(() => parseProxy(text, 'ALL_PROXY')).toThrow(
      expect.objectContaining({ code: 'UnsupportedProxy', message: expect.not.stringContaining('secret') }),
    )
  })
})
