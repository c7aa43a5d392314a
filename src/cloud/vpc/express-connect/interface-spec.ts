import { demand } from '../../fault.ts'
import type { RouterInterface } from './records.ts'

/** What an interface carries, Mbit/s. The accepting side has none of its own. */
const specs: ReadonlyMap<string, number> = new Map([
  ['Mini.2', 2],
  ['Mini.5', 5],
  ['Small.1', 10],
  ['Small.2', 20],
  ['Small.5', 50],
  ['Middle.1', 100],
  ['Middle.2', 200],
  ['Middle.5', 500],
  ['Large.1', 1_000],
  ['Large.2', 2_000],
  ['Large.5', 5_000],
  ['Xlarge.1', 10_000],
])

export const noSpec = 'Negative'

/** Mbit/s; 0 for the accepting side. */
export const bandwidthOf = (spec: string): number => specs.get(spec) ?? 0

/** The code is documented as it is spelt. @throws Fault InvalidSpec.ValudNotSupported */
export function demandSpec(spec: string, role: RouterInterface['role']): void {
  const fits = role === 'AcceptingSide' ? spec === noSpec : specs.has(spec)
  demand(fits, 'InvalidSpec.ValudNotSupported', 'The specified Spec is not supported.')
}
