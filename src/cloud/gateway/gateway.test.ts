import { describe, expect, test } from 'vitest'
import { type TestAnswer, testCloud } from '../testing.ts'
import { ecs, signed, signedV1, textOf } from './testing.ts'

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
    expect(await refusal('StopInstance', { InstanceId: 'i-1', Hibernate: true })).toMatchObject({
      code: 'UnsupportedParameter',
      status: 400,
      message: expect.stringContaining('"Hibernate" of StopInstance'),
    })
  })

  test('one of them that is empty says nothing, and is not refused', async () => {
    const { call } = await testCloud()
    expect(await call('AllocateEipAddress', { InstanceId: '' }, { product: 'vpc' })).toMatchObject({
      AllocationId: expect.stringMatching(/^eip-/),
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
    expect(await refusal('ListDhcpOptionsSets', {}, { product: 'vpc' })).toMatchObject({
      code: 'UnsupportedOperation.NotEmulated',
      message: expect.stringContaining('ListDhcpOptionsSets'),
    })
  })
})

test('an operation that writes regionId takes RegionId as well, which clients of old send with every call', async () => {
  const { cloud } = await testCloud()
  const pairs = [
    ['RegionId', 'cn-beijing'],
    ['timePoints', '["1"]'],
    ['repeatWeekdays', '["1"]'],
    ['retentionDays', '7'],
  ] as const
  const answer = await cloud.handle(signed(cloud, { action: 'CreateAutoSnapshotPolicy', ...ecs, pairs }))
  expect(JSON.parse(textOf(answer))).toMatchObject({ AutoSnapshotPolicyId: expect.stringMatching(/^sp-2ze/) })
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
