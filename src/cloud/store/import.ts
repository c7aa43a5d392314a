import type { ClockMode, ClockState } from '../engine/clock.ts'
import type { Row } from '../engine/table.ts'
import { loadedLifecycles, loadLifecycles } from '../handlers.ts'
import type { Capture } from './capture.ts'
import { what } from './export.ts'
import { misfit, type RowShape } from './row-shape.ts'
import { format } from './store.ts'

/** The largest file that is taken in, in bytes. */
export const mostStateBytes = 256 * 1024 * 1024

/** The longest id of a row. */
const longestId = 1024

const refuse = (reason: string): never => {
  throw new RangeError(`the file is no state of a local cloud: ${reason}`)
}

type Fields = Readonly<Record<string, unknown>>

function fields(value: unknown, name: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse(`${name} must be an object`)
  return value as Fields
}

const whole = (value: unknown, name: string): number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : refuse(`${name} must be a whole number`)

const moment = (value: unknown, name: string): number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : refuse(`${name} must be milliseconds since 1970`)

function text(value: unknown, name: string, pattern: RegExp): string {
  return typeof value === 'string' && pattern.test(value) ? value : refuse(`${name} is not well formed`)
}

function readMode(value: unknown): ClockMode {
  if (value === 'real' || value === 'manual') return value
  const { scale } = fields(value, 'clock.mode')
  return typeof scale === 'number' && Number.isFinite(scale) && scale > 0 ? { scale } : refuse('clock.mode.scale must be above 0')
}

function readClock(value: unknown): ClockState {
  const { mode, at, machineAt } = fields(value, 'clock')
  return { mode: readMode(mode), at: moment(at, 'clock.at'), machineAt: moment(machineAt, 'clock.machineAt') }
}

function readRow(value: unknown, table: string, shape: RowShape, ids: Set<string>): Row {
  const row = fields(value, `a row of ${table}`)
  const { id } = row
  if (typeof id !== 'string' || id === '' || id.length > longestId) return refuse(`a row of ${table} has no id`)
  const name = `the row ${id.slice(0, 64)} of ${table}`
  if (ids.has(id)) return refuse(`${name} is there twice`)
  ids.add(id)
  const wrong = misfit(row, shape)
  if (wrong !== undefined) return refuse(`${wrong} of ${name} is missing, too much or not well formed`)
  if (table === 'transitions') {
    moment(row.at, `at of ${name}`)
    if (!Object.hasOwn(loadedLifecycles(), String(row.kind))) return refuse(`${name} is of no known kind`)
  }
  return row as unknown as Row
}

function readTables(value: unknown, shapes: Readonly<Record<string, RowShape>>): Capture['rows'] {
  return Object.entries(fields(value, 'tables')).flatMap(([table, rows]) => {
    const shape = Object.hasOwn(shapes, table) ? shapes[table] : undefined
    if (shape === undefined) return refuse(`there is no table ${table.slice(0, 64)}`)
    if (!Array.isArray(rows)) return refuse(`tables.${table} must be a list`)
    const ids = new Set<string>()
    return rows.map((row, at) => ({ table, number: at + 1, row: readRow(row, table, shape, ids) }))
  })
}

/**
 * Reads an exported file, and holds each of its rows against the type that the code has for it.
 * @throws RangeError with the reason for one that is too large, of another format, or not well formed
 */
export async function imported(bytes: Uint8Array): Promise<Capture> {
  if (bytes.length > mostStateBytes) return refuse(`it is larger than ${mostStateBytes} bytes`)
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString())
  } catch {
    return refuse('it is not JSON')
  }
  const file = fields(value, 'the file')
  if (file.tanxing !== what) return refuse(`"tanxing" must be "${what}"`)
  if (file.format !== format) return refuse(`its format is ${String(file.format).slice(0, 16)}, and this version reads ${format}`)
  const chance = fields(file.chance, 'chance')
  const clock = readClock(file.clock)
  const [{ rowShapes }] = await Promise.all([import('../generated/row-shapes.ts'), loadLifecycles()])
  return {
    accountId: text(file.accountId, 'accountId', /^\d{16}$/),
    seed: file.seed === undefined ? undefined : text(file.seed, 'seed', /^/),
    chance: { key: text(chance.key, 'chance.key', /^[0-9a-f]{64}$/), position: whole(chance.position, 'chance.position') },
    clock,
    takenAt: clock.at,
    rows: readTables(file.tables, rowShapes),
  }
}
