import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { encodePairs } from '../../api/encode.ts'
import { canonicalQuery, signatureV1, signRequest } from '../../api/sign.ts'
import { randomId, systemNow } from '../../api/system.ts'
import { toSeconds } from '../../api/time.ts'
import type { Credentials, Pairs, WireAnswer, WireRequest } from '../../api/wire.ts'
import type { Cloud } from '../cloud.ts'
import { type TestAnswer, testCloud } from '../testing.ts'

interface Raw {
  readonly action?: string
  readonly version?: string
  readonly pairs?: Pairs
  readonly now?: number
  readonly nonce?: string
  readonly keys?: Credentials
  readonly algorithm?: 'v1' | 'v3'
}

/** A request that is signed as it should be, whatever it says. */
function signed(cloud: Cloud, { action = 'DescribeVSwitches', version = '2016-04-28', pairs = [], ...how }: Raw = {}): WireRequest {
  const { target, headers } = signRequest({
    action: { action, version },
    method: 'POST',
    host: 'local',
    pairs,
    credentials: how.keys ?? cloud.credentials,
    now: how.now ?? systemNow(),
    nonce: how.nonce ?? randomId(),
    algorithm: how.algorithm ?? 'v3',
  })
  return { method: 'POST', target, headers, body: new Uint8Array() }
}

/** V1 by hand, since the client always asks for JSON. */
function signedV1({ credentials }: Cloud, action: string, format: string | undefined): WireRequest {
  const query = canonicalQuery([
    ['AccessKeyId', credentials.accessKeyId],
    ['Action', action],
    ...(format === undefined ? [] : [['Format', format] as const]),
    ['SignatureMethod', 'HMAC-SHA1'],
    ['SignatureNonce', randomId()],
    ['SignatureVersion', '1.0'],
    ['Timestamp', toSeconds(systemNow())],
    ['Version', '2014-05-26'],
  ])
  const { signature } = signatureV1('GET', query, credentials.accessKeySecret)
  return { method: 'GET', target: `/?${query}&${encodePairs([['Signature', signature]])}`, headers: {}, body: new Uint8Array() }
}

const ecs = { version: '2014-05-26' }
const region = ['RegionId', 'cn-hangzhou'] as const
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const textOf = (answer: WireAnswer) => Buffer.from(answer.body).toString()

/** The same request with something else in place of what was signed. */
const changed = (request: WireRequest, part: Partial<WireRequest>): WireRequest => ({ ...request, ...part })
const withHeader = (request: WireRequest, name: string, change: (value: string) => string): WireRequest => ({
  ...request,
  headers: { ...request.headers, [name]: change(request.headers[name] ?? '') },
})

/** That a cloud which was sent anything at all is as it was, and answers. */
async function expectUnharmed(cloud: Cloud, before: Record<string, number>) {
  expect(cloud.counts()).toEqual(before)
  const answer = await cloud.handle(signed(cloud, { action: 'DescribeRegions', ...ecs }))
  expect(answer.status).toBe(200)
}

const vpc = (name: string, value: string): Raw => ({ action: 'CreateVpc', pairs: [region, [name, value]] })
const minutes = 60_000

