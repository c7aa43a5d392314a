import { describe, expect, it } from 'vitest'
import { createQueue, type Queue } from './queue.ts'

const drain = (queue: Queue<string>): string => {
  let all = ''
  for (let next = queue.take(); next !== undefined; next = queue.take()) all += next
  return all
}

describe('the queue', () => {
  it('serves one caller in the order it came', () => {
    const queue = createQueue<string>()
    const caller = {}
    for (const item of 'abcd') queue.add(caller, item)
    expect(queue.size).toBe(4)
    expect(drain(queue)).toBe('abcd')
    expect(queue.size).toBe(0)
  })

  it('goes round between callers, however much one of them asks for', () => {
    const queue = createQueue<string>()
    const [many, some, late] = [{}, {}, {}]
    for (const item of 'abcd') queue.add(many, item)
    for (const item of '12') queue.add(some, item)
    expect(queue.take()).toBe('a')
    queue.add(late, 'x')
    expect(drain(queue)).toBe('1bx2cd')
  })

  it('lets a waiter leave from anywhere, once', () => {
    const queue = createQueue<string>()
    const [one, other] = [{}, {}]
    const leave = ['a', 'b', 'c'].map((item) => queue.add(one, item))
    const only = queue.add(other, '1')
    leave[1]?.()
    leave[1]?.()
    only()
    expect(queue.size).toBe(2)
    queue.add(other, '2')
    expect(drain(queue)).toBe('a2c')
    leave[0]?.()
    expect(queue.size).toBe(0)
  })

  it('takes a hundred thousand waiters in a moment', () => {
    const queue = createQueue<number>()
    const callers = Array.from({ length: 1_000 }, () => ({}))
    for (let at = 0; at < 100_000; at++) queue.add(callers[at % 1_000] as object, at)
    const taken = Array.from({ length: 100_000 }, () => queue.take())
    expect(taken).toEqual(taken.map((_, at) => at))
  })
})
