import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodePairs, encodePairs, percentEncode } from './encode.ts'

const latin1 = (bytes: readonly number[]) => Buffer.from(bytes).toString('latin1')

describe('percentEncode', () => {
  it('leaves the unreserved characters alone and writes everything else as upper-case hex of its UTF-8', () => {
    expect(percentEncode('AZaz09-_.~')).toBe('AZaz09-_.~')
    expect(percentEncode(" !'()*+/:=&%")).toBe('%20%21%27%28%29%2A%2B%2F%3A%3D%26%25')
    expect(percentEncode('测😀')).toBe('%E6%B5%8B%F0%9F%98%80')
  })

  it('turns a lone surrogate into the replacement character instead of throwing', () => {
    expect(percentEncode('a\ud800b')).toBe('a%EF%BF%BDb')
  })
})

describe('decodePairs', () => {
  it('reads back whatever encodePairs wrote', () => {
    const text = fc.string({ unit: 'binary', maxLength: 12 })
    const name = text.filter((chars) => chars !== '')
    fc.assert(
      fc.property(fc.array(fc.tuple(name, text), { maxLength: 8 }), (pairs) => {
        expect(decodePairs(encodePairs(pairs))).toEqual({ pairs, malformed: [] })
      }),
    )
  })

  it.each([
    [
      'a plus is a space, as is %20',
      'a+b=c+d&e=%20',
      [
        ['a b', 'c d'],
        ['e', ' '],
      ],
    ],
    ['lower-case hex is hex', 'a=%e6%b5%8b', [['a', '测']]],
    [
      'a name without = has an empty value',
      'a&b=',
      [
        ['a', ''],
        ['b', ''],
      ],
    ],
    ['only the first = parts name and value', 'a=b=c', [['a', 'b=c']]],
    ['empty pieces are nothing', '&&a=1&', [['a', '1']]],
    ['UTF-8 sent unencoded is read as UTF-8', `a=${Buffer.from('测').toString('latin1')}`, [['a', '测']]],
    [
      'a name may come twice: that is for the caller to judge',
      'a=1&a=2',
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
  ])('%s', (_title, text, pairs) => {
    expect(decodePairs(text)).toEqual({ pairs, malformed: [] })
  })

  it.each([
    ['a percent sign at the end', 'a=%'],
    ['half an escape', 'a=%4'],
    ['an escape that is not hex', 'a=%zz'],
    ['an escape in a name that is not hex', '%g0=a'],
    ['a cut-off sequence', 'a=%E6%B5'],
    ['an overlong form', 'a=%C0%AF'],
    ['an encoded surrogate', 'a=%ED%A0%80'],
    ['a code point above U+10FFFF', 'a=%F4%90%80%80'],
    ['a raw byte that is no UTF-8', `a=${latin1([0xff])}`],
  ])('lists %s as malformed and reads the rest', (_title, piece) => {
    expect(decodePairs(`x=1&${piece}&y=2`)).toEqual({
      pairs: [
        ['x', '1'],
        ['y', '2'],
      ],
      malformed: [piece],
    })
  })

  it('never throws', () => {
    const bytes = fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 40 }).map(latin1)
    const escapes = fc.array(fc.constantFrom('%', '%E', '%e6', '=', '&', '+', 'a', '%FF', '%00', '\u00e6'), { maxLength: 20 })
    fc.assert(
      fc.property(
        fc.oneof(
          bytes,
          escapes.map((parts) => parts.join('')),
        ),
        (text) => {
          expect(() => decodePairs(text)).not.toThrow()
        },
      ),
    )
  })

  it('stops after as many parameters as it is told, readable or not', () => {
    const { pairs, malformed } = decodePairs('%=1&a=1&'.repeat(1000), 10)
    expect([pairs.length, malformed.length]).toEqual([5, 5])
  })
})
