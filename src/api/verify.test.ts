import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import vectors from '../../test/data/signature-vectors.json' with { type: 'json' }
import { decodePairs, encodePairs } from './encode.ts'
import { algorithmV3, canonicalQuery, hashHex, signatureV3, signRequest } from './sign.ts'
import { type Claim, readClaim, type SignedClaim, verify } from './verify.ts'
import type { Pairs, WireRequest } from './wire.ts'

const { accessKeyId, accessKeySecret: secret } = vectors.credentials
const none = new Uint8Array()

/** Parameters as the gateway collects them: those of the query, then those of a form body. */
function parameters({ target, body, headers }: WireRequest): Pairs {
  const question = target.indexOf('?')
  const query = question < 0 ? [] : decodePairs(target.slice(question + 1)).pairs
  const form =
    headers['content-type'] === 'application/x-www-form-urlencoded' ? decodePairs(Buffer.from(body).toString('latin1')).pairs : []
  return [...query, ...form]
}

const signed = (claim: Claim): claim is SignedClaim => claim.kind === 'v1' || claim.kind === 'v3'

/** How the request fares: proved, refused (with what the server had to sign), or not even a claim. */
function judge(request: WireRequest, key = secret) {
  const pairs = parameters(request)
  const claim = readClaim(request, pairs)
  return signed(claim) ? (verify(claim, request, pairs, key) ?? 'proved') : claim.kind
}

const fromVector = ({ method, target, headers, body }: { method: string; target: string; headers: object; body: string }): WireRequest => ({
  method,
  target,
  headers: headers as Record<string, string>,
  body: Buffer.from(body),
})

describe.each(vectors.v1)('V1 as $client sends it: $id', (vector) => {
  const request = fromVector(vector)

  it('is proved, and under a wrong secret answered with the very string the client signed', () => {
    expect(judge(request)).toBe('proved')
    expect(judge(request, 'wrong')).toEqual({ stringToSign: vector.stringToSign })
  })
})

describe.each(vectors.v3)('V3 as $client sends it: $id', (vector) => {
  const request = fromVector(vector)

  it('is proved, and under a wrong secret answered with the very texts the client signed', () => {
    expect(judge(request)).toBe('proved')
    expect(judge(request, 'wrong')).toEqual({ stringToSign: vector.stringToSign, canonicalRequest: vector.canonicalRequest })
  })
})

interface Signable {
  readonly method: string
  readonly query: Pairs
  readonly form: Pairs
  readonly headers: Record<string, string>
  readonly rawNames: boolean
}

/** Signed as a client would that signs every header it sets. */
function signV3({ method, query, form, headers: extra, rawNames }: Signable): WireRequest {
  const body = Buffer.from(encodePairs(form))
  const headers: Record<string, string> = {
    ...extra,
    ...(form.length > 0 && { 'content-type': 'application/x-www-form-urlencoded' }),
    host: '127.0.0.1:20140',
    'x-acs-action': 'DescribeInstances',
    'x-acs-version': '2014-05-26',
    'x-acs-date': vectors.time,
    'x-acs-signature-nonce': 'nonce',
    'x-acs-content-sha256': hashHex(body),
  }
  const signedHeaders = Object.keys(headers).sort()
  const { signature } = signatureV3({
    method,
    path: '/',
    query: canonicalQuery(query, rawNames),
    headers,
    signedHeaders,
    bodyHash: hashHex(body),
    secret,
  })
  headers.authorization = `${algorithmV3} Credential=${accessKeyId},SignedHeaders=${signedHeaders.join(';')},Signature=${signature}`
  return { method, target: `/?${encodePairs(query)}`, headers, body }
}

const value = fc.string({ unit: 'binary', maxLength: 10 })
const pairsOf = (name: fc.Arbitrary<string>) =>
  fc.uniqueArray(fc.tuple(name, value), { selector: ([key]) => key, minLength: 1, maxLength: 6 })
const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9.]{0,9}$/)
const mapName = fc.oneof(name, fc.constantFrom('Map.#1#a', 'Map.#2#空a', '😀'))
const signable: fc.Arbitrary<Signable> = fc.record({
  method: fc.constantFrom('GET', 'POST'),
  query: pairsOf(mapName),
  form: fc.oneof(fc.constant([]), pairsOf(name)),
  headers: fc.dictionary(fc.stringMatching(/^x-[a-z]{1,8}$/), fc.stringMatching(/^[!-~]{0,12}$/), { noNullPrototype: true, maxKeys: 3 }),
  rawNames: fc.boolean(),
})

const flip = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((byte, index) => (index === at % bytes.length ? byte ^ 1 : byte))
const changed = (text: string) => `${text}x`
const withPair = (pairs: Pairs, at: number, change: (pair: readonly [string, string]) => readonly [string, string]): Pairs =>
  pairs.map((pair, index) => (index === at % pairs.length ? change(pair) : pair))

