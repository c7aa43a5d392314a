import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { publicImages } from '../../../api/images.ts'
import { cloudWithNetwork, testCloud } from '../../testing.ts'

const ed25519 = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIBbcYz9kyRX3mUYBLVNrG0mCPsgqCkOqQxBX1RsK4oF me@home'
const windowsImage = [...publicImages().values()].find((image) => image.OSType === 'windows')?.ImageId

describe('a key pair', () => {
  it('is made with a private key that fits its public one, told once', async () => {
    const { call } = await testCloud()
    const made = await call('CreateKeyPair', { KeyPairName: 'mine', Tag: [{ Key: 'team', Value: 'a' }] })
    expect(made).toMatchObject({ KeyPairName: 'mine', KeyPairId: expect.stringMatching(/^ssh-bp1[0-9a-z]{17}$/) })
    const key = createPrivateKey(made.PrivateKeyBody)
    expect([key.asymmetricKeyType, key.asymmetricKeyDetails?.modulusLength]).toEqual(['rsa', 2048])
    const { KeyPairs, TotalCount } = await call('DescribeKeyPairs', { IncludePublicKey: true })
    const [{ PublicKey, ...shown }] = KeyPairs.KeyPair
    expect(TotalCount).toBe(1)
    expect(shown).toMatchObject({
      KeyPairName: 'mine',
      KeyPairFingerPrint: made.KeyPairFingerPrint,
      Tags: { Tag: [{ TagKey: 'team', TagValue: 'a' }] },
    })
    const blob = Buffer.from(PublicKey.split(' ')[1], 'base64')
    const modulus = Buffer.from(createPublicKey(key).export({ format: 'jwk' }).n ?? '', 'base64url')
    expect(blob.subarray(-256).equals(modulus)).toBe(true)
    expect(made.KeyPairFingerPrint.replaceAll(':', '')).toBe(createHash('md5').update(blob).digest('hex'))
    expect(made.KeyPairFingerPrint).toMatch(/^[0-9a-f]{2}(:[0-9a-f]{2}){15}$/)
  })

  it('is imported with the fingerprint that ssh-keygen tells', async () => {
    const { call } = await testCloud()
    const blob = Buffer.from(ed25519.split(' ')[1] ?? '', 'base64')
    const md5 = createHash('md5').update(blob).digest('hex')
    const { KeyPairFingerPrint } = await call('ImportKeyPair', { KeyPairName: 'theirs', PublicKeyBody: ed25519 })
    expect(KeyPairFingerPrint.replaceAll(':', '')).toBe(md5)
    const { KeyPairs } = await call('DescribeKeyPairs', { KeyPairFingerPrint, IncludePublicKey: true })
    expect(KeyPairs.KeyPair).toMatchObject([{ KeyPairName: 'theirs', PublicKey: ed25519 }])
  })

  it.each([
    ['a PEM', generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString()],
    ['no key', 'ssh-rsa AAAA'],
    ['a key of another kind than it says', ed25519.replace('ssh-ed25519', 'ssh-rsa')],
    ['a kind of its own', ed25519.replace('ssh-ed25519', 'ssh-mine')],
    ['a key cut short', ed25519.slice(0, 60)],
    ['a key too long', `${ed25519} ${'x'.repeat(5_000)}`],
    ['two lines', `${ed25519}\n${ed25519}`],
  ])('is not imported from %s', async (_title, PublicKeyBody) => {
    const { refusal } = await testCloud()
    const asked = { KeyPairName: 'theirs', PublicKeyBody }
    expect(await refusal('ImportKeyPair', asked)).toMatchObject({ code: 'InvalidPublicKeyBody.Malformed', status: 400 })
  })

  it('has a name of its own within a region', async () => {
    const { call, refusal } = await testCloud()
    const named = { KeyPairName: 'theirs', PublicKeyBody: ed25519 }
    await call('ImportKeyPair', named)
    expect(await refusal('CreateKeyPair', { KeyPairName: 'theirs' })).toMatchObject({
      code: 'KeyPair.AlreadyExist',
      status: 400,
    })
    await call('ImportKeyPair', named, { regionId: 'cn-beijing' })
    const malformed = { code: 'InvalidKeyPairName.Malformed', status: 400 }
    for (const KeyPairName of ['x', 'x'.repeat(129), 'http://x'])
      expect(await refusal('ImportKeyPair', { ...named, KeyPairName })).toMatchObject(malformed)
  })

  it('is the 500th of a region at most', async () => {
    const { call, refusal } = await testCloud()
    for (let at = 0; at < 500; at++) await call('ImportKeyPair', { KeyPairName: `key-${at}`, PublicKeyBody: ed25519 })
    const one = { KeyPairName: 'one', PublicKeyBody: ed25519 }
    expect(await refusal('ImportKeyPair', one)).toMatchObject({ code: 'QuotaExceed.KeyPair', status: 403 })
    const found = await call('DescribeKeyPairs', { KeyPairName: 'key-49*', PageSize: 5 })
    expect([found.TotalCount, found.KeyPairs.KeyPair.length]).toEqual([11, 5])
    expect(await refusal('DescribeKeyPairs', { PageSize: 51 })).toMatchObject({ code: 'InvalidParameter', status: 400 })
  })

  it('is listed by tag, and tagged by its name', async () => {
    const { call } = await testCloud()
    for (const KeyPairName of ['one', 'two']) await call('ImportKeyPair', { KeyPairName, PublicKeyBody: ed25519 })
    const named = { ResourceType: 'keypair', ResourceId: ['one'] }
    await call('TagResources', { ...named, Tag: [{ Key: 'team', Value: 'a' }] })
    expect((await call('DescribeKeyPairs', { Tag: [{ Key: 'team' }] })).KeyPairs.KeyPair).toMatchObject([{ KeyPairName: 'one' }])
    const pair = { ResourceId: 'one', ResourceType: 'keypair', TagKey: 'team', TagValue: 'a' }
    expect((await call('ListTagResources', { ...named, ResourceId: ['one', 'two'] })).TagResources.TagResource).toEqual([pair])
    await call('UntagResources', { ...named, All: true })
    expect((await call('ListTagResources', named)).TagResources.TagResource).toEqual([])
  })
})

