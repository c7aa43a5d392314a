import { expect, test } from 'vitest'
import { lifecycles } from '../lifecycles.ts'
import { deadlines } from './pace.ts'

test('every deadline that no fault moves is a kind of transition there is', () => {
  expect([...deadlines].filter((kind) => !(kind in lifecycles))).toEqual([])
})
