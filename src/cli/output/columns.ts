import { CommandError } from '../errors.ts'
import { nearest } from '../nearest.ts'
import type { Column } from '../output.ts'

/** What `--columns` calls a column: `private-ip` for PRIVATE IP. */
export const columnName = <T>({ head }: Column<T>): string => head.en.toLowerCase().replaceAll(' ', '-')

/** What lies at a path of an item, e.g. `VpcAttributes.VpcId`; objects and lists as JSON. */
function at(item: unknown, path: string): string {
  let value = item
  for (const part of path.split('.'))
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[part] : undefined
  return cellText(value)
}

/** A value as one cell: nothing for what is not there, JSON for what is not plain. */
export const cellText = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)

/**
 * The columns that `--columns` names: by a column's own name, or by the path of a field, which begins with a capital as all do.
 * @throws CommandError for a name that is neither
 */
export function chosen<T>(names: string, all: readonly Column<T>[]): Column<T>[] {
  return names.split(',').map((word) => {
    const name = word.trim()
    const known = all.find((column) => columnName(column) === name.toLowerCase())
    if (known !== undefined) return known
    if (/^[A-Z][\w.]*$/.test(name)) return { head: { en: name, zh: name }, cell: (item) => at(item, name) }
    const meant = nearest(name, all.map(columnName))
    const there = all.map(columnName)
    const [en, zh] = there.length === 0 ? ['', ''] : [`${there.join(', ')}, or `, `${there.join('、')}，或`]
    throw new CommandError({
      en: `there is no column ${name}${meant ? `; did you mean ${meant}?` : ''} (${en}a field such as InstanceId)`,
      zh: `没有列 ${name}${meant ? `；是否想用 ${meant}？` : ''}（可选：${zh}字段名，例如 InstanceId）`,
    })
  })
}
