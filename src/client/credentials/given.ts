import type { Credentials } from '../../api/wire.ts'
import { within } from '../abort.ts'
import { checkCredentials } from './check.ts'
import type { CredentialSource } from './source.ts'

/**
 * Credentials handed to the client: checked once, or as often as the function is asked.
 * @throws UsageError InvalidCredentials
 */
export function givenSource(credentials: Credentials | (() => Credentials | Promise<Credentials>)): CredentialSource {
  const place = { source: { en: 'given', zh: '由程序提供' }, regionId: undefined }
  if (typeof credentials !== 'function') {
    const checked = checkCredentials(credentials)
    return { ...place, get: () => checked }
  }
  const get = (signal?: AbortSignal) => {
    const got = credentials()
    return got instanceof Promise ? within(got.then(checkCredentials), signal) : checkCredentials(got)
  }
  return { ...place, get }
}
