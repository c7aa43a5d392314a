import { withToken } from './keys.ts'
import { instanceRole } from './metadata.ts'
import { brokenProfile, type Context, type Mode, nameOf, need, number, type Profile, text } from './profile.ts'
import { type Provision, sourceOf } from './source.ts'
import { assumeRole, type RoleWish, type StsPlace } from './sts.ts'
import type { Surroundings } from './surroundings.ts'

/** RAM's bounds of a session, in seconds. */
const [shortest, usual, longest] = [900, 3600, 43_200]

/** The account of a role's ARN, `acs:ram::<account>:role/<name>`. */
export const accountOf = (roleArn: string): string | undefined => /^acs:ram::(\d+):role\//i.exec(roleArn)?.[1]

/** The role a profile names, with an hour's session unless it says otherwise. @throws UsageError InvalidConfigFile */
export function wishOf(profile: Profile, { env }: Surroundings): RoleWish {
  const durationSeconds = number(profile, 'expired_seconds') ?? usual
  if (durationSeconds < shortest || durationSeconds > longest)
    throw brokenProfile(profile, {
      en: `expired_seconds is not from ${shortest} to ${longest}`,
      zh: `expired_seconds 不在 ${shortest} 到 ${longest} 之间`,
    })
  return {
    roleArn: need(profile, 'ram_role_arn'),
    sessionName: text(profile, 'ram_session_name') ?? (env.ALIBABA_CLOUD_ROLE_SESSION_NAME?.trim() || 'tanxing'),
    durationSeconds,
    policy: text(profile, 'policy'),
    externalId: text(profile, 'external_id'),
  }
}

/** The STS a profile names. */
export const placeOf = (profile: Profile): StsPlace => ({
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
