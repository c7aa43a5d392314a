import { jsonObject } from '../json.ts'
import { ask } from './ask.ts'
import { brokenProfile, type Mode, nameOf, type Profile, text } from './profile.ts'
import { unusableAnswer } from './refusals.ts'
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
  throw brokenProfile(profile, 'the credentials URI is not an http or https address')
}

/** CredentialsURI: asks a service of the user's own, over http or https and any port, for temporary credentials. */
export const credentialsUri: Mode = (profile, { surroundings }) => {
  if (isOn(surroundings, 'ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS'))
    throw brokenProfile(profile, 'ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS is set, so its credentials URI is not asked')
  const address = text(profile, 'credentials_uri') ?? surroundings.env.ALIBABA_CLOUD_CREDENTIALS_URI
  if (!address) throw brokenProfile(profile, 'credentials_uri is missing')
  const url = urlOf(profile, address)
  return {
    async fetch() {
      const { status, text: body } = await ask(surroundings, url)
      const fields = status === 200 ? jsonObject(body) : undefined
      const who = `${nameOf(profile)} (${url.host})`
      if (fields === undefined) throw unusableAnswer(who, `HTTP ${status}, or no JSON object`)
      // aliyun-cli demands `Success`, the credentials libraries do without.
      if (fields.Code !== undefined && fields.Code !== 'Success') throw unusableAnswer(who, 'its Code is not Success')
      return readTemporary(fields, who, nowOf(surroundings))
    },
  }
}
