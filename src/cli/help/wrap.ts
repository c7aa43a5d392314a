/** Characters that a terminal shows two columns wide; help has no others that are not one wide. */
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/
const everyWide = new RegExp(wide.source, 'g')
/** What a line can be broken between: blanks, words, values of a choice, and Chinese characters, each with the marks that must not begin a line or end one. */
const pieces = new RegExp(
  `\\s+|[（“]*(?:${wide.source}[、。，；：）”]*|(?:(?!${wide.source})[^\\s|])*[|、。，；：）”]+|(?:(?!${wide.source})[^\\s|])+)`,
  'g',
)
/** The left column of two, blanks included. */
const left = /^ +\S+(?: \S+)* {2,}(?=\S)|^ +/
/** With less room than this beside the left column, the right one goes below it, so far in. */
const narrowest = 20
const below = 6

const widthOf = (text: string) => text.length + (text.match(everyWide)?.length ?? 0)

function wrappedLine(line: string, columns: number): string {
  const [before = ''] = left.exec(line) ?? []
  const indent = widthOf(before)
  if (widthOf(line) <= columns) return line
  if (columns - indent < narrowest) {
    const right = line.slice(before.length)
    // With no left column, or in a terminal as narrow as that, the terminal breaks the lines itself.
    return before.trim() === '' || columns < below + narrowest
      ? line
      : `${before.trimEnd()}\n${wrappedLine(' '.repeat(below) + right, columns)}`
  }
  const lines = [before]
  let room = columns - indent
  for (const piece of line.slice(before.length).match(pieces) ?? []) {
    const width = widthOf(piece)
    if (width > room && room < columns - indent) {
      lines.push(' '.repeat(indent))
      room = columns - indent
      if (piece.trim() === '') continue
    }
    lines.push(`${lines.pop()}${piece}`)
    room -= width
  }
  return lines.map((one) => one.trimEnd()).join('\n')
}

/** Lines that fit the terminal; what stands in a right column goes on below it. Unchanged where nobody watches. */
export const wrapped = (text: string, columns: number | undefined): string =>
  columns === undefined
    ? text
    : text
        .split('\n')
        .map((line) => wrappedLine(line, columns))
        .join('\n')
