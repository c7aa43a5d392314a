/**
 * Puts together what the tests saw the local cloud answer (`coverage/answers`, written by `test/answers/record.ts`), as
 * `test/data/answered.json`, from which the coverage page is made. With `--check`: whether all that the file says was seen in the last run.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { catalogue } from '../src/api/catalogue.ts'
import { productNames } from '../src/api/products.ts'
import { emulated } from '../src/cloud/handlers.ts'
import { leaves } from '../src/api/leaves.ts'

/** What was seen of one operation. */
export interface Answered {
  /** Those of the catalogue that were not in any answer. */
  readonly missing: readonly string[]
  readonly codes: readonly string[]
  /** Official clients that called it. */
  readonly clients: readonly string[]
}
export type AllAnswered = Readonly<Record<string, Answered>>

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const notesFolder = join(root, 'coverage', 'answers')
const file = join(root, 'test', 'data', 'answered.json')

/** Official clients, by what they call themselves in their requests; the first that fits counts, for Ansible calls by way of the Python SDK. */
const clients: readonly (readonly [name: string, userAgent: RegExp])[] = [
  ['Ansible', /Ansible/],
  ['Node.js', /Node\.js.*TeaDSL/i],
  ['pop-core', /Node\.js(?!.*TeaDSL).*Core\//i],
  ['Python', /python/i],
  ['Go', /golang|alibaba-cloud-sdk-go/i],
  ['Java', /java/i],
]

interface Note {
  readonly fields: readonly string[]
  readonly codes: readonly string[]
  readonly userAgents: readonly string[]
}

function notes(): Map<string, Note> {
  const all = new Map<string, Note>()
  for (const name of existsSync(notesFolder) ? readdirSync(notesFolder) : [])
    for (const [action, note] of Object.entries(JSON.parse(readFileSync(join(notesFolder, name), 'utf8')) as Record<string, Note>)) {
      const before = all.get(action)
      all.set(action, {
        fields: [...(before?.fields ?? []), ...note.fields],
        codes: [...(before?.codes ?? []), ...note.codes],
        userAgents: [...(before?.userAgents ?? []), ...note.userAgents],
      })
    }
  return all
}

/** The official clients among them, in the order of the list. */
function clientsAmong(userAgents: readonly string[]): string[] {
  const found = new Set(userAgents.map((agent) => clients.find(([, pattern]) => pattern.test(agent))?.[0]))
  return clients.map(([name]) => name).filter((name) => found.has(name))
}

/** Codes that the gateway answers for every operation. */
const everywhere =
  /^(?:MissingParameter|InvalidParameter|UnsupportedParameter|Forbidden\.RAM|Throttling|InternalError|ServiceUnavailable|Signature|InvalidAccessKey|IncompleteSignature|InvalidTimeStamp|DryRunOperation|MissingSecurityToken|InvalidSecurityToken|IdempotentParameterMismatch|Inactive)/

/** All that was seen in a run, by product and operation. */
export function answers(): AllAnswered {
  const seen = notes()
  const all: Record<string, Answered> = {}
  for (const product of productNames)
    for (const action of [...emulated(product)].sort()) {
      const note = seen.get(`${product}.${action}`)
      const fields = new Set(note?.fields)
      const output = catalogue(product).get(action)?.output
      all[`${product}.${action}`] = {
        missing: (output === undefined ? [] : leaves(output)).filter((path) => !fields.has(path)),
        codes: [...new Set(note?.codes)].filter((code) => !everywhere.test(code)).sort(),
        clients: clientsAmong(note?.userAgents ?? []),
      }
    }
  return all
}

const read = (): AllAnswered => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as AllAnswered) : {})

/** What `test/data/answered.json` says. */
export const answered: AllAnswered = read()

/** What the file says and this run did not see. */
function unseen(now: AllAnswered): string[] {
  return Object.entries(answered).flatMap(([name, { missing, codes, clients: callers }]) => {
    const found = now[name]
    if (found === undefined) return [`${name} is not emulated`]
    const without = found.missing.filter((path) => !missing.includes(path))
    return [
      ...without.map((path) => `${name} was not seen to answer ${path}`),
      ...codes.filter((code) => !found.codes.includes(code)).map((code) => `${name} was not seen to refuse with ${code}`),
      ...callers.filter((client) => !found.clients.includes(client)).map((client) => `${name} was not called by ${client}`),
    ]
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const now = answers()
  if (process.argv.includes('--check')) {
    const wrong = unseen(now)
    for (const line of wrong) console.log(line)
    if (wrong.length > 0) process.exitCode = 1
  } else {
    const lines = Object.entries(now).map(([name, one]) => `  ${JSON.stringify(name)}: ${JSON.stringify(one)}`)
    writeFileSync(file, `{\n${lines.join(',\n')}\n}\n`)
  }
}
