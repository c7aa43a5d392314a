import { regionFacts } from '../../../api/regions.ts'
import type { Random } from '../../engine/random.ts'

/** Cloud Assistant has codes of its own for the regions; only Hangzhou's is known (the others are unconfirmed). */
const codes: Readonly<Record<string, string>> = { 'cn-hangzhou': 'hz0' }

const codeOf = (regionId: string) => codes[regionId] ?? (regionFacts(regionId)?.idPrefix || 'xx1')

/**
 * A new id as Cloud Assistant gives them: `c-` for a command, `t-` for an invocation, `f-` for a sent file, `s-` for a session, `mi-` for a
 * managed instance.
 */
export const assistantId = (kind: 'c' | 't' | 'f' | 's' | 'mi', regionId: string, random: Random): string =>
  `${kind}-${codeOf(regionId)}${random.alphanumeric(12)}`

/** The code that a new activation is used with, a secret. */
export const activationCode = (regionId: string, random: Random): string =>
  `a-${codeOf(regionId)}${random.bytes(21).toString('base64').slice(0, 26)}`