/** Every way in which one bit of a V3 request can be another than the one that was signed. */
const tampering: Record<string, (request: WireRequest, signable: Signable, at: number) => WireRequest> = {
  method: (request) => ({ ...request, method: request.method === 'GET' ? 'POST' : 'GET' }),
  path: (request) => ({ ...request, target: `/x${request.target.slice(1)}` }),
  'a value': (request, { query }, at) => ({
    ...request,
    target: `/?${encodePairs(withPair(query, at, ([key, text]) => [key, changed(text)]))}`,
  }),
  'a name': (request, { query }, at) => ({
    ...request,
    target: `/?${encodePairs(withPair(query, at, ([key, text]) => [changed(key), text]))}`,
  }),
  'a parameter more': (request) => ({ ...request, target: `${request.target}&Extra=` }),
  'a parameter less': (request, { query }, at) => ({
    ...request,
    target: `/?${encodePairs(query.filter((_, index) => index !== at % query.length))}`,
  }),
  'a byte of the body': (request, _, at) => ({ ...request, body: request.body.length === 0 ? Buffer.from('x') : flip(request.body, at) }),
  'the body and its hash': (request) => ({
    ...request,
    body: Buffer.from('A=1'),
    headers: { ...request.headers, 'x-acs-content-sha256': hashHex('A=1') },
  }),
  'a signed header': (request, _, at) => {
    const names = Object.keys(request.headers).filter((header) => header !== 'authorization' && header !== 'content-type')
    const header = names[at % names.length] as string
    return { ...request, headers: { ...request.headers, [header]: changed(request.headers[header] as string) } }
  },
  'the signature': (request, _, at) => {
    const { authorization = '' } = request.headers
    const place = authorization.length - 1 - (at % 64)
    const digit = authorization[place] === '0' ? '1' : '0'
    return {
      ...request,
      headers: { ...request.headers, authorization: authorization.slice(0, place) + digit + authorization.slice(place + 1) },
    }
  },
  'the signature’s length': (request) => ({
    ...request,
    headers: { ...request.headers, authorization: request.headers.authorization?.slice(0, -1) ?? '' },
  }),
  'the list of signed headers': (request) => ({
    ...request,
    headers: { ...request.headers, authorization: request.headers.authorization?.replace('host;', 'host;x-acs-action;') ?? '' },
  }),
}

describe('V3', () => {
  it('is proved however parameters, body, headers and names’ encoding are', () => {
    fc.assert(
      fc.property(signable, (call) => {
        expect(judge(signV3(call))).toBe('proved')
      }),
    )
  })

  it.each(Object.entries(tampering))('is refused when %s was changed', (_title, change) => {
    fc.assert(
      fc.property(signable, fc.nat(), (call, at) => {
        expect(judge(change(signV3(call), call, at))).toMatchObject({
          stringToSign: expect.stringMatching(/^ACS3-HMAC-SHA256\n[0-9a-f]{64}$/) as string,
        })
      }),
      { numRuns: 40 },
    )
  })

  it('is refused when two parameters are passed off as one whose raw name reads like both', () => {
    const request = signV3({
      method: 'POST',
      query: [
        ['a', '1'],
        ['b', '2'],
      ],
      form: [],
      headers: {},
      rawNames: true,
    })
    expect(judge({ ...request, target: '/?a%3D1%26b=2' })).toMatchObject({ canonicalRequest: expect.any(String) as string })
  })

  const request = signV3({ method: 'POST', query: [['a', '1']], form: [], headers: {}, rawNames: false })
  const authorized = (authorization: string): WireRequest => ({ ...request, headers: { ...request.headers, authorization } })
  const authorization = request.headers.authorization ?? ''

  it('takes Host as it was sent, scheme and all', () => {
    const headers: Record<string, string> = { ...request.headers, host: 'http://127.0.0.1:18082' }
    const signedHeaders = ['host', 'x-acs-action', 'x-acs-content-sha256', 'x-acs-date', 'x-acs-signature-nonce', 'x-acs-version']
    const { signature } = signatureV3({ method: 'POST', path: '/', query: 'a=1', headers, signedHeaders, bodyHash: hashHex(none), secret })
    headers.authorization = `${algorithmV3} Credential=k,SignedHeaders=${signedHeaders.join(';')},Signature=${signature}`
    expect(judge({ ...request, headers })).toBe('proved')
    expect(judge({ ...request, headers: { ...headers, host: '127.0.0.1:18082' } })).not.toBe('proved')
  })

  it.each(['host', 'x-acs-date', 'x-acs-signature-nonce', 'x-acs-action', 'x-acs-version', 'x-acs-content-sha256'])(
    'is incomplete when %s is not signed, or signed but not sent',
    (header) => {
      expect(judge(authorized(authorization.replace(new RegExp(`${header};|;${header}(?=,)`), '')))).toBe('incomplete')
      const { [header]: _, ...headers } = request.headers
      expect(judge({ ...request, headers })).toBe('incomplete')
    },
  )

  it.each([
    'ACS3-',
    'ACS3-HMAC-SHA256',
    authorization.replace(/Credential=[^,]+,/, ''),
    authorization.replace(/Credential=[^,]+,/, 'Credential=,'),
    authorization.replace(/,Signature=.*/, ''),
    authorization.replace(/Signature=.*/, 'Signature='),
    authorization.replace(/Signature=.*/, 'Signature=not hex'),
    `${authorization}\n`,
    `${authorization},Signature=00`,
  ])('is incomplete when Authorization cannot be read: %j', (text) => {
    expect(judge(authorized(text))).toBe('incomplete')
  })

  it.each(['ACS3-HMAC-SM3', 'ACS3-RSA-SHA256'])('names the algorithm %s, which it does not know', (algorithm) => {
    const other = authorized(authorization.replace(algorithmV3, algorithm))
    expect(readClaim(other, parameters(other))).toEqual({ kind: 'algorithm', algorithm })
  })

  it('is refused, not broken, by signed headers that every object has', () => {
    for (const header of ['constructor', '__proto__', 'x-never-sent'])
      expect(judge(authorized(authorization.replace('SignedHeaders=', `SignedHeaders=${header};`)))).toMatchObject({
        canonicalRequest: expect.stringContaining(`\n${header}:\n`) as string,
      })
  })
})

