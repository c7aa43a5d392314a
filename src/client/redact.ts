import { percentEncode } from '../api/encode.ts'
import type { Credentials } from '../api/wire.ts'

/** Shorter values are no secrets of this API, and taking them out would garble the text. */
const shortest = 8

/**
 * Takes secrets out of a text that is going to be shown: as they are, and as queries and the texts under signatures write them.
 * An answer to a wrong signature repeats what was signed, the security token with it.
 */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text
  for (const secret of secrets) {
    if (secret.length < shortest) continue
    const once = percentEncode(secret)
    for (const form of new Set([percentEncode(once), once, secret])) clean = clean.replaceAll(form, '***')
  }
  return clean
}

/** Fields of answers that are secrets: keys that were just made, tokens, passwords, private keys. */
const secretField =
  /"(AccessKeySecret|SecurityToken|SessionAccessKeySecret|SessionToken|Password|PrivateKeyBody|VncPasswd|ActivationCode|OIDCToken)"(\s*:\s*)"(?:[^"\\]|\\.)*"/g

/** Takes secrets out of an answer in JSON by the names of their fields. */
export const redactFields = (text: string): string => text.replaceAll(secretField, '"$1"$2"***"')

/** What a refusal may repeat of a request and must not be shown. */
export function secretsOf({ accessKeySecret, securityToken = '' }: Credentials, signed: string): string[] {
  return [accessKeySecret, securityToken, decodeURIComponent(/Signature=([^&,]+)/.exec(signed)?.[1] ?? '')]
}
