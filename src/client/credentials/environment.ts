import { asItIs } from '../../api/text.ts'
import { type Place, sourceOfProfile } from './place.ts'
import { isSet, type Why } from './refusals.ts'
import { sourceOf } from './source.ts'
import { isOn } from './surroundings.ts'

/** The first is everyone's; the others are aliyun-cli's and Terraform's. One AccessKey is read from one of them, never mixed. */
const prefixes = ['ALIBABA_CLOUD_', 'ALIBABACLOUD_', 'ALICLOUD_']

const notSet = (name: string): Why => ({ why: { en: `${name} is not set`, zh: `未设置 ${name}` } })

/** An AccessKey in the environment, with a token or without. */
export const environmentKeys: Place = {
  named: false,
  async look(surroundings) {
    const { env } = surroundings
    const prefix = prefixes.find((one) => env[`${one}ACCESS_KEY_ID`] && env[`${one}ACCESS_KEY_SECRET`])
    if (prefix === undefined) {
      const half = env.ALIBABA_CLOUD_ACCESS_KEY_ID ? 'SECRET' : 'ID'
      return notSet(`ALIBABA_CLOUD_ACCESS_KEY_${half}`)
    }
    const credentials = {
      accessKeyId: env[`${prefix}ACCESS_KEY_ID`] ?? '',
      accessKeySecret: env[`${prefix}ACCESS_KEY_SECRET`] ?? '',
      securityToken: env[`${prefix}SECURITY_TOKEN`] || undefined,
    }
    const regionId = env[`${prefix}REGION_ID`] || env.ALIBABA_CLOUD_REGION_ID || undefined
    return sourceOf({ credentials }, surroundings, asItIs(`${prefix}ACCESS_KEY_ID`), regionId)
  },
}

const oidcNames = {
  ram_role_arn: 'ALIBABA_CLOUD_ROLE_ARN',
  oidc_provider_arn: 'ALIBABA_CLOUD_OIDC_PROVIDER_ARN',
  oidc_token_file: 'ALIBABA_CLOUD_OIDC_TOKEN_FILE',
} as const

/** A role for an OIDC token, as Kubernetes clusters hand it to their pods. */
export const environmentOidc: Place = {
  named: false,
  async look(surroundings) {
    const { env } = surroundings
    const absent = Object.values(oidcNames).find((name) => !env[name])
    if (absent !== undefined) return notSet(absent)
    const values = Object.fromEntries(Object.entries(oidcNames).map(([key, name]) => [key, env[name]]))
    const profile = { name: 'OIDC', place: 'the environment', values: { ...values, mode: 'OIDC' }, keyNames: oidcNames }
    return sourceOfProfile(profile, surroundings, asItIs('ALIBABA_CLOUD_OIDC_TOKEN_FILE'), env.ALIBABA_CLOUD_REGION_ID || undefined)
  },
}

/** A service of the user's own that answers with temporary credentials. */
export const environmentUri: Place = {
  named: false,
  async look(surroundings) {
    const { env } = surroundings
    const name = 'ALIBABA_CLOUD_CREDENTIALS_URI'
    const disabled = 'ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS'
    if (!env[name]) return notSet(name)
    if (isOn(surroundings, disabled)) return isSet(disabled)
    const values = { mode: 'CredentialsURI', credentials_uri: env[name] }
    const profile = { name: 'URI', place: 'the environment', values, keyNames: { credentials_uri: name } }
    return sourceOfProfile(profile, surroundings, asItIs(name), env.ALIBABA_CLOUD_REGION_ID || undefined)
  },
}
