/**
 * What the wire costs on top of the cryptography it cannot do without: sign+flatten and verify+unflatten of a RunInstances
 * with some twenty parameters, against the bare HMAC (and, for V3, the SHA-256 before it) over the very same bytes.
 */
import { createHash, createHmac } from 'node:crypto'
import { catalogue } from '../src/api/catalogue.ts'
import { decodePairs } from '../src/api/encode.ts'
import { flatten } from '../src/api/flatten.ts'
import { signRequest } from '../src/api/sign.ts'
import type { Operation } from '../src/api/shape.ts'
import { unflatten } from '../src/api/unflatten.ts'
import { readClaim, type SignedClaim, verify } from '../src/api/verify.ts'
import type { WireRequest } from '../src/api/wire.ts'
import { measure } from './measure.ts'

const secret = 'benchSecretOfThirtyCharacters0'
const credentials = { accessKeyId: 'LTAI5tBenchKeyOf24Chars00', accessKeySecret: secret }
const operation = catalogue('ecs').get('RunInstances') as Operation

const input = {
  RegionId: 'cn-hangzhou',
  ImageId: 'aliyun_3_x64_20G_alibase_20240528.vhd',
  InstanceType: 'ecs.g7.large',
  SecurityGroupId: 'sg-bp15ed6xe1yxeycg7o9p',
  VSwitchId: 'vsw-bp1s5fnvk4gn2tws0abcd',
  InstanceName: 'web-[1,3]',
  Description: '前端 web server',
  InternetMaxBandwidthOut: 5,
  InternetChargeType: 'PayByTraffic',
  Amount: 3,
  InstanceChargeType: 'PostPaid',
  KeyPairName: 'ops',
  ClientToken: '123e4567-e89b-12d3-a456-426655440000',
  SystemDisk: { Category: 'cloud_essd', Size: 40 },
  DataDisk: [{ Category: 'cloud_essd', Size: 200, DeleteWithInstance: true }],
  Tag: [{ Key: 'env', Value: 'prod' }],
}

function sign(algorithm: 'v1' | 'v3') {
  return signRequest({
    action: { action: 'RunInstances', version: '2014-05-26' },
    method: 'POST',
    host: 'ecs.cn-hangzhou.aliyuncs.com',
    pairs: flatten(input, operation),
    credentials,
    now: 1_767_323_045_000,
    nonce: '3156853299f313e23d1673dc12e1703d',
    algorithm,
  })
}

function receive(request: WireRequest) {
  const { pairs } = decodePairs(request.target.slice(2))
  const mismatch = verify(readClaim(request, pairs) as SignedClaim, request, pairs, secret)
  const { value, problems } = unflatten(pairs, operation)
  return { mismatch, value, problems }
}

const received = (algorithm: 'v1' | 'v3'): WireRequest => ({ method: 'POST', ...sign(algorithm), body: new Uint8Array() })

/** The bytes that a request's signature is made over: what a server with the wrong secret would report. */
function signedText(request: WireRequest) {
  const { pairs } = decodePairs(request.target.slice(2))
  const told = verify(readClaim(request, pairs) as SignedClaim, request, pairs, 'not the secret')
  if (told === undefined) throw new Error('the wrong secret was taken')
  return told
}

for (const algorithm of ['v1', 'v3'] as const) {
  const request = received(algorithm)
  const { mismatch, problems } = receive(request)
  if (mismatch !== undefined || problems.length > 0) throw new Error(`the ${algorithm} request does not come through`)
}

const v1 = received('v1')
const v1Text = signedText(v1).stringToSign
await measure(`V1, ${flatten(input, operation).length} parameters, ${v1Text.length} bytes signed`, {
  'bare HMAC-SHA1': () => createHmac('sha1', `${secret}&`).update(v1Text).digest('base64'),
  'sign+flatten': () => sign('v1'),
  'verify+unflatten': () => receive(v1),
})

const v3 = received('v3')
const { canonicalRequest = '' } = signedText(v3)
await measure(`V3, ${flatten(input, operation).length} parameters, ${canonicalRequest.length} bytes signed`, {
  'bare SHA-256 and HMAC-SHA256': () => {
    const digest = createHash('sha256').update(canonicalRequest).digest('hex')
    return createHmac('sha256', secret).update(`ACS3-HMAC-SHA256\n${digest}`).digest('hex')
  },
  'sign+flatten': () => sign('v3'),
  'verify+unflatten': () => receive(v3),
})