describe('a key pair of an instance', () => {
  it('is given at launch, replaced, taken away, and shown', async () => {
    const { call, running, instances } = await cloudWithNetwork()
    for (const KeyPairName of ['one', 'two']) await call('ImportKeyPair', { KeyPairName, PublicKeyBody: ed25519 })
    const id = await running({ KeyPairName: 'one' })
    expect(await instances({ KeyPairName: 'one' })).toMatchObject([{ InstanceId: id, KeyPairName: 'one' }])
    expect(await call('AttachKeyPair', { KeyPairName: 'two', InstanceIds: [id] })).toMatchObject({
      KeyPairName: 'two',
      TotalCount: '1',
      FailCount: '0',
      Results: { Result: [{ InstanceId: id, Code: '200', Message: 'successful', Success: 'true' }] },
    })
    expect((await instances())[0].KeyPairName).toBe('two')
    await call('DetachKeyPair', { KeyPairName: 'one', InstanceIds: [id] })
    expect((await instances())[0].KeyPairName).toBe('two')
    await call('DetachKeyPair', { KeyPairName: 'two', InstanceIds: [id] })
    expect((await instances())[0].KeyPairName).toBe('')
  })

  it('fails for Windows and for instances that are not there, one by one', async () => {
    const { call, running, instances } = await cloudWithNetwork()
    await call('ImportKeyPair', { KeyPairName: 'one', PublicKeyBody: ed25519 })
    const linux = await running()
    const windows = await running({ ImageId: windowsImage, KeyPairName: 'not looked at' })
    const answer = await call('AttachKeyPair', { KeyPairName: 'one', InstanceIds: [linux, windows, 'i-none'] })
    expect(answer).toMatchObject({ TotalCount: '3', FailCount: '2' })
    expect(answer.Results.Result.map((result: { Code: string }) => result.Code)).toEqual([
      '200',
      'DependencyViolation.WindowsInstance',
      'InvalidInstanceId.NotFound',
    ])
    expect((await instances({ InstanceIds: [windows] }))[0].KeyPairName).toBe('')
  })

  it('keeps it from being deleted', async () => {
    const { call, refusal, running } = await cloudWithNetwork()
    for (const KeyPairName of ['one', 'two']) await call('ImportKeyPair', { KeyPairName, PublicKeyBody: ed25519 })
    const id = await running({ KeyPairName: 'one' })
    const both = { KeyPairNames: ['two', 'one'] }
    const bound = { code: 'InvalidParameter.KeypairAlreadyAttachedInstance', status: 400 }
    expect(await refusal('DeleteKeyPairs', both)).toMatchObject(bound)
    expect((await call('DescribeKeyPairs')).TotalCount).toBe(2)
    await call('DetachKeyPair', { KeyPairName: 'one', InstanceIds: [id] })
    await call('DeleteKeyPairs', both)
    expect((await call('DescribeKeyPairs')).TotalCount).toBe(0)
  })

  it('has to be there, and not too many are named in a call', async () => {
    const { refusal, call, basics } = await cloudWithNetwork()
    const unknown = { code: 'InvalidKeyPairName.NotFound' }
    for (const action of ['AttachKeyPair', 'DetachKeyPair'])
      expect(await refusal(action, { KeyPairName: 'none', InstanceIds: ['i-a'] })).toMatchObject({ ...unknown, status: 404 })
    expect(await refusal('RunInstances', { ...basics, KeyPairName: 'none' })).toMatchObject({ ...unknown, status: 400 })
    await call('ImportKeyPair', { KeyPairName: 'one', PublicKeyBody: ed25519 })
    const InstanceIds = Array.from({ length: 51 }, (_, at) => `i-${at}`)
    const many = { code: 'InvalidInstanceIds.ValueNotSupported', status: 400 }
    expect(await refusal('AttachKeyPair', { KeyPairName: 'one', InstanceIds })).toMatchObject(many)
    const KeyPairNames = Array.from({ length: 101 }, (_, at) => `key-${at}`)
    expect(await refusal('DeleteKeyPairs', { KeyPairNames })).toMatchObject({
      code: 'InvalidKeyPairNames.ValueNotSupported',
      status: 400,
    })
  })
})
