import type { Tag } from '../records.ts'

/** Tags as virtual border routers and router interfaces show them: in a list of the list's own name. */
export const pairTags = (tags: readonly Tag[]) => ({ Tags: tags.map(({ key, value }) => ({ Key: key, Value: value })) })
