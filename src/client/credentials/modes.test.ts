import { describe, expect, it } from 'vitest'
import { findCredentials } from './credentials.ts'
import { configOf, home, type Scene, stsAnswer, surroundingsOf, temporary } from './testing.ts'

const keys = { access_key_id: 'file-id', access_key_secret: 'file-secret' }
const roleArn = 'acs:ram::1234567890123456:role/ops'
const role = { ...keys, mode: 'RamRoleArn', ram_role_arn: roleArn }

/** What STS is asked for with a profile, and what comes of it. */
async function ask(profile: Readonly<Record<string, unknown>>, scene: Scene = {}, ...others: Readonly<Record<string, unknown>>[]) {
  const surroundings = surroundingsOf({ serve: () => stsAnswer(), config: configOf(profile, ...others), ...scene })
  const source = await findCredentials(surroundings)
  return { source, credentials: await source.get(), seen: surroundings.seen }
}

describe('a profile of config.json', () => {
  it('of mode RamRoleArn plays its role, with all it says about the session', async () => {
    const { source, credentials, seen } = await ask({
      ...role,
      ram_session_name: 'somebody',
      expired_seconds: 900,
      sts_region: 'cn-shanghai',
      external_id: 'ext',
      policy: '{"Version":"1"}',
    })
    expect(source).toMatchObject({
      source: { en: 'profile work of ~/.aliyun/config.json (RamRoleArn)' },
      regionId: 'cn-beijing',
      accountId: '1234567890123456',
    })
    expect(credentials).toEqual({ accessKeyId: 'STS.1', accessKeySecret: 'STS.1-secret', securityToken: 'STS.1-token' })
    const { url, method, headers } = seen[0] ?? {}
    expect(method).toBe('POST')
    expect(url?.host).toBe('sts.cn-shanghai.aliyuncs.com')
    expect(Object.fromEntries(url?.searchParams ?? [])).toEqual({
      RoleArn: roleArn,
      RoleSessionName: 'somebody',
      DurationSeconds: '900',
      ExternalId: 'ext',
      Policy: '{"Version":"1"}',
    })
    expect(headers?.get('authorization')).toMatch(/^ACS3-HMAC-SHA256 Credential=file-id,/)
  })

  it.each([
    ['', {}, {}, 'https://sts.aliyuncs.com'],
    ['a region of the environment', {}, { ALIBABA_CLOUD_STS_REGION: 'cn-beijing' }, 'https://sts.cn-beijing.aliyuncs.com'],
    ['a region without a host of its own', { sts_region: 'ap-south-1' }, {}, 'https://sts.aliyuncs.com'],
    [
      'the VPC’s own host',
      { sts_region: 'cn-beijing' },
      { ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED: 'true' },
      'https://sts-vpc.cn-beijing.aliyuncs.com',
    ],
    ['an endpoint', { sts_endpoint: 'https://sts.example.com/', sts_region: 'cn-beijing' }, {}, 'https://sts.example.com'],
    ['a loopback endpoint', {}, { ALIBABA_CLOUD_STS_ENDPOINT: 'http://127.0.0.1:20140' }, 'http://127.0.0.1:20140'],
  ])('asks the STS it should: %s', async (_name, more, env, origin) => {
    const { seen } = await ask({ ...role, ...more }, { env })
    expect(seen[0]?.url.origin).toBe(origin)
  })

  it('of mode ChainableRamRoleArn plays role after role', async () => {
    let given = 0
    const serve = () => stsAnswer(`STS.${++given}`)
    const chained = { mode: 'ChainableRamRoleArn', source_profile: 'middle', ram_role_arn: 'acs:ram::2234567890123456:role/last' }
    const middle = { name: 'middle', mode: 'ChainableRamRoleArn', source_profile: 'base', ram_role_arn: roleArn }
    const { source, credentials, seen } = await ask(chained, { serve }, middle, { ...role, name: 'base' })
    expect(credentials).toMatchObject({ accessKeyId: 'STS.3' })
    expect(source.accountId).toBe('2234567890123456')
    expect(seen.map(({ headers }) => headers.get('x-acs-accesskey-id'))).toEqual([null, 'STS.1', 'STS.2'])
  })

  it.each([
    [
      'a circle',
      { mode: 'ChainableRamRoleArn', source_profile: 'b', ram_role_arn: roleArn },
      '~/.aliyun/config.json: profile b: source_profile goes in a circle: work → b → work',
    ],
    [
      'a source that is not there',
      { mode: 'ChainableRamRoleArn', source_profile: 'x', ram_role_arn: roleArn },
      '~/.aliyun/config.json: profile work: its source_profile x is not in the file',
    ],
    ['no role', { ...role, ram_role_arn: '' }, '~/.aliyun/config.json: profile work: ram_role_arn is missing'],
    ['no secret', { ...role, access_key_secret: 7 }, '~/.aliyun/config.json: profile work: access_key_secret is missing'],
    ['no token', { ...keys, mode: 'StsToken' }, '~/.aliyun/config.json: profile work: sts_token is missing'],
    ['a second of life', { ...role, expired_seconds: 1 }, '~/.aliyun/config.json: profile work: expired_seconds is not from 900 to 43200'],
    ['a life in words', { ...role, expired_seconds: 'long' }, '~/.aliyun/config.json: profile work: expired_seconds is not a whole number'],
    [
      'a file as its address',
      { mode: 'CredentialsURI', credentials_uri: 'file:///etc/passwd' },
      '~/.aliyun/config.json: profile work: the credentials URI is not an http or https address',
    ],
  ])('is refused for %s', async (_name, profile, message) => {
    const b = { name: 'b', mode: 'ChainableRamRoleArn', source_profile: 'work', ram_role_arn: roleArn }
    await expect(ask(profile, {}, b)).rejects.toMatchObject({ name: 'UsageError', code: 'InvalidConfigFile', message })
  })

  it.each(['RsaKeyPair', 'BearerToken', 'Anonymous', 'constructor'])('of mode %s is refused by name', async (mode) => {
    const error: unknown = await ask({ ...keys, mode }).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'UnsupportedProfileMode', hint: { zh: expect.stringContaining('配置') as string } })
    expect(String(error)).toContain(`profile work of ~/.aliyun/config.json has mode ${mode}; modes AK, StsToken, RamRoleArn, `)
  })

  it.each([
    ['AK', keys],
    ['StsToken', { ...keys, sts_token: 't', ram_role_arn: roleArn }],
    ['RamRoleArn', { ...keys, ram_role_arn: roleArn }],
    ['EcsRamRole', { ram_role_name: 'worker' }],
    ['External', { process_command: 'print-keys' }],
    ['OIDC', { oidc_provider_arn: 'p', oidc_token_file: '/t', ram_role_arn: roleArn }],
    ['StsToken', { ...keys, mode: 'ststoken', sts_token: 't' }],
  ])('without a mode is known by its keys: %s', async (mode, profile) => {
    const { source } = await findCredentials(surroundingsOf({ config: configOf(profile) }))
    expect(source.en).toBe(`profile work of ~/.aliyun/config.json (${mode})`)
  })

  it('of mode OIDC shows STS the token of its file, unsigned, and reads it anew each time', async () => {
    const files: Record<string, string> = { '/var/token': 'first\n' }
    let now = 0
    const profile = {
      mode: 'OIDC',
      oidc_provider_arn: 'acs:ram::1:oidc-provider/k8s',
      oidc_token_file: '/var/token',
      ram_role_arn: roleArn,
    }
    const config = JSON.stringify(configOf(profile))
    const scene = { serve: () => stsAnswer(), now: () => now }
    const surroundings = { ...surroundingsOf(scene), readFile: async (path: string) => files[path] ?? config }
    const source = await findCredentials(surroundings)
    await source.get()
    files['/var/token'] = 'second'
    now += 3_600_000
    await source.get()
    expect(surroundings.seen.map(({ body }) => new URLSearchParams(body).get('OIDCToken'))).toEqual(['first', 'second'])
    const [one] = surroundings.seen
    expect(one?.headers.get('authorization')).toBeNull()
    expect(one?.url.searchParams.get('Action')).toBe('AssumeRoleWithOIDC')
    expect(Object.fromEntries(new URLSearchParams(one?.body))).toMatchObject({ RoleArn: roleArn, RoleSessionName: 'tanxing' })
    files['/var/token'] = ' '
    now += 3_600_000
    await expect(source.get()).rejects.toMatchObject({ code: 'OidcTokenMissing' })
  })

  it('of mode CredentialsURI asks its address', async () => {
    const profile = { mode: 'CredentialsURI', credentials_uri: 'http://127.0.0.1:8080/secret-path' }
    const { credentials, seen } = await ask(profile, { serve: () => Response.json({ Code: 'Success', ...temporary() }) })
    expect(credentials).toMatchObject({ securityToken: 'STS.1-token' })
    expect(seen[0]?.url.href).toBe(profile.credentials_uri)
    for (const answer of [
      new Response('no', { status: 500 }),
      Response.json([]),
      Response.json({ ...temporary(), Code: 'Failed' }),
      Response.json({ ...temporary(), SecurityToken: '' }),
      Response.redirect('http://evil.example.com/', 302),
    ]) {
      const error: unknown = await ask(profile, { serve: () => answer }).catch((caught: unknown) => caught)
      expect(error).toMatchObject({ code: 'UnusableCredentials' })
      expect(String(error)).not.toMatch(/secret/)
    }
    const env = { ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS: '1' }
    await expect(ask(profile, { env })).rejects.toThrow('ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS is set')
  })

  it('whose role is refused fails with STS’s own words, and shows no secret', async () => {
    const serve = () => Response.json({ Code: 'NoPermission', Message: 'file-secret may not', RequestId: 'R-1' }, { status: 403 })
    await expect(ask(role, { serve })).rejects.toMatchObject({
      action: 'AssumeRole',
      code: 'NoPermission',
      requestId: 'R-1',
      message: expect.stringMatching(/^NoPermission: \*\*\* may not/) as string,
    })
  })

  it('is asked for once more when the network or STS itself fails, and no more', async () => {
    const answers = [new Response('{"Code":"ServiceUnavailable"}', { status: 503 }), stsAnswer()]
    expect((await ask(role, { serve: () => answers.shift() ?? stsAnswer() })).credentials).toMatchObject({ accessKeyId: 'STS.1' })
    const surroundings = surroundingsOf({ config: configOf(role) })
    const source = await findCredentials(surroundings)
    await expect(source.get()).rejects.toMatchObject({ name: 'NetworkError', code: 'EHOSTUNREACH' })
    expect(surroundings.seen).toHaveLength(2)
  })

  it('signs by the service’s clock when this machine’s is wrong', async () => {
    const date = 'Mon, 01 Jun 2026 12:00:00 GMT'
    const refusal = Response.json({ Code: 'InvalidTimeStamp.Expired', Message: 'm' }, { status: 400, headers: { date } })
    const answers = [refusal, stsAnswer()]
    const { seen } = await ask(role, { serve: () => answers.shift() ?? stsAnswer() })
    expect(seen.map(({ headers }) => headers.get('x-acs-date')).at(1)).toBe('2026-06-01T12:00:00Z')
  })
})

