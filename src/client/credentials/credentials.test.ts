import { describe, expect, it } from 'vitest'
import { checkCredentials, findCredentials } from './credentials.ts'
import { configOf, home, type Scene, surroundingsOf, temporary } from './testing.ts'

const keys = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'env-id', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'env-secret' }
const config = configOf(
  { mode: 'AK', access_key_id: 'file-id', access_key_secret: 'file-secret' },
  { name: 'sts', mode: 'StsToken', access_key_id: 'sts-id', access_key_secret: 's', sts_token: 'token' },
)
const ini = '[default]\ntype = access_key\naccess_key_id = ini-id\naccess_key_secret = ini-secret\n'
const role = {
  ALIBABA_CLOUD_ROLE_ARN: 'acs:ram::1234567890123456:role/pod',
  ALIBABA_CLOUD_OIDC_PROVIDER_ARN: 'acs:ram::1234567890123456:oidc-provider/k8s',
  ALIBABA_CLOUD_OIDC_TOKEN_FILE: '/var/token',
}
const everywhere: Scene = {
  env: { ...keys, ...role, ALIBABA_CLOUD_CREDENTIALS_URI: 'http://127.0.0.1:9/creds' },
  config,
  ini,
  serve: ({ url }) => (url.pathname.endsWith('security-credentials/') ? new Response('worker') : new Response('', { status: 404 })),
}
const without = (scene: Scene, ...names: string[]): Scene => ({
  ...scene,
  env: Object.fromEntries(Object.entries(scene.env ?? {}).filter(([name]) => !names.some((one) => name.startsWith(one)))),
})

