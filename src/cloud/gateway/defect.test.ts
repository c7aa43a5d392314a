import { expect, test } from 'vitest'
import { createClock } from '../engine/clock.ts'
import { createRandom } from '../engine/random.ts'
import { createFaults } from '../faults/faults.ts'
import { createThrottle } from '../faults/throttle.ts'
import { createState } from '../state.ts'
import { handle } from './index.ts'
import { createLog } from './log.ts'
import { createNonces } from './nonces.ts'

test('a defect after the handler has run is told, answered with 500, and leaves nothing of the request behind', async () => {
  const state = createState()
  const broken = {
    ...state,
    replays: {
      ...state.replays,
      put(): never {
        throw new Error('no room for the token')
      },
    },
  }
  const machine = {
    state: broken,
    clock: createClock('manual'),
    random: createRandom('seed'),
    accountId: '1',
    auth: 'any',
    nonces: createNonces(),
    log: createLog(),
    faults: createFaults(),
    throttle: createThrottle(),
    settle: () => {},
    loading: undefined,
    saved: () => undefined,
  } as const
  const told: unknown[] = []
  const target = '/?Action=CreateVpc&Version=2016-04-28&RegionId=cn-hangzhou&Format=JSON&ClientToken=t'
  const answer = await handle({ method: 'GET', target, headers: {}, body: new Uint8Array() }, machine, (error) => told.push(error))
  expect(answer.status).toBe(500)
  expect(told).toHaveLength(1)
  expect(state.vpcs.size()).toBe(0)
})