describe('a section of the ini file', () => {
  const of = (...lines: string[]) => ['# comment', '[default]', 'enable = true', ...lines].join('\r\n')

  it.each([
    ['access_key', of('type = access_key', 'access_key_id = id', 'access_key_secret=a=b'), { accessKeyId: 'id', accessKeySecret: 'a=b' }],
    ['sts', of('type=sts', 'access_key_id=id', 'access_key_secret=s', 'security_token=t'), { accessKeyId: 'id', securityToken: 't' }],
    [
      'ram_role_arn',
      of('type=ram_role_arn', 'access_key_id=id', 'access_key_secret=s', `role_arn=${roleArn}`, 'role_session_name=n'),
      { accessKeyId: 'STS.1' },
    ],
    [
      'oidc_role_arn',
      of('type=oidc_role_arn', `role_arn=${roleArn}`, 'oidc_provider_arn=p', 'oidc_token_file_path=/var/token', 'role_session_name=n'),
      { accessKeyId: 'STS.1' },
    ],
    ['ecs_ram_role', of('type=ecs_ram_role', 'role_name=worker'), { accessKeyId: 'STS.1' }],
  ])('of type %s gives credentials', async (_type, ini, expected) => {
    const serve: Scene['serve'] = ({ url }) =>
      url.host.startsWith('sts') ? stsAnswer() : Response.json({ Code: 'Success', ...temporary() })
    const surroundings = surroundingsOf({ ini, serve, files: { '/var/token': 'token' } })
    const source = await findCredentials(surroundings)
    expect(await source.get()).toMatchObject(expected)
    const names = surroundings.seen.map(
      ({ url, body }) => url.searchParams.get('RoleSessionName') ?? new URLSearchParams(body).get('RoleSessionName'),
    )
    if (ini.includes('role_session_name')) expect(names).toEqual(['n'])
  })

  it.each([
    ['rsa_key_pair is not read', of('type=rsa_key_pair', 'public_key_id=p', 'private_key_file=/k'), 'UnsupportedProfileMode', 'RsaKeyPair'],
    ['a type nobody knows', of('type=magic'), 'InvalidConfigFile', 'type is not one of access_key, sts,'],
    ['no type', of('access_key_id=id'), 'InvalidConfigFile', 'section default: type is not one of'],
    [
      'no role',
      of('type=ram_role_arn', 'access_key_id=id', 'access_key_secret=s'),
      'InvalidConfigFile',
      'profile default: role_arn is missing',
    ],
  ])('is refused clearly: %s', async (_name, ini, code, message) => {
    await expect(findCredentials(surroundingsOf({ ini }))).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message) as string,
    })
  })

  it('of another name is looked for by ALIBABA_CLOUD_PROFILE', async () => {
    const ini = '[other]\ntype=access_key\naccess_key_id=id\naccess_key_secret=s'
    const files = { [`${home}/.alibabacloud/credentials.ini`]: ini }
    expect((await findCredentials(surroundingsOf({ files, env: { ALIBABA_CLOUD_PROFILE: 'other' } }))).source.en).toBe(
      'profile other of ~/.alibabacloud/credentials.ini (AK)',
    )
    await expect(findCredentials(surroundingsOf({ files }))).rejects.toMatchObject({ code: 'NoCredentials' })
  })
})
