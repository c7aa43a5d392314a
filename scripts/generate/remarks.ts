/** What the SDK's `.d.ts` says of one property, reduced to facts. */
export interface PropertyFacts {
  readonly required: boolean
  readonly deprecated: boolean
  readonly values: readonly string[]
  /** The example is a JSON array, so the wire wants one in a single string. */
  readonly jsonList: boolean
}

const none: PropertyFacts = { required: false, deprecated: false, values: [], jsonList: false }
const bullet = /^ *(?:[-*]|\d+\.) +(.*)$/
const value = /^[`*]*([A-Za-z](?:[\w.-]*\w)?)[`*]*\.?(?: \((?:default|Default)\))?(?::|：|$)/

/** The bullets right after "Valid values:", when each starts with one plain word; otherwise nothing, since a range is no enumeration. */
function readValues(lines: readonly string[]): readonly string[] {
  const start = lines.findIndex((line) => /[Vv]alid values(?: of [\w.]+)?: *$/.test(line))
  if (start < 0) return []
  const found: string[] = []
  let margin: number | undefined
  for (const line of lines.slice(start + 1)) {
    if (line.trim() === '') continue
    const item = bullet.exec(line)
    if (!item) break
    const indent = line.search(/\S/)
    margin ??= indent
    if (indent > margin) continue
    const word = value.exec((item[1] as string).trim())
    if (!word) return []
    found.push(word[1] as string)
  }
  return found.every((word) => word === 'true' || word === 'false') ? [] : [...new Set(found)]
}

function factsOf(comment: string): PropertyFacts {
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\*? ?/, ''))
  const example = lines[lines.indexOf('@example') + 1] ?? ''
  return {
    required: lines.some((line) => line.startsWith('This parameter is required.')),
    deprecated: lines.some((line) => line.startsWith('@deprecated')),
    values: readValues(lines),
    jsonList: lines.includes('@example') && example.startsWith('["'),
  }
}

/** Reads a `.d.ts`: class name → property name → facts. */
export function readRemarks(text: string): (className: string, property: string) => PropertyFacts {
  const classes = new Map<string, Map<string, PropertyFacts>>()
  for (const [, name, body] of text.matchAll(/export declare class (\w+) extends [^{]*\{([\s\S]*?)\n\}/g)) {
    const properties = new Map<string, PropertyFacts>()
    for (const [, comment, property] of (body as string).matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(\w+)\?:/g))
      properties.set(property as string, factsOf(comment as string))
    classes.set(name as string, properties)
  }
  return (className, property) => classes.get(className)?.get(property) ?? none
}
