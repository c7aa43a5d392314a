import { jsonObject } from '../json.ts'
import type { Incoming } from '../transport/transport.ts'
import { ask, type Question } from './ask.ts'
import { visible } from './check.ts'
import { brokenProfile, type Context, type Mode, nameOf, need, number, type Profile, text } from './profile.ts'
import { expiredLogin, unusableAnswer } from './refusals.ts'
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
  const expired = (why: string) => expiredLogin(nameOf(profile), why, `aliyun configure --profile ${profile.name} --mode ${login.mode}`)
  return {
    accountId: login.accountId,
    held: heldBy(profile, surroundings),
    async fetch() {
      const token = text(profile, login.tokenKey)
      if (token === undefined || !visible.test(token)) throw expired('there is no access token')
      if ((number(profile, login.endKey) ?? 0) * 1000 <= nowOf(surroundings)) throw expired('the access token has expired')
      const headers = { accept: 'application/json', 'content-type': 'application/json', authorization: `Bearer ${token}` }
      const question: Question = { method: 'POST', headers, body: login.body }
      const reply: Incoming = await ask(surroundings, login.url, question)
      if (reply.status === 401) throw expired('the access token is no longer valid (HTTP 401)')
      const answer = reply.status === 200 ? jsonObject(reply.text) : undefined
      if (answer === undefined) throw unusableAnswer(`${nameOf(profile)} (${login.url.host})`, `HTTP ${reply.status}, or no JSON object`)
      return readTemporary(login.find(answer), `${nameOf(profile)} (${login.url.host})`, nowOf(surroundings))
    },
  }
}

/** The sign-in host of a directory, over https alone: the access token goes there. */
function signInHost(profile: Profile): string {
  const address = need(profile, 'cloud_sso_sign_in_url')
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url?.protocol === 'https:') return url.origin
  throw brokenProfile(profile, 'cloud_sso_sign_in_url is not an https address')
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
  if (host === undefined) throw brokenProfile(profile, 'oauth_site_type is not CN or INTL')
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
