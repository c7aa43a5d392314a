import type { Credentials } from '../../api/wire.ts'
import { type Mode, need, type Profile } from './profile.ts'

/** AK: an AccessKey as it stands. */
export const ak: Mode = (profile) => ({
  credentials: { accessKeyId: need(profile, 'access_key_id'), accessKeySecret: need(profile, 'access_key_secret') },
})

/** The profile's AccessKey with its token, which nothing here can renew. */
export const withToken = (profile: Profile, securityToken: string | undefined): Credentials => ({
  accessKeyId: need(profile, 'access_key_id'),
  accessKeySecret: need(profile, 'access_key_secret'),
  securityToken,
})

/** StsToken: an AccessKey with a token as they stand. */
export const stsToken: Mode = (profile) => ({ credentials: withToken(profile, need(profile, 'sts_token')) })
