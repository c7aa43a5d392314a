import type { InvocationStatus, RunStatus } from './records.ts'

const failures: ReadonlySet<RunStatus> = new Set(['Failed', 'Timeout', 'Aborted'])
const stops: ReadonlySet<RunStatus> = new Set(['Cancelled', 'Terminated'])

/** Nothing will happen to it any more. */
export const hasEnded = (status: RunStatus): boolean => status === 'Success' || failures.has(status) || stops.has(status)

/** Of an invocation from those of its instances. How a failure beside a stop counts is unconfirmed. */
export function overall(runs: readonly RunStatus[]): InvocationStatus {
  const some = (status: RunStatus) => runs.includes(status)
  if (some('Stopping')) return 'Stopping'
  if (some('Running')) return 'Running'
  if (some('Scheduled')) return 'Scheduled'
  if (some('Pending')) return runs.every((status) => status === 'Pending') ? 'Pending' : 'Running'
  if (runs.some((status) => stops.has(status))) return 'Stopped'
  const failed = runs.filter((status) => failures.has(status)).length
  if (failed === 0) return 'Success'
  return failed === runs.length ? 'Failed' : 'PartialFailed'
}

/** The older field of an answer knows fewer words (which for Pending and Scheduled is unconfirmed). */
export const olderStatus = (status: InvocationStatus): string =>
  status === 'Success' ? 'Finished' : status === 'Pending' || status === 'Scheduled' ? 'Running' : status

/** What the older fields say of one instance. */
export function olderRunStatus(status: RunStatus): string {
  if (status === 'Success') return 'Finished'
  if (failures.has(status)) return 'Failed'
  if (stops.has(status)) return 'Stopped'
  return status === 'Stopping' ? 'Stopping' : 'Running'
}

/** An account's invocations of a day in UTC+8 (whose day it is, is unconfirmed), as a key. */
export const dayOf = ({ accountId, regionId }: { readonly accountId: string; readonly regionId: string }, now: number): string =>
  `${accountId}/${regionId}/${Math.floor((now + 8 * 3_600_000) / 86_400_000)}`
