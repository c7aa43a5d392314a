import { describe, expect, test } from 'vitest'
import { encodePairs } from '../../api/encode.ts'
import { randomId, systemNow } from '../../api/system.ts'
import type { WireRequest } from '../../api/wire.ts'
import type { Cloud } from '../cloud.ts'
import { testCloud } from '../testing.ts'
import { ecs, expectUnharmed, form, type Raw, region, signed, textOf } from './testing.ts'

/** The same request with something else in place of what was signed. */
const changed = (request: WireRequest, part: Partial<WireRequest>): WireRequest => ({ ...request, ...part })
const withHeader = (request: WireRequest, name: string, change: (value: string) => string): WireRequest => ({
  ...request,
  headers: { ...request.headers, [name]: change(request.headers[name] ?? '') },
})

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
})
