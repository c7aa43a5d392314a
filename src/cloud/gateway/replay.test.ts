import { expect, test } from 'vitest'
import { createState } from '../state.ts'
import type { Exchange, Machine } from './exchange.ts'
import { remember } from './replay.ts'

test('while the clock stands still, the oldest tokens go for new ones, and what was to come of them', () => {
  const state = createState()
  const machine = { state, clock: { now: () => 0 } } as unknown as Machine
  const blank = { operation: { input: { ClientToken: 'string' }, output: {} }, regionId: 'r', product: 'ecs', action: 'RunInstances' }
  for (let token = 1; token <= 100_050; token++) {
    const exchange = { ...blank, caller: { accountId: 'a' }, input: { ClientToken: `t${token}` }, result: {} } as unknown as Exchange
    remember(exchange, machine)
    state.commit()
  }
  expect(state.replays.size()).toBe(100_000)
  expect(state.replays.get('a/r/ecs/RunInstances/t50')).toBeUndefined()
  expect(state.replays.get('a/r/ecs/RunInstances/t51')).toBeDefined()
  expect(state.agenda.has('replay.expired:a/r/ecs/RunInstances/t50')).toBe(false)
  expect(state.agenda.soonest()).toBe(24 * 3_600_000)
})
