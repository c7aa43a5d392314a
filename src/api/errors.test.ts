import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { catalogue } from './catalogue.ts'
import { errorTable } from './error-table.ts'
import { errorClasses, errorFacts as factsIn } from './errors.ts'
import { productNames } from './products.ts'

/**
 * The codes that a source refuses with: the first argument of `fault`, `Fault` or `refuse`, a literal followed by its message,
 * and whatever is spelled like a code where a table or a check is handed it.
 */
export const faultLiteral =
  /\b(?:[fF]ault|refuse)\(\s*'([\w.]+)'|'([A-Z]\w*[a-z][A-Z]\w*(?:\.\w+)*)',\s*(?:'[A-Z]\w* |`)|'((?:Invalid|Incorrect|QuotaExceed|LimitExceeded|DependencyViolation)(?:\w|\.\w)*)'/g

export const faultCodes = (source: string): string[] => [...source.matchAll(faultLiteral)].map(([, a, b, c]) => (a ?? b ?? c) as string)

const cloud = join(dirname(dirname(fileURLToPath(import.meta.url))), 'cloud')
const errorFacts = (code: string) => factsIn(code, errorTable)
const rows = Object.entries(errorTable)

describe('the error table', () => {
  it('tells what to do in both languages, in one short sentence', () => {
    const wrong = rows.filter(
      ([, { en, zh }]) => !/^[A-Z][^一-鿿]+\.$/.test(en) || en.length > 120 || !/[一-鿿]/.test(zh) || !zh.endsWith('。') || zh.length > 80,
    )
    expect(wrong).toEqual([])
  })

  it('names the same figures and the same names of operations and values in both languages', () => {
    const facts = (text: string) => [...new Set(text.match(/\d+|[A-Z][a-z]+[A-Z]\w+|[a-z]+_\w+|\bPL\d|https?:/g))].sort()
    const asSpoken = (text: string) => text.replace(/AccessKeys?|SecurityTokens?|HostNames?|OpenSSH|IPv\d/g, '')
    const differing = rows.filter(([, { en, zh }]) => facts(asSpoken(en)).join() !== facts(asSpoken(zh)).join()).map(([code]) => code)
    expect(differing).toEqual([])
  })

  it('has a known class and a valid HTTP status for every code', () => {
    const wrong = rows.filter(
      ([, row]) =>
        !errorClasses.some((name) => name === row.class) ||
        [row.status, ...Object.values(row.statusOf ?? {})].some((status) => !Number.isInteger(status) || status < 400 || status > 599),
    )
    expect(wrong).toEqual([])
  })

  it('names only operations of the catalogue where one answers another status, and only statuses that differ', () => {
    const actions = new Set(productNames.flatMap((product) => [...catalogue(product).keys()]))
    const wrong = rows.flatMap(([code, row]) =>
      Object.entries(row.statusOf ?? {})
        .filter(([action, status]) => !actions.has(action) || status === row.status)
        .map(([action]) => `${code}: ${action}`),
    )
    expect(wrong).toEqual([])
  })

  it('is sorted, so that a code is found and added in one place', () => {
    const codes = rows.map(([code]) => code)
    expect(codes).toEqual([...codes].sort())
  })

  it('has every code the local cloud refuses with', () => {
    const sources = readdirSync(cloud, { recursive: true, encoding: 'utf8' }).filter((path) => /(?<!\.test|testing)\.ts$/.test(path))
    const unknown = sources.flatMap((path) =>
      faultCodes(readFileSync(join(cloud, path), 'utf8'))
        .filter((code) => !Object.hasOwn(errorTable, code))
        .map((code) => `${path}: ${code}`),
    )
    expect(unknown).toEqual([])
  })
})

describe('faultCodes', () => {
  it('finds codes that are thrown, demanded or handed on, and nothing else', () => {
    const source = `
      throw fault('InvalidInstanceId.NotFound', 'The specified InstanceId does not exist.')
      demand(status === 'Available', 'NoPermission', 'You may not.', 403)
      demandOneOf(text, ['Active', 'Deactive'], 'Status', 'InvalidStatus.NotFound')`
    expect(faultCodes(source)).toEqual(['InvalidInstanceId.NotFound', 'NoPermission', 'InvalidStatus.NotFound'])
  })
})

describe('errorFacts', () => {
  it.each([
    ['InvalidInstanceId.NotFound', 404, 'not-found'],
    ['Throttling.User', 400, 'throttled'],
    ['ServiceUnavailable', 503, 'transient'],
    ['IncorrectInstanceStatus', 403, 'conflict'],
    ['OperationDenied.NoStock', 403, 'no-stock'],
    ['Forbidden.RAM', 403, 'permission'],
    ['SignatureDoesNotMatch', 400, 'credentials'],
    ['QuotaExceed.ElasticQuota', 403, 'quota'],
  ])('knows %s from the table', (code, status, kind) => {
    expect(errorFacts(code)).toMatchObject({ status, class: kind })
  })

  it.each([
    ['MissingParameter.VpcName', 'MissingParameter'],
    ['InvalidParameter.UserName.Length', 'InvalidParameter'],
    ['InternalError.Storage', 'InternalError'],
  ])('takes %s as a case of %s', (code, whole) => {
    expect(errorFacts(code)).toEqual(errorFacts(whole))
  })

  it.each([
    ['InvalidSomething.NotFound', 404, 'not-found'],
    ['InvalidParameter.Thing.NotFound', 404, 'not-found'],
    ['Some.ThrottlingOfOurs', 400, 'throttled'],
    ['EntityAlreadyExists.Group', 409, 'final'],
    ['QuotaExceed.Things', 403, 'quota'],
    ['MissingThing', 400, 'final'],
  ])('judges %s by its spelling', (code, status, kind) => {
    expect(errorFacts(code)).toMatchObject({ status, class: kind })
  })

  it('tells the operations that answer another status', () => {
    expect(errorFacts('IncorrectInstanceStatus')?.statusOf).toMatchObject({ AttachDisk: 400, CreateSnapshot: 400 })
  })

  it.each(['SomethingElse', '', 'toString', 'constructor.x'])('says nothing of %j', (code) => {
    expect(errorFacts(code)).toBeUndefined()
  })
})
