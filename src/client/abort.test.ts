import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { offAbort, onAbort } from './abort.ts'

describe('waiting for a signal', () => {
  it('puts one listener on it for any number that wait, and none when none waits', () => {
    const { signal } = new AbortController()
    const acts = Array.from({ length: 20 }, () => () => {})
    for (const act of acts) onAbort(signal, act)
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
    for (const act of acts) offAbort(signal, act)
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  it('tells each that still waits, once', () => {
    const controller = new AbortController()
    const told: string[] = []
    const [a, b, c] = [() => told.push('a'), () => told.push('b'), () => told.push('c')]
    for (const act of [a, b, c]) onAbort(controller.signal, act)
    offAbort(controller.signal, b)
    controller.abort()
    offAbort(controller.signal, a)
    expect(told).toEqual(['a', 'c'])
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
  })

  it('is nothing where there is no signal', () => {
    const act = () => expect.unreachable()
    onAbort(undefined, act)
    offAbort(undefined, act)
    offAbort(new AbortController().signal, act)
  })
})
