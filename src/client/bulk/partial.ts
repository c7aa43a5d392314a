import type { Text } from '../../api/text.ts'
import { TanxingError } from '../errors.ts'

/** One that failed: what it was done to, by id, region or profile, and why. */
export interface Failure {
  /** The id, region or profile. */
  readonly name: string
  /** As it was thrown. */
  readonly error: Error
}

type Result = ({ readonly id: string } | { readonly regionId: string } | { readonly profile: string }) &
  ({ readonly ok: true } | { readonly ok: false; readonly error: Error })

const shownAtMost = 5

/** Some of many failed. What succeeded stays done. */
export class PartialFailureError extends TanxingError {
  override readonly name = 'PartialFailureError'
  readonly code = 'PartialFailure'
  readonly hint: Text = {
    en: 'What succeeded stays done. Look at `failures` for each that failed, and repeat only these.',
    zh: '已成功的部分仍然有效。请查看 `failures` 中每一项失败，仅重做这些。',
  }
  /** Every one that failed, in the order of the results. */
  readonly failures: readonly Failure[]

  constructor(failed: readonly Failure[], total: number) {
    const some = failed.slice(0, shownAtMost).map(({ name, error }) => `${name} (${error.message})`)
    const more = failed.length > shownAtMost ? `, and ${failed.length - shownAtMost} more` : ''
    super(`${failed.length} of ${total} failed: ${some.join(', ')}${more}`)
    this.failures = failed
  }
}

const nameOf = (result: Result) => ('id' in result ? result.id : 'regionId' in result ? result.regionId : result.profile)

/**
 * Those that failed, of the results of `bulk`, `acrossRegions` or `acrossProfiles`, in their order.
 * @example for (const { name, error } of failures(await ecs.bulk('RebootInstances', ['i-1']))) console.log(name, error.message)
 */
export const failures = (results: readonly Result[]): Failure[] =>
  results.flatMap((result) => (result.ok ? [] : [{ name: nameOf(result), error: result.error }]))

/**
 * Does nothing when all went well.
 * @example throwIfAny(await acrossRegions(ecs, (client) => client.describeZones(), { regions: ['cn-hangzhou', 'cn-beijing'] }))
 * @throws PartialFailureError when one of the results is a failure; its message names five at most, its `failures` all
 */
export function throwIfAny(results: readonly Result[]): void {
  const failed = failures(results)
  if (failed.length > 0) throw new PartialFailureError(failed, results.length)
}
