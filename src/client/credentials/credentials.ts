import type { Text } from '../../api/text.ts'
import { configFile } from './config-file.ts'
import { environmentKeys, environmentOidc, environmentUri } from './environment.ts'
import { iniFile } from './ini-file.ts'
import { instance } from './instance.ts'
import { type Place, profileAskedFor } from './place.ts'
import { noCredentials, profileNotFound } from './refusals.ts'
import type { CredentialSource } from './source.ts'
import type { Surroundings } from './surroundings.ts'

export { checkCredentials } from './check.ts'
export type { CredentialSource } from './source.ts'
export { type Environment, ownSurroundings, type Surroundings } from './surroundings.ts'

/** Where credentials are looked for, in this order; the first place that has some is it. */
const places: readonly Place[] = [environmentKeys, environmentOidc, configFile, iniFile, instance, environmentUri]
const lastNamed = places.findLast(({ named }) => named)

/**
 * Finds where credentials come from: the environment's AccessKey, its OIDC token, aliyun-cli's config.json, the SDKs' ini file, the
 * instance's role, a credentials URI. A named profile is looked for in the two files alone. Files are read once and never written.
 * Nothing is fetched yet, but for the name of the instance's role, which is waited for no longer than 1 s.
 * @throws UsageError NoCredentials, which says of each place why it has none; ProfileNotFound, UnsupportedProfileMode,
 * InvalidConfigFile, InvalidCredentials
 */
export async function findCredentials(surroundings: Surroundings, profile?: string): Promise<CredentialSource> {
  const asked = profile ?? profileAskedFor(surroundings)
  const looked: Text[] = []
  for (const place of places) {
    if (profile !== undefined && !place.named) continue
    const found = await place.look(surroundings, asked)
    if (!('why' in found)) return found
    looked.push(found.why)
    // A profile that was asked for and is nowhere must not become another identity.
    if (place === lastNamed && asked !== undefined) throw profileNotFound(asked, looked)
  }
  throw noCredentials(looked)
}
