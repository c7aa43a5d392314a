import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { findCredentials } from './credentials.ts'

const homes: string[] = []
afterEach(async () => {
  for (const home of homes.splice(0)) await rm(home, { recursive: true })
})

async function home(config?: unknown): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tanxing-home-'))
  homes.push(folder)
  if (config === undefined) return folder
  await mkdir(join(folder, '.aliyun'))
  await writeFile(join(folder, '.aliyun/config.json'), typeof config === 'string' ? config : JSON.stringify(config))
  return folder
}

const profile = { name: 'work', mode: 'AK', access_key_id: 'file-id', access_key_secret: 'file-secret', region_id: 'cn-beijing' }
const keys = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'env-id', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'env-secret' }

describe('credentials', () => {
  it('come from the environment first, token and region with them', async () => {
    const env = { ...keys, ALIBABA_CLOUD_SECURITY_TOKEN: 'token', ALIBABA_CLOUD_REGION_ID: 'cn-shanghai' }
    const found = await findCredentials({ env, home: await home({ current: 'work', profiles: [profile] }) })
    expect(found).toMatchObject({ credentials: { accessKeyId: 'env-id', securityToken: 'token' }, regionId: 'cn-shanghai' })
  })

  it('come from the current profile, or the one that is named', async () => {
    const sts = { ...profile, name: 'sts', mode: 'StsToken', sts_token: 'token' }
    const folder = await home({ current: 'work', profiles: [profile, sts] })
    expect(await findCredentials({ env: {}, home: folder })).toMatchObject({
      credentials: { accessKeyId: 'file-id' },
      regionId: 'cn-beijing',
    })
    expect(await findCredentials({ env: { ALIBABA_CLOUD_PROFILE: 'sts' }, home: folder })).toMatchObject({
      credentials: { securityToken: 'token' },
    })
    expect(await findCredentials({ env: keys, home: folder }, 'work')).toMatchObject({ credentials: { accessKeyId: 'file-id' } })
  })

  it.each([
    ['no file and no variables', undefined, undefined, 'NoCredentials'],
    ['a profile that is not there', { profiles: [profile] }, 'play', 'ProfileNotFound'],
    ['a named profile and no file', undefined, 'play', 'ProfileNotFound'],
    ['a mode that is not read', { current: 'work', profiles: [{ ...profile, mode: 'EcsRamRole' }] }, undefined, 'UnsupportedProfileMode'],
    [
      'a profile without its secret',
      { current: 'work', profiles: [{ ...profile, access_key_secret: '' }] },
      undefined,
      'InvalidConfigFile',
    ],
    [
      'a token profile without its token',
      { current: 'work', profiles: [{ ...profile, mode: 'StsToken' }] },
      undefined,
      'InvalidConfigFile',
    ],
    ['a file that is half written', '{"current":"wo', undefined, 'InvalidConfigFile'],
  ])('are refused clearly: %s', async (_name, config, named, code) => {
    const error = await findCredentials({ env: {}, home: await home(config) }, named).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ name: 'UsageError', code })
    expect(String(error)).not.toContain('file-secret')
  })
})
