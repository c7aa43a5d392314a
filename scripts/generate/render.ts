import type { Family } from '../../src/api/shape.ts'

const width = 140

/** JSON with what fits on one line kept on one line, so that a changed parameter is a changed line. */
function write(value: unknown, indent: string): string {
  const flat = JSON.stringify(value)
  if (flat.length + indent.length <= width && !flat.includes('":{') && !flat.includes(':[{')) return spaced(value)
  const inner = `${indent}  `
  if (Array.isArray(value)) return `[\n${value.map((item) => inner + write(item, inner)).join(',\n')}\n${indent}]`
  const fields = Object.entries(value as object).map(([key, field]) => `${inner}${JSON.stringify(key)}: ${write(field, inner)}`)
  return `{\n${fields.join(',\n')}\n${indent}}`
}

function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).map(([key, field]) => `${JSON.stringify(key)}: ${spaced(field)}`)
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`
}

/** The text of a family file. */
export const render = (family: Family): string => `${write(family, '')}\n`