const hostile: readonly [title: string, request: (cloud: Cloud) => WireRequest, status: number, code: string][] = [
  ['no Action', () => ({ method: 'GET', target: '/', headers: {}, body: new Uint8Array() }), 400, 'MissingAction'],
  ['an empty Action', () => ({ method: 'GET', target: '/?Action=', headers: {}, body: new Uint8Array() }), 400, 'MissingAction'],
  ['no Version', () => ({ method: 'GET', target: '/?Action=CreateVpc', headers: {}, body: new Uint8Array() }), 400, 'MissingVersion'],
  ['an unknown Action', (cloud) => signed(cloud, { action: 'MakeVpc' }), 404, 'InvalidAction.NotFound'],
  ['an Action of the language', (cloud) => signed(cloud, { action: 'constructor' }), 404, 'InvalidAction.NotFound'],
  ['an Action in another case', (cloud) => signed(cloud, { action: 'createvpc' }), 404, 'InvalidAction.NotFound'],
  ['a wrong Version', (cloud) => signed(cloud, { action: 'CreateVpc', version: '2026-01-01' }), 400, 'InvalidVersion'],
  ["another product's Version", (cloud) => signed(cloud, { action: 'CreateUser', ...ecs }), 404, 'InvalidAction.NotFound'],
  ['a method that is neither GET nor POST', (cloud) => changed(signed(cloud), { method: 'PUT' }), 403, 'UnsupportedHTTPMethod'],
  ['a missing parameter', (cloud) => signed(cloud, { action: 'StopInstance', ...ecs }), 400, 'MissingInstanceId'],
  ['no region', (cloud) => signed(cloud, { action: 'DescribeInstances', ...ecs }), 400, 'MissingRegionId'],
  [
    'an unknown region',
    (cloud) => signed(cloud, { action: 'DescribeInstances', ...ecs, pairs: [['RegionId', 'cn-atlantis']] }),
    404,
    'InvalidRegionId.NotFound',
  ],
  [
    'letters for a number',
    (cloud) => signed(cloud, { action: 'DescribeInstances', ...ecs, pairs: [region, ['PageSize', 'ten']] }),
    400,
    'InvalidParameter',
  ],
  [
    'a number that is none',
    (cloud) => signed(cloud, { action: 'DescribeInstances', ...ecs, pairs: [region, ['PageNumber', 'NaN']] }),
    400,
    'InvalidParameter',
  ],
  [
    'a fraction of a page',
    (cloud) => signed(cloud, { action: 'DescribeInstances', ...ecs, pairs: [region, ['PageNumber', '1.5']] }),
    400,
    'InvalidParameter',
  ],
  [
    'a word for a truth value',
    (cloud) => signed(cloud, { action: 'DescribeInstances', ...ecs, pairs: [region, ['IoOptimized', 'maybe']] }),
    400,
    'InvalidParameter',
  ],
  [
    'text for a JSON list',
    (cloud) => signed(cloud, { action: 'DescribeInstances', ...ecs, pairs: [region, ['InstanceIds', '[1']] }),
    400,
    'InvalidInstanceIds.Malformed',
  ],
  [
    'numbers in a list of texts',
    (cloud) => signed(cloud, { action: 'DescribeInstances', ...ecs, pairs: [region, ['InstanceIds', '[{}]']] }),
    400,
    'InvalidInstanceIds.Malformed',
  ],
  [
    'an index far out',
    (cloud) => signed(cloud, { action: 'DescribeInstances', ...ecs, pairs: [region, ['Tag.999999999.Key', 'a']] }),
    400,
    'InvalidParameter',
  ],
  [
    'a field of the language',
    (cloud) => signed(cloud, { action: 'DescribeInstances', ...ecs, pairs: [region, ['Tag.__proto__.Key', 'a']] }),
    400,
    'InvalidParameter',
  ],
  [
    '10,000 parameters',
    (cloud) => signed(cloud, { action: 'CreateVpc', pairs: Array.from({ length: 10_000 }, (_, at) => [`Tag.${at}.Key`, 'x'] as const) }),
    400,
    'InvalidParameter',
  ],
  ['invalid UTF-8', (cloud) => changed(signed(cloud), { target: '/?Action=CreateVpc&VpcName=%ff%fe' }), 400, 'InvalidParameter'],
  ['raw bytes that are not UTF-8', (cloud) => changed(signed(cloud), { target: '/?VpcName=\xff' }), 400, 'InvalidParameter'],
  ['bad percent-encoding', (cloud) => changed(signed(cloud), { target: '/?Action=CreateVpc&VpcName=%zz' }), 400, 'InvalidParameter'],
  [
    'a parameter twice',
    (cloud) => changed(signed(cloud, vpc('VpcName', 'a')), { target: '/?VpcName=a&VpcName=b' }),
    400,
    'InvalidParameter',
  ],
  [
    'a parameter in the query and in the form',
    (cloud) => {
      const request = signed(cloud, vpc('VpcName', 'ab'))
      return changed(request, { headers: { ...request.headers, ...form }, body: Buffer.from(encodePairs([['VpcName', 'cd']])) })
    },
    400,
    'InvalidParameter',
  ],
  [
    'a time 16 minutes ago',
    (cloud) => signed(cloud, { ...vpc('VpcName', 'ab'), now: systemNow() - 16 * minutes }),
    400,
    'InvalidTimeStamp.Expired',
  ],
  [
    'a time in 16 minutes',
    (cloud) => signed(cloud, { ...vpc('VpcName', 'ab'), now: systemNow() + 16 * minutes }),
    400,
    'InvalidTimeStamp.Expired',
  ],
  [
    'a time of another form',
    (cloud) => withHeader(signed(cloud, vpc('VpcName', 'ab')), 'x-acs-date', () => 'yesterday'),
    400,
    'InvalidTimeStamp.Format',
  ],
  [
    'a key nobody knows',
    (cloud) => signed(cloud, { ...vpc('VpcName', 'ab'), keys: { accessKeyId: 'LTAI5tNone', accessKeySecret: 'x' } }),
    404,
    'InvalidAccessKeyId.NotFound',
  ],
  [
    'a wrong secret',
    (cloud) => signed(cloud, { ...vpc('VpcName', 'ab'), keys: { ...cloud.credentials, accessKeySecret: 'x' } }),
    400,
    'SignatureDoesNotMatch',
  ],
  [
    'no signature',
    () => ({ method: 'GET', target: '/?Action=CreateVpc&Version=2016-04-28', headers: {}, body: new Uint8Array() }),
    400,
    'MissingAccessKeyId',
  ],
  [
    'a truncated signature',
    (cloud) => withHeader(signed(cloud, vpc('VpcName', 'ab')), 'authorization', (value) => value.slice(0, -10)),
    400,
    'SignatureDoesNotMatch',
  ],
  [
    'half an Authorization',
    (cloud) => withHeader(signed(cloud, vpc('VpcName', 'ab')), 'authorization', (value) => value.slice(0, 40)),
    400,
    'IncompleteSignature',
  ],
  [
    'an algorithm of the future',
    (cloud) => withHeader(signed(cloud, vpc('VpcName', 'ab')), 'authorization', (value) => value.replace('SHA256', 'SHA999')),
    400,
    'InvalidSignatureMethod',
  ],
  [
    'another query than was signed',
    (cloud) => {
      const request = signed(cloud, vpc('VpcName', 'ab'))
      return changed(request, { target: request.target.replace('ab', 'cd') })
    },
    400,
    'SignatureDoesNotMatch',
  ],
  [
    'a V1 signature cut short',
    (cloud) => {
      const request = signed(cloud, { ...vpc('VpcName', 'ab'), algorithm: 'v1' })
      return changed(request, {
        target: request.target.replace(/(?<=&Signature=)[^&]*/, (whole) => encodeURIComponent(decodeURIComponent(whole).slice(0, 8))),
      })
    },
    400,
    'SignatureDoesNotMatch',
  ],
]

