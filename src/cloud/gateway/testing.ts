/** For the tests of the gateway: requests as they travel, signed but otherwise whatever they say. */
import { expect } from 'vitest'
import { encodePairs } from '../../api/encode.ts'
import { canonicalQuery, signatureV1, signRequest } from '../../api/sign.ts'
import { randomId, systemNow } from '../../api/system.ts'
import { toSeconds } from '../../api/time.ts'
import type { Credentials, Pairs, WireAnswer, WireRequest } from '../../api/wire.ts'
import type { Cloud } from '../cloud.ts'

export interface Raw {
  readonly action?: string
  readonly version?: string
  readonly pairs?: Pairs
  readonly now?: number
  readonly nonce?: string
  readonly keys?: Credentials
  readonly algorithm?: 'v1' | 'v3'
}

/** A request that is signed as it should be, whatever it says. */
export function signed(cloud: Cloud, { action = 'DescribeVSwitches', version = '2016-04-28', pairs = [], ...how }: Raw = {}): WireRequest {
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
export function signedV1({ credentials }: Cloud, action: string, format: string | undefined): WireRequest {
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

export const ecs = { version: '2014-05-26' }
export const region = ['RegionId', 'cn-hangzhou'] as const
export const form = { 'content-type': 'application/x-www-form-urlencoded' }
export const textOf = (answer: WireAnswer) => Buffer.from(answer.body).toString()

/** That a cloud which was sent anything at all is as it was, and answers. */
export async function expectUnharmed(cloud: Cloud, before: Record<string, number>) {
  expect(cloud.counts()).toEqual(before)
  const answer = await cloud.handle(signed(cloud, { action: 'DescribeRegions', ...ecs }))
  expect(answer.status).toBe(200)
}
