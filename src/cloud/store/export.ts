import { toSeconds } from '../../api/time.ts'
import type { Capture } from './capture.ts'
import { format } from './store.ts'

/** What an exported file says that it is. */
export const what = 'local cloud'

/** A capture as one JSON file, a row a line, for people to read and to compare. */
export function exported({ accountId, seed, chance, clock, takenAt, rows }: Capture): Uint8Array {
  const head = { tanxing: what, format, takenAt: toSeconds(takenAt), accountId, ...(seed !== undefined && { seed }), clock, chance }
  const pieces: Buffer[] = []
  let text = `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "tables": {`
  let table: string | undefined
  for (const { table: name, row } of rows) {
    if (name === table) text += ',\n'
    else text += `${table === undefined ? '' : '\n    ],'}\n    ${JSON.stringify(name)}: [\n`
    text += `      ${JSON.stringify(row)}`
    table = name
    if (text.length < 1 << 20) continue
    pieces.push(Buffer.from(text))
    text = ''
  }
  pieces.push(Buffer.from(`${text}${table === undefined ? '' : '\n    ]\n  '}}\n}\n`))
  return Buffer.concat(pieces)
}
