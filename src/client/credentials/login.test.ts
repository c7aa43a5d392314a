import { describe, expect, it } from 'vitest'
import { findCredentials } from './credentials.ts'
import { configOf, noon, type Scene, surroundingsOf, temporary } from './testing.ts'

const hour = 3600
const seconds = noon / 1000
const held = { access_key_id: 'STS.held', access_key_secret: 'held-secret', sts_token: 'held-token', sts_expiration: seconds + hour }
const sso = {
  mode: 'CloudSSO',
  cloud_sso_sign_in_url: 'https://signin-cn-shanghai.alibabacloudsso.com/acme/login',
  cloud_sso_account_id: '1234567890123456',
  cloud_sso_access_config: 'ac-1',
  access_token: 'access-token',
  cloud_sso_access_token_expire: seconds + 2 * hour,
}
const oauth = { mode: 'OAuth', oauth_site_type: 'CN', oauth_access_token: 'access-token', oauth_access_token_expire: seconds + 2 * hour }
const lower = { accessKeyId: 'STS.1', accessKeySecret: 's', securityToken: 't', expiration: '2026-06-01T14:00:00Z' }

const open = async (profile: Readonly<Record<string, unknown>>, scene: Scene = {}) => {
  const surroundings = surroundingsOf({ config: configOf(profile), ...scene })
  return { surroundings, source: await findCredentials(surroundings) }
}

describe('a login with aliyun-cli', () => {
  it.each([
    ['CloudSSO', sso],
    ['OAuth', oauth],
  ])('of mode %s serves with the keys it holds, with no look at the network', async (mode, profile) => {
    const { source, surroundings } = await open({ ...profile, ...held })
    expect(source.source.en).toBe(`profile work of ~/.aliyun/config.json (${mode})`)
    expect(source.get()).toEqual({ accessKeyId: 'STS.held', accessKeySecret: 'held-secret', securityToken: 'held-token' })
    expect(surroundings.seen).toHaveLength(0)
  })

  it('of mode CloudSSO exchanges its access token when those have ended', async () => {
    const { source, surroundings } = await open(
      { ...sso, ...held, sts_expiration: seconds },
      { serve: () => Response.json({ CloudCredential: temporary() }) },
    )
    expect(await source.get()).toMatchObject({ accessKeyId: 'STS.1' })
    expect(source.accountId).toBe('1234567890123456')
    const [one] = surroundings.seen
    expect(one?.url.href).toBe('https://signin-cn-shanghai.alibabacloudsso.com/cloud-credentials')
    expect(one?.headers.get('authorization')).toBe('Bearer access-token')
    expect(JSON.parse(one?.body ?? '')).toEqual({ AccountId: '1234567890123456', AccessConfigurationId: 'ac-1' })
  })

  it.each([
    ['CN', 'https://oauth.aliyun.com/v1/exchange'],
    ['INTL', 'https://oauth.alibabacloud.com/v1/exchange'],
  ])('of mode OAuth exchanges its access token at the host of its site: %s', async (site, href) => {
    const { source, surroundings } = await open({ ...oauth, oauth_site_type: site }, { serve: () => Response.json(lower) })
    expect(await source.get()).toEqual({ accessKeyId: 'STS.1', accessKeySecret: 's', securityToken: 't' })
    expect(surroundings.seen.map(({ url }) => url.href)).toEqual([href])
    expect(surroundings.seen[0]?.headers.get('authorization')).toBe('Bearer access-token')
  })

  it.each([
    ['CloudSSO', { ...sso, cloud_sso_access_token_expire: seconds }, 'the access token has expired'],
    ['CloudSSO', { ...sso, access_token: '' }, 'there is no access token'],
    ['OAuth', { ...oauth, oauth_access_token_expire: 0, oauth_refresh_token: 'refresh' }, 'the access token has expired'],
    ['OAuth', oauth, 'the access token is no longer valid (HTTP 401)'],
  ])('of mode %s that has ended says how to renew it', async (mode, profile, why) => {
    const { source, surroundings } = await open(profile, { serve: () => new Response('{}', { status: 401 }) })
    const command = `aliyun configure --profile work --mode ${mode}`
    await expect(source.get()).rejects.toMatchObject({
      code: 'ExpiredLogin',
      message: `profile work of ~/.aliyun/config.json: ${why}`,
      hint: { en: `Log in again: ${command}`, zh: `请重新登录：${command}` },
    })
    expect(surroundings.seen.every(({ body }) => !body.includes('refresh'))).toBe(true)
  })

  it('serves until its own keys end, though the login ended before', async () => {
    let now = noon
    const { source } = await open({ ...sso, ...held, cloud_sso_access_token_expire: seconds - 1 }, { now: () => now })
    now += 58 * 60_000
    expect(await source.get()).toMatchObject({ accessKeyId: 'STS.held' })
    now = noon + hour * 1000
    await expect(source.get()).rejects.toMatchObject({ code: 'ExpiredLogin' })
  })

  it.each([
    [{ ...sso, cloud_sso_sign_in_url: 'http://signin.example.com' }, 'cloud_sso_sign_in_url is not an https address'],
    [{ ...sso, cloud_sso_account_id: '' }, 'cloud_sso_account_id is missing'],
    [{ ...oauth, oauth_site_type: 'MARS' }, 'oauth_site_type is not CN or INTL'],
  ])('that is not whole is refused', async (profile, message) => {
    await expect(open(profile)).rejects.toMatchObject({ code: 'InvalidConfigFile', message: expect.stringContaining(message) as string })
  })

  it('shows nothing of an answer that is no use', async () => {
    const { source } = await open(oauth, { serve: () => Response.json({ accessKeySecret: 'given-secret' }) })
    const error: unknown = await Promise.resolve(source.get()).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'UnusableCredentials' })
    expect(String(error)).not.toContain('secret')
  })
})
