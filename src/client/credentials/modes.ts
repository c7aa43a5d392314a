import { UsageError } from '../errors.ts'
import { external } from './external.ts'
import { cloudSso, oauth } from './login.ts'
import { brokenProfile, type Context, type Mode, nameOf, type Profile, text } from './profile.ts'
import { ak, stsToken } from './keys.ts'
import { oidc } from './oidc.ts'
import { chainableRamRoleArn, ecsRamRole, ramRoleArn, ramRoleArnWithRoleName } from './role.ts'
import type { Provision } from './source.ts'
import { credentialsUri } from './uri.ts'

/** The modes of profile that are read, by aliyun-cli's names. RsaKeyPair, BearerToken and Anonymous are not. */
const modes: { readonly [name: string]: Mode } = {
  AK: ak,
  StsToken: stsToken,
  RamRoleArn: ramRoleArn,
  EcsRamRole: ecsRamRole,
  RamRoleArnWithRoleName: ramRoleArnWithRoleName,
  ChainableRamRoleArn: chainableRamRoleArn,
  External: external,
  CredentialsURI: credentialsUri,
  OIDC: oidc,
  CloudSSO: cloudSso,
  OAuth: oauth,
}

/** The mode of a profile that names none, told by its keys as aliyun-cli does; AK when they tell nothing. */
function modeByKeys(profile: Profile): string {
  const has = (...keys: string[]) => keys.every((key) => text(profile, key) !== undefined)
  if (has('access_key_id', 'access_key_secret')) return has('sts_token') ? 'StsToken' : has('ram_role_arn') ? 'RamRoleArn' : 'AK'
  if (has('private_key', 'key_pair_name')) return 'RsaKeyPair'
  if (has('ram_role_name')) return 'EcsRamRole'
  if (has('process_command')) return 'External'
  if (has('oidc_provider_arn', 'oidc_token_file', 'ram_role_arn')) return 'OIDC'
  if (has('cloud_sso_sign_in_url')) return 'CloudSSO'
  return has('bearer_token') ? 'BearerToken' : 'AK'
}

/** The mode of a profile as aliyun-cli writes it; case does not matter. */
export function modeOf(profile: Profile): string {
  const told = text(profile, 'mode') ?? modeByKeys(profile)
  return Object.keys(modes).find((name) => name.toLowerCase() === told.toLowerCase()) ?? told
}

/**
 * How a profile gives credentials.
 * @throws UsageError UnsupportedProfileMode; InvalidConfigFile for a profile that lacks what its mode needs
 */
export function provide(profile: Profile, context: Context): Provision {
  const name = modeOf(profile)
  const mode = Object.hasOwn(modes, name) ? modes[name] : undefined
  if (mode !== undefined) return mode(profile, context)
  const read = Object.keys(modes).join(', ')
  const [{ en, zh }, told] = [nameOf(profile), name.slice(0, 50)]
  const said = { en: `${en} has mode ${told}; modes ${read} are read`, zh: `${zh} 的模式为 ${told}；支持的模式：${read}` }
  throw new UsageError('UnsupportedProfileMode', said, {
    en: 'Use a profile of a mode that is read, or set the ALIBABA_CLOUD_* variables.',
    zh: '请使用受支持模式的配置，或设置 ALIBABA_CLOUD_* 环境变量。',
  })
}

/** Refuses a profile that is built upon another where there are no others. */
export const noOther = (profile: Profile) => (): never => {
  throw brokenProfile(profile, {
    en: 'a role over another profile is read from config.json alone',
    zh: '只有 config.json 支持以其他配置扮演角色',
  })
}
