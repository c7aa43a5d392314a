import { describe, expect, it } from 'vitest'
import type { WireRequest } from '../api/wire.ts'
import { destination, isForMetadata, isRefusal, judgeTunnel } from './destination.ts'

const request = (target: string, headers: Record<string, string> = {}): WireRequest => ({
  method: 'GET',
  target,
  headers,
  body: new Uint8Array(0),
})

const sent = (host: string) => destination(request('http://ecs.aliyuncs.com:80/', { host }))

describe('destination', () => {
  it.each([
    ['http://ecs.aliyuncs.com/?Action=A%20b+c', 'ecs.aliyuncs.com', '/?Action=A%20b+c'],
    ['http://ecs.aliyuncs.com:80/', 'ecs.aliyuncs.com:80', '/'],
    ['HTTP://ECS.ALIYUNCS.COM', 'ECS.ALIYUNCS.COM', '/'],
    ['http://ecs.aliyuncs.com./', 'ecs.aliyuncs.com.', '/'],
    ['http://ecs.aliyuncs.com?Action=A', 'ecs.aliyuncs.com', '/?Action=A'],
  ])('of %s is the host of the target, path and query as they were', (target, host, path) => {
    expect(destination(request(target))).toMatchObject({ target: path, headers: { host } })
  })

  it.each(['100.100.100.200', '100.100.100.200:80'])('of the metadata service is %s', (host) => {
    const asked = destination(request(`http://${host}/latest/meta-data/`, { host }))
    expect(asked).toMatchObject({ target: '/latest/meta-data/', headers: { host } })
    expect(!isRefusal(asked) && isForMetadata(asked)).toBe(true)
    expect(judgeTunnel('100.100.100.200:80')).toBeUndefined()
    expect(judgeTunnel('100.100.100.200:443')).toMatchObject({ status: 403 })
  })

  it('of a path alone is the Host', () => {
    expect(destination(request('/?A=http://example.com/', { host: 'ecs.aliyuncs.com:443' }))).toMatchObject({
      target: '/?A=http://example.com/',
      headers: { host: 'ecs.aliyuncs.com:443' },
    })
  })

  it('keeps the Host that was signed when it is the same host, and replaces any other', () => {
    expect(sent('ecs.aliyuncs.com')).toMatchObject({ headers: { host: 'ecs.aliyuncs.com' } })
    expect(sent('example.com')).toMatchObject({ headers: { host: 'ecs.aliyuncs.com:80' } })
  })

  it('passes on no header that is meant for the proxy', () => {
    const asked = destination(
      request('http://ecs.aliyuncs.com/', { 'proxy-authorization': 'Basic eA==', 'proxy-connection': 'x', accept: '*/*' }),
    )
    expect(asked).toMatchObject({ headers: { accept: '*/*', host: 'ecs.aliyuncs.com' } })
    expect(Object.keys(isRefusal(asked) ? {} : asked.headers).toSorted()).toEqual(['accept', 'host'])
  })

  it.each([
    'http://example.com/',
    'http://169.254.169.254/latest/meta-data/',
    'http://100.100.100.200:443/latest/meta-data/',
    'http://100.100.100.200:8080/',
    'http://100.100.100.200/_local/reset',
    'http://100.100.100.201/latest/meta-data/',
    'http://127.0.0.1/',
    'http://[::1]/',
    'http://2130706433/',
    'http://aliyuncs.com/',
    'http://aliyuncs.com.evil.com/',
    'http://evilaliyuncs.com/',
    'http://ecs.aliyuncs.com@example.com/',
    'http://user:password@ecs.aliyuncs.com/',
    'http://example.com\\@ecs.aliyuncs.com/',
    'http://ecs.aliyuncs.com:8080/',
    'http://ecs.aliyuncs.com:/',
    'http:///',
    'https://ecs.aliyuncs.com/',
    'ftp://ecs.aliyuncs.com/',
    'file:///etc/passwd',
    'http://ecs.aliyuncs.com/_local/reset',
    'http://ecs.aliyuncs.com//_LOCAL/reset',
    'http://ecs.aliyuncs.com/./%5flocal/reset',
  ])('refuses %s with 403', (target) => {
    expect(destination(request(target, { host: 'ecs.aliyuncs.com' }))).toMatchObject({ status: 403 })
  })

  it.each(['', '127.0.0.1:41234', 'localhost', 'example.com', 'ecs.aliyuncs.com:22', 'ecs.aliyuncs.com, example.com'])(
    'refuses a path alone for the Host %j with 403',
    (host) => {
      expect(destination(request('/', { host }))).toMatchObject({ status: 403 })
    },
  )

  it.each(['*', 'ecs.aliyuncs.com:443', ''])('refuses the target %j with 400', (target) => {
    expect(destination(request(target, { host: 'ecs.aliyuncs.com' }))).toMatchObject({ status: 400 })
  })

  it('gives its reasons in one line each, in both languages, with nothing of the caller’s that could break it', () => {
    const refused = destination(request(`http://a\r\nb${'x'.repeat(5000)}/`))
    const reason = isRefusal(refused) ? refused.reason : { en: '', zh: '' }
    for (const text of [reason.en, reason.zh]) expect(text).toMatch(/^[^\r\n]{10,250}$/)
  })
})

describe('judgeTunnel', () => {
  it.each(['ecs.aliyuncs.com:443', 'ecs.cn-hangzhou.aliyuncs.com:80', 'ECS.ALIYUNCS.COM:443', 'ecs.aliyuncs.com.:443'])(
    'opens for %s',
    (target) => {
      expect(judgeTunnel(target)).toBeUndefined()
    },
  )

  it.each([
    'example.com:443',
    '169.254.169.254:80',
    'ecs.aliyuncs.com:22',
    'evilaliyuncs.com:443',
    'aliyuncs.com.evil.com:443',
    '[::1]:443',
  ])('stays shut for %s', (target) => {
    expect(judgeTunnel(target)).toMatchObject({ status: 403 })
  })

  it.each(['', 'ecs.aliyuncs.com', 'ecs.aliyuncs.com:', ':'])('does not understand %j', (target) => {
    expect(judgeTunnel(target)).toMatchObject({ status: 400 })
  })
})
