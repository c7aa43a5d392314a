import { regionFacts } from '../../../api/regions.ts'
import type { Random } from '../../engine/random.ts'

/** Cloud Assistant has codes of its own for the regions; only Hangzhou's is known (the others are unconfirmed). */
const codes: Readonly<Record<string, string>> = { 'cn-hangzhou': 'hz0' }

/** A new id as Cloud Assistant gives them: `c-` for a command, `t-` for an invocation, `f-` for a sent file, `s-` for a session. */
export const assistantId = (kind: 'c' | 't' | 'f' | 's', regionId: string, random: Random): string =>
  `${kind}-${codes[regionId] ?? (regionFacts(regionId)?.idPrefix || 'xx1')}${random.alphanumeric(12)}`
