import { parseTime } from '../../api/time.ts'
import type { Random } from '../engine/random.ts'
import type { Tag } from '../vpc/records.ts'

/** Whose the rows are, and what chance gives where an answer tells nothing. */
export interface Origin {
  readonly accountId: string
  readonly regionId: string
  /** Milliseconds since 1970: when the estate was read. */
  readonly now: number
  readonly random: Random
}

export const owner = ({ accountId, regionId }: Origin) => ({ accountId, regionId })

/** A time of an answer in milliseconds; undefined for an empty or unreadable one. */
export const timeOf = (text: string | undefined): number | undefined => (text ? parseTime(text) : undefined)

interface AnyTag {
  readonly Key?: string | undefined
  readonly Value?: string | undefined
  readonly TagKey?: string | undefined
  readonly TagValue?: string | undefined
}

/** Tags in either of the spellings of answers. */
export const tagsOf = (tags: { readonly Tag?: readonly AnyTag[] | undefined } | undefined): Tag[] =>
  (tags?.Tag ?? []).map((tag) => ({ key: tag.TagKey ?? tag.Key ?? '', value: tag.TagValue ?? tag.Value ?? '' }))

/** `PrePaid` or, whatever else is told, `PostPaid`. */
export const chargeOf = (text: string | undefined): 'PrePaid' | 'PostPaid' => (text === 'PrePaid' ? 'PrePaid' : 'PostPaid')
