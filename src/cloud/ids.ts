import { regionFacts } from '../api/regions.ts'
import type { Random } from './engine/random.ts'

/** Prefix and length after it, as real ids look (`i-bp1gt9mb9asadff9r2zr`). */
const forms = {
  i: 20,
  d: 20,
  s: 20,
  m: 20,
  sg: 20,
  eni: 20,
  vpc: 21,
  vsw: 21,
  vtb: 21,
  vrt: 21,
  eip: 21,
} as const

/** A new resource id: the kind's prefix, the region's code, then chance. */
export function newId(kind: keyof typeof forms, regionId: string, random: Random): string {
  const code = regionFacts(regionId)?.idPrefix || 'xx1'
  return `${kind}-${code}${random.alphanumeric(forms[kind] - code.length)}`
}

/** A security group rule's id carries no region code (form unconfirmed). */
export const newRuleId = (regionId: string, random: Random): string =>
  `sgr-${regionFacts(regionId)?.idPrefix || 'xx1'}${random.alphanumeric(17)}`
