import { describe, expect, it } from 'vitest'
import { createRandom } from './random.ts'

describe('the cloud’s chance', () => {
  it('repeats itself under the same seed and differs under another', () => {
    const draw = (seed?: string) => {
      const random = createRandom(seed)
      return [random.uuid(), random.alphanumeric(20), random.integer(1000)]
    }
    expect(draw('a')).toEqual(draw('a'))
    expect(draw('a')).not.toEqual(draw('b'))
    expect(draw()).not.toEqual(draw())
  })

  it('goes back to a saved position as if nothing had been drawn', () => {
    const random = createRandom('seed')
    random.bytes(45)
    const position = random.save()
    const first = random.bytes(100).toString('hex')
    random.restore(position)
    expect(random.bytes(100).toString('hex')).toBe(first)
  })

  it('draws letters and digits after a beginning, however long', () => {
    expect(createRandom('seed').alphanumeric(20, 'i-bp1')).toBe(`i-bp1${createRandom('seed').alphanumeric(20)}`)
    expect(createRandom('seed').alphanumeric(300, 'i-')).toMatch(/^i-[0-9a-z]{300}$/)
  })

  it('draws whole numbers over the whole range', () => {
    const random = createRandom('seed')
    const seen = new Set(Array.from({ length: 400 }, () => random.integer(10)))
    expect([...seen].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })
})
