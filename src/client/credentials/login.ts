import type { Text } from '../../api/text.ts'
import { jsonObject } from '../json.ts'
import type { Incoming } from '../transport/transport.ts'
import { ask, type Question } from './ask.ts'
import { visible } from './check.ts'
import { brokenProfile, type Context, type Mode, nameAt, nameOf, need, number, type Profile, text } from './profile.ts'
import { expiredLogin, noObject, unusableAnswer } from './refusals.ts'
import type { Provision, Temporary } from './source.ts'
import { nowOf, type Surroundings } from './surroundings.ts'
import { readTemporary } from './temporary.ts'

/** The temporary credentials that aliyun-cli has put into the profile, while they last. */
function heldBy(profile: Profile, surroundings: Surroundings): Temporary | undefined {
  const endsAt = (number(profile, 'sts_expiration') ?? 0) * 1000
  const [id, secret, token] = ['access_key_id', 'access_key_secret', 'sts_token'].map((key) => text(profile, key))
  if (endsAt <= nowOf(surroundings) || id === undefined || secret === undefined || token === undefined) return undefined
  const fields = { AccessKeyId: id, AccessKeySecret: secret, SecurityToken: token }
  return { ...readTemporary(fields, nameOf(profile), 0), endsAt }
}

interface Login {
  readonly mode: 'CloudSSO' | 'OAuth'
  readonly accountId?: string | undefined
  /** The keys of the access token and of its end, in seconds since 1970. */
  readonly tokenKey: string
  readonly endKey: string
  readonly url: URL
  /** What is posted with the access token. */
  readonly body?: string | undefined
  /** Finds the credentials in the answer, in the names that `readTemporary` reads. */
  readonly find: (answer: Readonly<Record<string, unknown>>) => unknown
}

/** Exchanges the access token while it lasts. A refresh token is left alone: using it up would end the login that aliyun-cli keeps. */
function exchange(profile: Profile, { surroundings }: Context, login: Login): Provision {
  const expired = (why: Text) => expiredLogin(nameOf(profile), why, `aliyun configure --profile ${profile.name} --mode ${login.mode}`)
  return {
    accountId: login.accountId,
    held: heldBy(profile, surroundings),
    async fetch() {
      const token = text(profile, login.tokenKey)
      if (token === undefined || !visible.test(token)) throw expired({ en: 'there is no access token', zh: '没有访问令牌' })
      if ((number(profile, login.endKey) ?? 0) * 1000 <= nowOf(surroundings))
        throw expired({ en: 'the access token has expired', zh: '访问令牌已过期' })
      const headers = { accept: 'application/json', 'content-type': 'application/json', authorization: `Bearer ${token}` }
      const question: Question = { method: 'POST', headers, body: login.body }
      const reply: Incoming = await ask(surroundings, login.url, question)
      if (reply.status === 401) throw expired({ en: 'the access token is no longer valid (HTTP 401)', zh: '访问令牌已失效（HTTP 401）' })
      const answer = reply.status === 200 ? jsonObject(reply.text) : undefined
      if (answer === undefined) throw unusableAnswer(nameAt(profile, login.url), noObject(reply.status))
      return readTemporary(login.find(answer), nameAt(profile, login.url), nowOf(surroundings))
    },
  }
}

/** The sign-in host of a directory, over https alone: the access token goes there. */
function signInHost(profile: Profile): string {
  const address = need(profile, 'cloud_sso_sign_in_url')
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url?.protocol === 'https:') return url.origin
  throw brokenProfile(profile, { en: 'cloud_sso_sign_in_url is not an https address', zh: 'cloud_sso_sign_in_url 不是 https 地址' })
}

/** CloudSSO: a login with aliyun-cli; its access token is exchanged at the sign-in host (`POST /cloud-credentials`). */
export const cloudSso: Mode = (profile, context) => {
  const accountId = need(profile, 'cloud_sso_account_id')
  return exchange(profile, context, {
    mode: 'CloudSSO',
    accountId,
    tokenKey: 'access_token',
    endKey: 'cloud_sso_access_token_expire',
    url: new URL('/cloud-credentials', signInHost(profile)),
    body: JSON.stringify({ AccountId: accountId, AccessConfigurationId: need(profile, 'cloud_sso_access_config') }),
    find: (answer) => answer.CloudCredential,
  })
}

const oauthHosts: { readonly [site: string]: string } = { CN: 'https://oauth.aliyun.com', INTL: 'https://oauth.alibabacloud.com' }

/** OAuth: a login with aliyun-cli; its access token is exchanged at the site's host (`POST /v1/exchange`). */
export const oauth: Mode = (profile, context) => {
  const site = need(profile, 'oauth_site_type').toUpperCase()
  const host = Object.hasOwn(oauthHosts, site) ? oauthHosts[site] : undefined
  if (host === undefined) throw brokenProfile(profile, { en: 'oauth_site_type is not CN or INTL', zh: 'oauth_site_type 不是 CN 或 INTL' })
  return exchange(profile, context, {
    mode: 'OAuth',
    tokenKey: 'oauth_access_token',
    endKey: 'oauth_access_token_expire',
    url: new URL('/v1/exchange', host),
    find: ({ accessKeyId, accessKeySecret, securityToken, expiration }) => ({
      AccessKeyId: accessKeyId,
      AccessKeySecret: accessKeySecret,
      SecurityToken: securityToken,
      Expiration: expiration,
    }),
  })
}