describe('a hostile request', () => {
  test.each(hostile)('with %s gets its code, and changes nothing', async (_title, make, status, code) => {
    const { cloud } = await testCloud()
    const before = cloud.counts()
    const answer = await cloud.handle(make(cloud))
    const text = textOf(answer)
    expect({ status: answer.status, code: /<Code>(.*?)<|"Code":"(.*?)"/.exec(text)?.slice(1).find(Boolean) }).toEqual({ status, code })
    expect(text).toContain(answer.headers['x-acs-request-id'])
    await expectUnharmed(cloud, before)
  })

  test('sent a second time is refused for its nonce, even with another parameter order', async () => {
    const { cloud } = await testCloud()
    const request = signed(cloud, vpc('VpcName', 'once'))
    expect((await cloud.handle(request)).status).toBe(200)
    const before = cloud.counts()
    const again = await cloud.handle(request)
    expect([again.status, JSON.parse(textOf(again)).Code]).toEqual([400, 'SignatureNonceUsed'])
    await expectUnharmed(cloud, before)
  })

  test('that is refused for its signature does not use up the nonce of the rightful one', async () => {
    const { cloud } = await testCloud()
    const nonce = randomId()
    await cloud.handle(signed(cloud, { ...vpc('VpcName', 'ab'), nonce, keys: { ...cloud.credentials, accessKeySecret: 'x' } }))
    expect((await cloud.handle(signed(cloud, { ...vpc('VpcName', 'ab'), nonce }))).status).toBe(200)
  })

  test('cannot write headers or markup of its own into the answer', async () => {
    const { cloud } = await testCloud()
    const server = await cloud.listen()
    try {
      const injected = encodeURIComponent('x\r\nSet-Cookie: a=b\r\n\r\n<script>')
      for (const query of [`Action=${injected}`, `Action=CreateVpc&Version=${injected}`, `Action=A&Version=B&Format=${injected}`]) {
        const answer = await fetch(`${server.url}/?${query}`)
        expect(answer.status).toBeGreaterThanOrEqual(400)
        expect(answer.headers.get('set-cookie')).toBeNull()
        expect(answer.headers.get('content-type')).toBe('text/xml;charset=utf-8')
        expect(await answer.text()).not.toContain('<script>')
      }
    } finally {
      await cloud.close()
    }
  })

  test('that is not HTTP is answered 400 or dropped, and the next one is served', async () => {
    const { cloud } = await testCloud()
    const server = await cloud.listen()
    try {
      const raw = [
        'NONSENSE\r\n\r\n',
        'GET / HTTP/1.1\r\nHost: a\r\nX: a\u0000b\r\n\r\n',
        `GET /?${'a'.repeat(300_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
      ]
      for (const text of raw) {
        const first = await new Promise<string>((resolve) => {
          let got = ''
          const socket = connect(server.port, '127.0.0.1', () => socket.end(text, 'latin1'))
          socket.on('data', (chunk) => (got += chunk.toString('latin1')))
          socket.on('error', () => resolve(got))
          socket.on('close', () => resolve(got))
        })
        expect(first).toMatch(/^(HTTP\/1\.1 4\d\d |$)/)
      }
      await expectUnharmed(cloud, cloud.counts())
    } finally {
      await cloud.close()
    }
  })

  test('with a body of 10 MB is answered 413, and the cloud serves on', async () => {
    const { cloud } = await testCloud()
    const before = cloud.counts()
    const server = await cloud.listen()
    try {
      const answer = await fetch(server.url, { method: 'POST', headers: form, body: 'a'.repeat(10_000_000) })
      expect(answer.status).toBe(413)
      await answer.text()
      expect((await fetch(`${server.url}/?Action=x`)).status).toBe(400)
      await expectUnharmed(cloud, before)
    } finally {
      await cloud.close()
    }
  })
})

const inVpc = { product: 'vpc' } as const

describe('a ClientToken', () => {
  test('brings the first answer again and makes nothing twice', async () => {
    const { call, cloud } = await testCloud()
    const first = await call('CreateVpc', { VpcName: 'one', ClientToken: 't' }, inVpc)
    const again = await call('CreateVpc', { VpcName: 'one', ClientToken: 't' }, inVpc)
    expect(again).toEqual({ ...first, RequestId: again.RequestId })
    expect(again.RequestId).not.toBe(first.RequestId)
    expect(cloud.counts().vpcs).toBe(1)
  })

  test('with other parameters is refused; in another region, or after a refusal, it is new', async () => {
    const { call, refusal, cloud } = await testCloud()
    expect(await refusal('CreateVpc', { CidrBlock: 'x', ClientToken: 't' }, inVpc)).toMatchObject({ status: 400 })
    await call('CreateVpc', { VpcName: 'one', ClientToken: 't' }, inVpc)
    expect(await refusal('CreateVpc', { VpcName: 'two', ClientToken: 't' }, inVpc)).toMatchObject({
      code: 'IdempotentParameterMismatch',
      status: 400,
    })
    await call('CreateVpc', { VpcName: 'one', ClientToken: 't' }, { ...inVpc, regionId: 'cn-beijing' })
    expect(cloud.counts().vpcs).toBe(2)
  })

  test.each(['t'.repeat(65), '令牌'])('has up to 64 ASCII characters: not %s', async (ClientToken) => {
    const { refusal, cloud } = await testCloud()
    expect(await refusal('CreateVpc', { ClientToken }, inVpc)).toMatchObject({ code: 'InvalidClientToken.ValueNotSupported', status: 400 })
    expect(cloud.counts().vpcs).toBe(0)
  })
})

test('a dry run says that it would succeed or why not, leaves no trace and takes no random numbers', async () => {
  const [dry, plain] = [await testCloud(), await testCloud()]
  const input = { VpcName: 'one', ClientToken: 't' }
  expect(await dry.refusal('CreateVpc', { ...input, DryRun: true }, inVpc)).toMatchObject({ code: 'DryRunOperation', status: 400 })
  expect(dry.cloud.counts().vpcs).toBe(0)
  expect(await dry.refusal('CreateVpc', { CidrBlock: 'x', DryRun: true }, inVpc)).not.toMatchObject({ code: 'DryRunOperation' })
  await dry.call('CreateVpc', input, inVpc)
  await plain.call('CreateVpc', input, inVpc)
  expect(dry.cloud.counts()).toEqual(plain.cloud.counts())
})

describe('parameters and operations the cloud does not have', () => {
  test('a parameter that is known and not honoured is refused by name, never ignored', async () => {
    const { refusal } = await testCloud()
    expect(await refusal('DescribeInstances', { Ipv6Address: ['::1'] })).toMatchObject({
      code: 'UnsupportedParameter',
      status: 400,
      message: expect.stringContaining('"Ipv6Address" of DescribeInstances'),
    })
  })

  test('a parameter that no operation knows passes, and the log names it', async () => {
    const { cloud } = await testCloud()
    const request = signed(cloud, { action: 'DescribeRegions', ...ecs, pairs: [['Colour', 'red']] })
    expect((await cloud.handle(request)).status).toBe(200)
    expect(cloud.requests(1)).toMatchObject([{ action: 'DescribeRegions', ignored: ['Colour'], status: 200 }])
  })

  test('an operation that is not emulated yet says so with its own name', async () => {
    const { refusal } = await testCloud()
    expect(await refusal('DescribeActivations')).toMatchObject({
      code: 'UnsupportedOperation.NotEmulated',
      message: expect.stringContaining('DescribeActivations'),
    })
  })
})

describe('the format of an answer', () => {
  test.each([undefined, 'XML', 'yaml'])(
    'is XML for a V1 request that does not ask for JSON (Format %s), lists and errors included',
    async (format) => {
      const { cloud } = await testCloud()
      const answer = await cloud.handle(signedV1(cloud, 'DescribeRegions', format))
      expect(answer.headers['content-type']).toBe('text/xml;charset=utf-8')
      expect(textOf(answer)).toMatch(/^<\?xml version=.1\.0. encoding=.UTF-8.\?><DescribeRegionsResponse>/)
      expect(textOf(answer)).toMatch(/<Regions><Region><RegionId>[^<]+<\/RegionId>.*<\/Region><Region>/)
      const error = await cloud.handle(signedV1(cloud, 'StopInstance', format))
      expect(textOf(error)).toMatch(/<Error><RequestId>.*<Code>MissingInstanceId<\/Code>.*<\/Error>$/)
    },
  )

  test('is JSON for V3, with the id of the request in body and header', async () => {
    const { cloud } = await testCloud()
    const answer = await cloud.handle(signed(cloud, { action: 'DescribeRegions', ...ecs }))
    const body: TestAnswer = JSON.parse(textOf(answer))
    expect(answer.headers['content-type']).toBe('application/json;charset=utf-8')
    expect(body.RequestId).toMatch(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/)
    expect(answer.headers['x-acs-request-id']).toBe(body.RequestId)
  })

  test('has the canonical request of a V3 signature that does not match, and nothing after the string to sign of V1', async () => {
    const { cloud } = await testCloud()
    const keys = { ...cloud.credentials, accessKeySecret: 'x' }
    const v3: TestAnswer = JSON.parse(textOf(await cloud.handle(signed(cloud, { keys }))))
    expect(v3.Message).toMatch(
      /^Specified signature does not match our calculation\. server StringToSign is \[ACS3-HMAC-SHA256\n[0-9a-f]{64}\] server CanonicalRequest is \[POST\n/,
    )
    const v1: TestAnswer = JSON.parse(textOf(await cloud.handle(signed(cloud, { keys, algorithm: 'v1' }))))
    expect(v1.Message).toMatch(/^Specified signature is not matched with our calculation\. server string to sign is:POST&%2F&[^:]*$/)
  })
})
