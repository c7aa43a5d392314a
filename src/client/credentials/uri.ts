import { jsonObject } from '../json.ts'
import { ask } from './ask.ts'
import { brokenProfile, missing, type Mode, nameAt, type Profile, text } from './profile.ts'
import { noObject, unusableAnswer } from './refusals.ts'
import { isOn, nowOf } from './surroundings.ts'
import { readTemporary } from './temporary.ts'

/** The address as a URL; messages never show it, since it may hold a secret. */
function urlOf(profile: Profile, address: string): URL {
  try {
    const url = new URL(address)
    if (/^https?:$/.test(url.protocol) && url.username === '' && url.password === '') return url
  } catch {
    // Told below, like an address of another scheme.
  }
  throw brokenProfile(profile, { en: 'the credentials URI is not an http or https address', zh: '凭证 URI 不是 http 或 https 地址' })
}

/** CredentialsURI: asks a service of the user's own, over http or https and any port, for temporary credentials. */
export const credentialsUri: Mode = (profile, { surroundings }) => {
  if (isOn(surroundings, 'ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS'))
    throw brokenProfile(profile, {
      en: 'ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS is set, so its credentials URI is not asked',
      zh: '已设置 ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS，因此不访问其凭证 URI',
    })
  const address = text(profile, 'credentials_uri') ?? surroundings.env.ALIBABA_CLOUD_CREDENTIALS_URI
  if (!address) throw brokenProfile(profile, missing('credentials_uri'))
  const url = urlOf(profile, address)
  return {
    async fetch() {
      const { status, text: body } = await ask(surroundings, url)
      const fields = status === 200 ? jsonObject(body) : undefined
      const who = nameAt(profile, url)
      if (fields === undefined) throw unusableAnswer(who, noObject(status))
      // aliyun-cli demands `Success`, the credentials libraries do without.
      if (fields.Code !== undefined && fields.Code !== 'Success')
        throw unusableAnswer(who, { en: 'its Code is not Success', zh: '其 Code 不是 Success' })
      return readTemporary(fields, who, nowOf(surroundings))
    },
  }
}
