/**
 * Runs beside every test of the suite: notes what the local clouds answered, operation by operation: which fields, which codes, to whose
 * client. `scripts/answers.ts` puts the notes of a run together; the coverage page tells them.
 */
import { subscribe } from 'node:diagnostics_channel'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect } from 'vitest'
import type { Answered } from '../../src/cloud/watch/answered.ts'

interface Note {
  readonly fields: Set<string>
  readonly codes: Set<string>
  readonly userAgents: Set<string>
}

/** One for the worker: test files share its modules. */
const shared = globalThis as { [key: symbol]: Map<string, Note> | undefined }
const key = Symbol.for('tanxing.test.answers')
const folder = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'coverage', 'answers')

/** What these send is drawn by chance, or by a client that CI has not: another run would note something else. */
const byChance = /[\\/](?:fuzz|exactly-once|crash)[\\/]|[\\/]terraform\.test\.ts$/

/** The paths of all fields of a value, without indices. */
function fieldsOf(value: unknown, path: string, into: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) fieldsOf(item, path, into)
  else if (typeof value === 'object' && value !== null)
    for (const [name, field] of Object.entries(value)) fieldsOf(field, path === '' ? name : `${path}.${name}`, into)
  else into.add(path)
}

function start(): Map<string, Note> {
  const notes = new Map<string, Note>()
  const known = new Set<string>()
  subscribe('tanxing:answered', (message) => {
    const { product, action, code, userAgent, status, body } = message as Answered
    if (action === '' || byChance.test(expect.getState().testPath ?? '')) return
    const name = `${product}.${action}`
    const note = notes.get(name) ?? { fields: new Set<string>(), codes: new Set<string>(), userAgents: new Set<string>() }
    notes.set(name, note)
    note.userAgents.add(userAgent)
    if (code !== '') note.codes.add(code)
    if (status !== 200) return
    const text = Buffer.from(body()).toString()
    // Most answers differ in an id alone; reading each would make the suite slow. Those of one length and as many fields are taken to be alike.
    const shape = `${name} ${text.length} ${text.split('":').length}`
    if (known.has(shape) || !text.startsWith('{')) return
    known.add(shape)
    fieldsOf(JSON.parse(text), '', note.fields)
  })
  return notes
}

shared[key] ??= start()
const notes = shared[key]

afterAll(() => {
  const listed = [...notes].map(([name, { fields, codes, userAgents }]) => [
    name,
    { fields: [...fields], codes: [...codes], userAgents: [...userAgents] },
  ])
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${process.pid}-${process.env.VITEST_POOL_ID ?? 0}.json`), JSON.stringify(Object.fromEntries(listed)))
})
