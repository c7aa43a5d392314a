import { asError, TanxingError } from '../client/errors.ts'
import type { Failure } from './failure.ts'
import { type Language, say } from './language.ts'

/** What comes of a region that there is not: the service does not know it, or its endpoint has no address. */
const codes = new Set(['InvalidRegionId', 'InvalidRegionId.NotFound', 'ENOTFOUND', 'EAI_AGAIN', 'InvalidRegion'])

/**
 * The failure, with the region that was meant where it may come of a misspelt one. A region that is known is none.
 * @param asked the region of the command line, for errors that belong to no call
 */
export async function withRegionMeant(failure: Failure, thrown: unknown, asked: string | undefined, language: Language): Promise<Failure> {
  if (!codes.has(failure.code)) return failure
  const error = asError(thrown)
  const region = (error instanceof TanxingError ? error.regionId : undefined) ?? asked
  if (region === undefined) return failure
  const [{ regions }, { nearest }] = await Promise.all([import('../api/regions.ts'), import('./nearest.ts')])
  const known = [...regions().keys()]
  const meant = known.includes(region) ? undefined : nearest(region, known)
  if (meant === undefined) return failure
  const question = say({ en: `Did you mean the region ${meant}? `, zh: `是否想用地域 ${meant}？` }, language)
  return { ...failure, hint: `${question}${failure.hint ?? ''}`.trimEnd() }
}
