import { describe, expect, it } from 'vitest'
import vectors from '../../test/data/signature-vectors.json' with { type: 'json' }
import { decodePairs } from './encode.ts'
import { canonicalQuery, hashHex, signatureV1, signatureV3, signRequest } from './sign.ts'
import type { Pairs } from './wire.ts'

const { accessKeyId, accessKeySecret, securityToken } = vectors.credentials
const now = Date.parse(vectors.time)

describe('canonicalQuery', () => {
  it('sorts by the code points of the raw names', () => {
    const names = ['Tag.2.Key', 'Tag.10.Key', 'b', 'B', '\u{1f600}', '\uffee', 'a!', 'a-']
    expect(decodePairs(canonicalQuery(names.map((name) => [name, '']))).pairs.map(([name]) => name)).toEqual([
      'B',
      'Tag.10.Key',
      'Tag.2.Key',
      'a!',
      'a-',
      'b',
      '\uffee',
      '\u{1f600}',
    ])
  })

  it('keeps empty values and leaves names raw when told to', () => {
    expect(canonicalQuery([['Map.#1#a', '']])).toBe('Map.%231%23a=')
    expect(canonicalQuery([['Map.#1#a', '#']], true)).toBe('Map.#1#a=%23')
  })
})

describe.each(vectors.v1)('V1 as $client signs it: $id', ({ method, parameters, canonicalQuery: canonical, stringToSign, signature }) => {
  it('comes to the same string and signature', () => {
    const query = canonicalQuery(Object.entries(parameters))
    expect(query).toBe(canonical)
    expect(signatureV1(method, query, accessKeySecret)).toEqual({ stringToSign, signature })
  })
})

describe.each(vectors.v3)('V3 as $client signs it: $id', ({ method, target, headers, body, canonicalRequest, stringToSign, signature }) => {
  it('comes to the same canonical request, string and signature', () => {
    const signedHeaders = /SignedHeaders=([^,]+)/.exec(headers.authorization)?.[1]?.split(';') ?? []
    const query = canonicalQuery(decodePairs(target.slice(2)).pairs)
    const received = headers as unknown as Record<string, string>
    expect(
      signatureV3({
        method,
        path: '/',
        query,
        headers: received,
        signedHeaders,
        bodyHash: hashHex(Buffer.from(body)),
        secret: accessKeySecret,
      }),
    ).toEqual({ canonicalRequest, stringToSign, signature })
  })
})

describe('signRequest', () => {
  const call = {
    action: { action: 'DescribeRegions', version: '2014-05-26' },
    method: 'POST',
    host: '127.0.0.1:18080',
    pairs: [['RegionId', 'cn-hangzhou']],
    credentials: { accessKeyId, accessKeySecret },
    now,
    nonce: 'n',
  } as const

  it('sends V3’s facts as headers and the parameters in the query', () => {
    const { target, headers } = signRequest(call)
    expect(target).toBe('/?RegionId=cn-hangzhou')
    expect(headers).toEqual({
      host: '127.0.0.1:18080',
      accept: 'application/json',
      'x-acs-action': 'DescribeRegions',
      'x-acs-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'x-acs-date': vectors.time,
      'x-acs-signature-nonce': 'n',
      'x-acs-version': '2014-05-26',
      authorization: expect.stringMatching(
        /^ACS3-HMAC-SHA256 Credential=LTAI4FakeKeyIdForTests01,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=[0-9a-f]{64}$/,
      ) as string,
    })
    expect(signRequest({ ...call, pairs: [] }).target).toBe('/')
  })

  it('asks for JSON in V1 unless the parameters name a Format', () => {
    const formats = (pairs: Pairs) =>
      decodePairs(signRequest({ ...call, pairs, algorithm: 'v1' }).target.slice(2)).pairs.filter(([name]) => name === 'Format')
    expect(formats([])).toEqual([['Format', 'JSON']])
    expect(formats([['Format', 'XML']])).toEqual([['Format', 'XML']])
  })

  it('signs temporary credentials’ token in V3, the signed headers in the order of their names', () => {
    const { headers } = signRequest({ ...call, credentials: { accessKeyId, accessKeySecret, securityToken } })
    expect(headers).toMatchObject({ 'x-acs-accesskey-id': accessKeyId, 'x-acs-security-token': securityToken })
    const signed = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1]?.split(';') ?? []
    expect(signed).toContain('x-acs-security-token')
    expect(signed).toEqual([...signed].sort())
  })

  it.each(vectors.v1.filter(({ client, headers }) => client === '@alicloud/pop-core' && !('content-type' in headers)))(
    'sends in V1 the very query that $client sends: $id',
    ({ method, target, parameters }) => {
      const {
        Action,
        Version,
        AccessKeyId: _,
        SecurityToken,
        Format,
        SignatureMethod,
        SignatureVersion,
        SignatureNonce,
        Timestamp,
        ...rest
      } = parameters
      expect([Format, SignatureMethod, SignatureVersion, Timestamp]).toEqual(['JSON', 'HMAC-SHA1', '1.0', vectors.time])
      const sent = signRequest({
        action: { action: Action, version: Version },
        method: method as 'GET',
        host: 'h',
        pairs: Object.entries(rest),
        credentials: { accessKeyId, accessKeySecret, ...(SecurityToken !== undefined && { securityToken: SecurityToken }) },
        now,
        nonce: SignatureNonce,
        algorithm: 'v1',
      })
      expect(sent).toEqual({ target, headers: { host: 'h', accept: 'application/json' } })
    },
  )
})
