type Input = Readonly<Record<string, unknown>>

/** Not what a call is done to. */
const aside = /^(?:RegionId|ZoneId|ResourceGroupId|OwnerId|ResourceOwnerId|ClientToken|Source\w*|Dest\w*|NextHop\w*)$/

function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.filter((one) => typeof one === 'string')
  if (typeof value !== 'string' || value === '') return []
  // Parameters that were not checked may hold a list as JSON.
  if (!value.startsWith('[')) return [value]
  try {
    return textsOf(JSON.parse(value))
  } catch {
    return [value]
  }
}

/** Ids and names in an input by their parameter; those of a list together, also where it is written `InstanceId.1`. */
export function namedIn(input: Input): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const [path, value] of Object.entries(input)) {
    const name = path.replace(/\.\d+$/, '')
    if (!/(?:Ids?|Names?|No)$/.test(name) || aside.test(name)) continue
    const texts = textsOf(value)
    if (texts.length > 0) found.set(name, [...(found.get(name) ?? []), ...texts])
  }
  return found
}

/**
 * What a call is done to: the longest list of ids or names; among equals the one that the operation's name tells, else the first.
 * Empty where it names nothing: then it is one call about something unnamed.
 */
export function targetsOf(action: string, input: Input): readonly string[] {
  const told = (name: string) => (action.includes(name.replace(/(?:Ids?|Names?|No)$/, '')) ? 1 : 0)
  const ranked = [...namedIn(input)].toSorted(([a, some], [b, others]) => others.length - some.length || told(b) - told(a))
  return [...new Set(ranked[0]?.[1] ?? [])]
}
