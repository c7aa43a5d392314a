import { saidOf } from '../../api/text.ts'
import { UsageError } from '../errors.ts'
import { type Mode, nameOf, need } from './profile.ts'
import { accountOf, placeOf, wishOf } from './role.ts'
import { assumeRoleWithOidc } from './sts.ts'
import { readText } from './surroundings.ts'

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
      const why =
        token === '' ? { en: 'the token file is empty', zh: '令牌文件为空' } : { en: 'the token file is not there', zh: '令牌文件不存在' }
      throw new UsageError('OidcTokenMissing', saidOf(nameOf(profile), why), {
        en: 'The file must hold a token of the OIDC provider, e.g. one that Kubernetes mounts.',
        zh: '该文件须包含 OIDC 提供方的令牌，例如由 Kubernetes 挂载的令牌。',
      })
    },
  }
}