describe('credentials', () => {
  it('are looked for in the order of Alibaba Cloud’s own libraries', async () => {
    const order: string[] = []
    let scene = everywhere
    const next = async (change: (scene: Scene) => Scene) => {
      order.push((await findCredentials(surroundingsOf(scene))).source.en)
      scene = change(scene)
    }
    await next((now) => without(now, 'ALIBABA_CLOUD_ACCESS_KEY'))
    await next((now) => without(now, 'ALIBABA_CLOUD_OIDC'))
    await next((now) => ({ ...now, config: undefined }))
    await next((now) => ({ ...now, ini: undefined }))
    await next((now) => ({ ...now, serve: undefined }))
    await next((now) => without(now, 'ALIBABA_CLOUD_CREDENTIALS_URI'))
    expect(order).toEqual([
      'ALIBABA_CLOUD_ACCESS_KEY_ID',
      'ALIBABA_CLOUD_OIDC_TOKEN_FILE',
      'profile work of ~/.aliyun/config.json (AK)',
      'profile default of ~/.alibabacloud/credentials (AK)',
      'instance role worker (ECS metadata)',
      'ALIBABA_CLOUD_CREDENTIALS_URI',
    ])
    await expect(findCredentials(surroundingsOf(scene))).rejects.toMatchObject({
      name: 'UsageError',
      code: 'NoCredentials',
      message:
        'no Alibaba Cloud credentials were found: ALIBABA_CLOUD_ACCESS_KEY_ID is not set; ALIBABA_CLOUD_OIDC_PROVIDER_ARN is not set; ' +
        '~/.aliyun/config.json is not there; ~/.alibabacloud/credentials is not there; ' +
        'ECS metadata: no answer from 100.100.100.200 (EHOSTUNREACH); ALIBABA_CLOUD_CREDENTIALS_URI is not set',
    })
  })

  it('come from the environment whole, token and region with them, and at once', async () => {
    const env = { ...keys, ALIBABA_CLOUD_SECURITY_TOKEN: 'token', ALIBABA_CLOUD_REGION_ID: 'cn-shanghai' }
    const source = await findCredentials(surroundingsOf({ env, config }))
    expect(source.regionId).toBe('cn-shanghai')
    expect(source.get()).toEqual({ accessKeyId: 'env-id', accessKeySecret: 'env-secret', securityToken: 'token' })
  })

  it('are never put together from two families of variables', async () => {
    const env = {
      ALIBABA_CLOUD_ACCESS_KEY_ID: 'half',
      ALIBABA_CLOUD_SECURITY_TOKEN: 'other',
      ALICLOUD_ACCESS_KEY_ID: 'id',
      ALICLOUD_ACCESS_KEY_SECRET: 'secret',
    }
    const source = await findCredentials(surroundingsOf({ env }))
    expect(source.get()).toEqual({ accessKeyId: 'id', accessKeySecret: 'secret', securityToken: undefined })
  })

  it('come from the profile that is named, whatever the environment holds', async () => {
    const source = await findCredentials(surroundingsOf(everywhere), 'sts')
    expect(source).toMatchObject({ source: { en: 'profile sts of ~/.aliyun/config.json (StsToken)' }, regionId: undefined })
    expect(source.get()).toMatchObject({ accessKeyId: 'sts-id', securityToken: 'token' })
    const env = { ALIBABA_CLOUD_PROFILE: 'sts' }
    expect((await findCredentials(surroundingsOf({ env, config }))).get()).toMatchObject({ accessKeyId: 'sts-id' })
    const named = ini.replace('default', 'other')
    expect((await findCredentials(surroundingsOf({ config, ini: named }), 'other')).get()).toMatchObject({ accessKeyId: 'ini-id' })
  })

  it('of a profile that is nowhere are not replaced by others', async () => {
    const env = { ALIBABA_CLOUD_PROFILE: 'play', ALIBABA_CLOUD_ECS_METADATA: 'worker' }
    const message =
      'there is no profile play: ALIBABA_CLOUD_ACCESS_KEY_ID is not set; ALIBABA_CLOUD_ROLE_ARN is not set; ' +
      '~/.aliyun/config.json has no profile play; ~/.alibabacloud/credentials is not there'
    await expect(findCredentials(surroundingsOf({ env, config }))).rejects.toMatchObject({ code: 'ProfileNotFound', message })
    await expect(findCredentials(surroundingsOf(everywhere), 'play')).rejects.toMatchObject({ code: 'ProfileNotFound' })
  })

  it.each([
    ['ALIBABA_CLOUD_CLI_PROFILE_DISABLED', 'true'],
    ['ALIBABA_CLOUD_IGNORE_PROFILE', 'TRUE'],
  ])('pass over config.json with %s', async (name, value) => {
    const source = await findCredentials(surroundingsOf({ env: { [name]: value }, config, ini }))
    expect(source.get()).toMatchObject({ accessKeyId: 'ini-id' })
  })

  it('come from the files that the environment names', async () => {
    const files = { '/etc/config.json': `\uFEFF${JSON.stringify(config)}`, '/etc/ini': ini }
    const env = { ALIBABA_CLOUD_CONFIG_FILE: '/etc/config.json' }
    expect((await findCredentials(surroundingsOf({ env, files }))).source.en).toBe('profile work of /etc/config.json (AK)')
    const other = { ALIBABA_CLOUD_CREDENTIALS_FILE: '/etc/ini' }
    expect((await findCredentials(surroundingsOf({ env: other, files }))).source.en).toBe('profile default of /etc/ini (AK)')
    const python = { [`${home}/.alibabacloud/credentials.ini`]: ini }
    expect((await findCredentials(surroundingsOf({ files: python }))).get()).toMatchObject({ accessKeyId: 'ini-id' })
  })

  it.each([
    ['a file that is half written', '{"current":"wo', 'InvalidConfigFile'],
    ['a file of another kind', '[1]', 'InvalidConfigFile'],
    ['a file without end', ' '.repeat(1024 * 1024 + 1), 'InvalidConfigFile'],
    ['a key with a line break in it', configOf({ access_key_id: 'id\n', access_key_secret: 'file-secret' }), 'InvalidCredentials'],
  ])('are refused clearly: %s', async (_name, broken, code) => {
    const error: unknown = await findCredentials(surroundingsOf({ config: broken, ini })).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ name: 'UsageError', code })
    expect(String(error)).not.toContain('file-secret')
  })

  it('are not asked of a URI where that is turned off', async () => {
    const env = { ALIBABA_CLOUD_CREDENTIALS_URI: 'http://127.0.0.1:9/', ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS: '1' }
    await expect(findCredentials(surroundingsOf({ env }))).rejects.toThrow('; ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS is set')
  })

  it('that cannot be sent are told apart by name alone', () => {
    expect(() => checkCredentials({ accessKeyId: 'id', accessKeySecret: 'se cret' })).toThrow(/^the accessKeySecret is empty or has/)
  })

  it('of an instance are asked for when its role is named, with no look at the network before', async () => {
    const surroundings = surroundingsOf({
      env: { ALIBABA_CLOUD_ECS_METADATA: 'worker' },
      serve: ({ url }) => (url.pathname.endsWith('token') ? new Response('T') : Response.json({ Code: 'Success', ...temporary() })),
    })
    const source = await findCredentials(surroundings)
    expect(surroundings.seen).toHaveLength(0)
    expect(await source.get()).toMatchObject({ accessKeyId: 'STS.1' })
  })
})