describe('V1', () => {
  const call = (pairs: Pairs, method: 'GET' | 'POST' = 'POST'): WireRequest => ({
    method,
    body: none,
    ...signRequest({
      action: { action: 'DescribeInstances', version: '2014-05-26' },
      method,
      host: 'h',
      pairs,
      credentials: { accessKeyId, accessKeySecret: secret },
      now: Date.parse(vectors.time),
      nonce: 'n',
      algorithm: 'v1',
    }),
  })
  const business = pairsOf(mapName.filter((text) => !/^(Action|Version|Format|Timestamp|Signature)/.test(text)))
  const changeOne = (
    request: WireRequest,
    at: number,
    change: (pair: readonly [string, string]) => readonly [string, string],
  ): WireRequest => ({
    ...request,
    target: `/?${encodePairs(withPair(parameters(request), at, change))}`,
  })

  it('is proved, whether its parameters travel in the query or in the body', () => {
    fc.assert(
      fc.property(business, (pairs) => {
        const request = call(pairs)
        expect(judge(request)).toBe('proved')
        const headers = { 'content-type': 'application/x-www-form-urlencoded' }
        expect(judge({ method: 'POST', target: '/', headers, body: Buffer.from(request.target.slice(2)) })).toBe('proved')
      }),
    )
  })

  it('is refused when the method, any value, any name, the number of parameters or the signature was changed', () => {
    fc.assert(
      fc.property(business, fc.nat(), (pairs, at) => {
        const request = call(pairs)
        const count = parameters(request).length
        expect(judge({ ...request, method: 'GET' })).toMatchObject({ stringToSign: expect.stringMatching(/^GET&%2F&/) as string })
        expect(judge({ ...request, target: `${request.target}&Extra=` })).not.toBe('proved')
        expect(judge(changeOne(request, at, ([key, text]) => [key, changed(text)]))).not.toBe('proved')
        // The last one is Signature: without its name the request claims none.
        expect(judge(changeOne(request, at % (count - 1), ([key, text]) => [changed(key), text]))).not.toBe('proved')
        expect(
          judge(changeOne(request, count - 1, ([key, text]) => [key, text.replace(/^./, (char) => (char === 'A' ? 'B' : 'A'))])),
        ).not.toBe('proved')
      }),
      { numRuns: 60 },
    )
  })

  it('reads everything of the claim', () => {
    const request = call([['SecurityToken', 't']])
    expect(readClaim(request, parameters(request))).toMatchObject({
      kind: 'v1',
      accessKeyId,
      securityToken: 't',
      nonce: 'n',
      timestamp: vectors.time,
      method: 'HMAC-SHA1',
      version: '1.0',
    })
  })
})

describe('readClaim', () => {
  const bare = { method: 'POST', target: '/', headers: {}, body: none }

  it('knows a bearer token and an anonymous call, and a V1 call that forgot its signature', () => {
    expect(readClaim(bare, [])).toEqual({ kind: 'anonymous' })
    expect(readClaim(bare, [['BearerToken', 't']])).toEqual({ kind: 'bearer' })
    expect(readClaim({ ...bare, headers: { 'x-acs-bearer-token': 't' } }, [])).toEqual({ kind: 'bearer' })
    expect(readClaim(bare, [['AccessKeyId', 'k']])).toMatchObject({ kind: 'v1', accessKeyId: 'k', signature: '' })
  })
})
