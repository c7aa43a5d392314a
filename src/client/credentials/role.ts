import type { Credentials } from '../../api/wire.ts'
import { brokenProfile, type Context, type Mode, nameOf, need, number, type Profile, text } from './profile.ts'
import { type Provision, sourceOf } from './source.ts'
import { assumeRole, assumeRoleWithOidc, type RoleWish, type StsPlace } from './sts.ts'
import { type Surroundings, readText } from './surroundings.ts'
import { UsageError } from '../errors.ts'
import { instanceRole } from './metadata.ts'

/** RAM's bounds of a session, in seconds. */
const [shortest, usual, longest] = [900, 3600, 43_200]

/** The account of a role's ARN, `acs:ram::<account>:role/<name>`. */
const accountOf = (roleArn: string): string | undefined => /^acs:ram::(\d+):role\//i.exec(roleArn)?.[1]

function wishOf(profile: Profile, { env }: Surroundings): RoleWish {
  const durationSeconds = number(profile, 'expired_seconds') ?? usual
  if (durationSeconds < shortest || durationSeconds > longest)
    throw brokenProfile(profile, `expired_seconds is not from ${shortest} to ${longest}`)
  return {
    roleArn: need(profile, 'ram_role_arn'),
    sessionName: text(profile, 'ram_session_name') ?? (env.ALIBABA_CLOUD_ROLE_SESSION_NAME?.trim() || 'tanxing'),
    durationSeconds,
    policy: text(profile, 'policy'),
    externalId: text(profile, 'external_id'),
  }
}

const placeOf = (profile: Profile): StsPlace => ({
  endpoint: text(profile, 'sts_endpoint'),
  regionId: text(profile, 'sts_region'),
  vpc: profile.values.enable_vpc === true,
})

/** The profile's role, played with credentials that something else provides and renews. */
function roleWith(profile: Profile, { surroundings }: Context, caller: Provision): Provision {
  const wish = wishOf(profile, surroundings)
  const place = placeOf(profile)
  const source = sourceOf(caller, surroundings, nameOf(profile), undefined)
  return {
    accountId: accountOf(wish.roleArn),
    fetch: async () => assumeRole(surroundings, place, wish, await source.get()),
  }
}

/** AK: an AccessKey as it stands. */
export const ak: Mode = (profile) => ({
  credentials: { accessKeyId: need(profile, 'access_key_id'), accessKeySecret: need(profile, 'access_key_secret') },
})

/** The profile's AccessKey with its token, which nothing here can renew. */
const withToken = (profile: Profile, securityToken: string | undefined): Credentials => ({
  accessKeyId: need(profile, 'access_key_id'),
  accessKeySecret: need(profile, 'access_key_secret'),
  securityToken,
})

/** StsToken: an AccessKey with a token as they stand. */
export const stsToken: Mode = (profile) => ({ credentials: withToken(profile, need(profile, 'sts_token')) })

/** RamRoleArn: a role played with the profile's own AccessKey. */
export const ramRoleArn: Mode = (profile, context) =>
  roleWith(profile, context, { credentials: withToken(profile, text(profile, 'sts_token')) })

/** RamRoleArnWithRoleName: a role played with the role of the instance this runs on. */
export const ramRoleArnWithRoleName: Mode = (profile, context) =>
  roleWith(profile, context, { fetch: instanceRole(context.surroundings, text(profile, 'ram_role_name')) })

/** ChainableRamRoleArn: a role played with another profile's credentials. */
export const chainableRamRoleArn: Mode = (profile, context) => roleWith(profile, context, context.other(need(profile, 'source_profile')))

/** EcsRamRole: the role of the instance this runs on. */
export const ecsRamRole: Mode = (profile, { surroundings }) => ({ fetch: instanceRole(surroundings, text(profile, 'ram_role_name')) })

/** OIDC: a role played for a token in a file, which is read anew each time: whoever writes it renews it. */
export const oidc: Mode = (profile, { surroundings }) => {
  const wish = wishOf(profile, surroundings)
  const place = placeOf(profile)
  const providerArn = need(profile, 'oidc_provider_arn')
  const path = need(profile, 'oidc_token_file')
  return {
    accountId: accountOf(wish.roleArn),
    async fetch() {
      const token = (await readText(surroundings, path))?.trim()
      if (token) return assumeRoleWithOidc(surroundings, place, wish, { providerArn, token })
      throw new UsageError('OidcTokenMissing', `${nameOf(profile)}: the token file is ${token === '' ? 'empty' : 'not there'}`, {
        en: 'The file must hold a token of the OIDC provider, e.g. one that Kubernetes mounts.',
        zh: '该文件须包含 OIDC 提供方的令牌，例如由 Kubernetes 挂载的令牌。',
      })
    },
  }
}
