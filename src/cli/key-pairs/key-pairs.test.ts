import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { estate, tanxing } from '../testing.ts'

const publicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIBbcYz9kyRX3mUYBLVNrG0mCPsgqCkOqQxBX1RsK4oF me@home'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'tanxing-keys-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

describe('the private key of a new key pair', () => {
  it('stands in a file of its owner alone, and in no output', async () => {
    const { cloud, url } = await estate()
    const file = join(folder(), 'laptop.pem')
    for (const output of ['table', 'json', 'yaml', 'csv', 'ids']) {
      const { exitCode, out, err } = await tanxing(cloud, url, `key-pairs create key-${output} --file ${file}-${output} -o ${output}`)
      expect(exitCode).toBe(0)
      expect(`${out}${err}`).not.toMatch(/PRIVATE|MII/)
      expect(statSync(`${file}-${output}`).mode & 0o777).toBe(0o600)
      expect(readFileSync(`${file}-${output}`, 'utf8')).toMatch(
        /^-----BEGIN (?:RSA )?PRIVATE KEY-----\n[\s\S]+\n-----END (?:RSA )?PRIVATE KEY-----\n$/,
      )
    }
    await cloud.close()
  })

  it('takes no other file away, and then no key pair is made', async () => {
    const { cloud, ecs, url } = await estate()
    const file = join(folder(), 'mine.pem')
    writeFileSync(file, 'dear to me')
    const { exitCode, err } = await tanxing(cloud, url, `key-pairs create mine --file ${file}`)
    expect([exitCode, readFileSync(file, 'utf8')]).toEqual([6, 'dear to me'])
    expect(err).toContain('is not written over')
    expect((await ecs.describeKeyPairs({ KeyPairName: 'mine' })).TotalCount).toBe(0)
    await cloud.close()
  })

  it('leaves no empty file where the key pair could not be made', async () => {
    const { cloud, url } = await estate()
    const place = folder()
    await tanxing(cloud, url, ['key-pairs', 'import', 'taken', publicKey])
    expect((await tanxing(cloud, url, `key-pairs create taken --file ${join(place, 'taken.pem')}`)).exitCode).toBe(1)
    expect(readdirSync(place)).toEqual([])
    await cloud.close()
  })
})

describe('the import of a public key', () => {
  it('reads it from a file', async () => {
    const { cloud, ecs, url } = await estate()
    const file = join(folder(), 'id.pub')
    writeFileSync(file, `${publicKey}\n`)
    expect((await tanxing(cloud, url, `key-pairs import work @${file} --tag team=a`)).exitCode).toBe(0)
    const [pair] = (await ecs.describeKeyPairs({ KeyPairName: 'work', IncludePublicKey: true })).KeyPairs.KeyPair
    expect(pair).toMatchObject({ PublicKey: publicKey, Tags: { Tag: [{ TagKey: 'team', TagValue: 'a' }] } })
    await cloud.close()
  })

  it('sends no private key, which is easily taken for the public one', async () => {
    const { cloud, url } = await estate()
    const file = join(folder(), 'id')
    writeFileSync(file, '-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n-----END OPENSSH PRIVATE KEY-----\n')
    const { exitCode, out, err } = await tanxing(cloud, url, `key-pairs import work @${file}`)
    expect(exitCode).toBe(2)
    expect(`${out}${err}`).not.toContain('c2VjcmV0')
    expect(cloud.requests(100)).toEqual([])
    await cloud.close()
  })
})

describe('the deletion of key pairs', () => {
  it('goes on after one that an instance has, which stays', async () => {
    const { cloud, ecs, url } = await estate()
    for (const name of ['free', 'bound']) await tanxing(cloud, url, ['key-pairs', 'import', name, publicKey])
    const [instance] = (await ecs.describeInstances({ InstanceName: 'web-003' })).Instances.Instance
    await ecs.attachKeyPair({ KeyPairName: 'bound', InstanceIds: [instance?.InstanceId ?? ''] })
    const { exitCode, err, out } = await tanxing(cloud, url, 'key-pairs delete bound free --yes 2 -o json')
    expect(exitCode).toBe(1)
    expect(err).toMatch(/bound: InvalidParameter.KeypairAlreadyAttachedInstance: [^\n]*\n1 of 2 deleted/)
    expect(JSON.parse(out)).toMatchObject([
      { Id: 'bound', Result: 'failed', State: 'Present' },
      { Id: 'free', Result: 'done', State: 'Deleted' },
    ])
    await cloud.close()
  })
})
