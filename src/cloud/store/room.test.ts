import { expect, test } from 'vitest'
import { createRoom, leastRoom } from './room.ts'

const mib = 1024 * 1024

/** A disk with so many bytes free, and how often it was asked. */
function disk(free: number) {
  const state = { free, asked: 0, now: 0 }
  const room = createRoom(
    () => {
      state.asked++
      return state.free
    },
    () => state.now,
  )
  return { state, room }
}

test('a disk with room takes a write, one without does not, until there is some again', () => {
  const { state, room } = disk(leastRoom + mib)
  expect(room(1, 1000)).toBe(true)
  expect(room(1, mib)).toBe(false)
  state.free = leastRoom
  expect(room(1, mib)).toBe(false)
  state.free = 100 * mib
  expect(room(1, mib)).toBe(true)
})

test('many small rows need a page each, a million of them do not', () => {
  expect(disk(leastRoom + 2 * mib).room(1000, 1000)).toBe(false)
  expect(disk(leastRoom + 200 * mib).room(1_000_000, 80 * mib)).toBe(true)
})

test('it is asked anew after a while, and after many bytes, not for each write', () => {
  const { state, room } = disk(1e12)
  for (let at = 0; at < 100; at++) room(1, 1000)
  expect(state.asked).toBe(1)
  state.now = 100
  room(1, 1000)
  expect(state.asked).toBe(2)
  for (let at = 0; at < 20; at++) room(1, mib)
  expect(state.asked).toBeGreaterThan(3)
  expect(state.asked).toBeLessThan(8)
})
