import { isDeepStrictEqual } from 'node:util'
import fc, { type Arbitrary } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { catalogue } from './catalogue.ts'
import { decodePairs, encodePairs } from './encode.ts'
import { flatten } from './flatten.ts'
import { productNames } from './products.ts'
import { isList, mapValue, type ObjectShape, type Operation, type Scalar, type Shape } from './shape.ts'
import { unflatten } from './unflatten.ts'

/** Also the characters that the wire's own syntax is made of. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('', ' ', '+', '%41', 'a&b=c', '#1#a', '测试 😀', '[]', '{"a":1}', 'null', 'true', '0', 'a.1', '__proto__', "!'()*~"),
)
const scalars: Readonly<Record<Scalar, Arbitrary<unknown>>> = {
  string: text,
  any: text,
  boolean: fc.boolean(),
  number: fc.integer(),
}
const price = fc.integer().map((cents) => (cents === 0 ? 0 : cents / 100))

function valueOf(shape: Shape, path: string, operation: Operation): Arbitrary<unknown> {
  if (typeof shape === 'string') return path.endsWith('Price') ? price : scalars[shape]
  if (!isList(shape)) return objectOf(shape, path, operation)
  const commas = operation.comma?.includes(path) === true
  const item = commas ? fc.stringMatching(/^[\w 测-]{1,8}$/) : valueOf(shape[0], path, operation)
  return fc.array(item, { minLength: 1, maxLength: 12, size: 'small' })
}

/** Objects have at least one field: an empty one cannot travel. */
function objectOf(shape: ObjectShape, path: string, operation: Operation): Arbitrary<object> {
  const free = mapValue(shape)
  if (free !== undefined) return fc.dictionary(text, valueOf(free, path, operation), { minKeys: 1, maxKeys: 4, noNullPrototype: true })
  const names = Object.keys(shape)
  if (names.length === 0) return fc.constant({})
  const fields = Object.fromEntries(
    names.map((name) => [name, valueOf(shape[name] as Shape, path === '' ? name : `${path}.${name}`, operation)]),
  )
  return fc.constantFrom(...names).chain((name) => fc.record(fields, { requiredKeys: [name], noNullPrototype: true }))
}

describe.each(productNames)('every operation of %s', (product) => {
  it('reads from the wire what was written to it', () => {
    for (const [action, operation] of catalogue(product)) {
      const run = fc.check(
        fc.property(objectOf(operation.input, '', operation), (input) => {
          const read = unflatten(decodePairs(encodePairs(flatten(input, operation))).pairs, operation)
          const wrong = read.problems.filter(({ kind }) => kind !== 'missing')
          return wrong.length === 0 && read.unknown.length === 0 && isDeepStrictEqual(read.value, input)
        }),
        { numRuns: 20 },
      )
      expect(run.counterexample, `${action}, seed ${run.seed}, path ${run.counterexamplePath}`).toBeNull()
    }
  })
})
