import { expect, test } from 'vitest'
import { seedDemo } from './demo.ts'
import { loadDemo } from './demo-made.ts'
import { createClock } from './engine/clock.ts'
import { createFaults } from './faults/faults.ts'
import { createThrottle } from './faults/throttle.ts'
import { createLog } from './gateway/log.ts'
import { empty, type Started } from './start.ts'
import { capture } from './store/capture.ts'
import { exported } from './store/export.ts'

/** A cloud without an estate, so many milliseconds after the first moment of a clock that is moved by hand. */
function cloudAt(ms: number): Started {
  const clock = createClock('manual')
  clock.advance(ms)
  const [faults, throttle, log] = [createFaults(), createThrottle(), createLog()]
  return empty({ options: { seed: 'demo' }, clock, faults, throttle, log, keep: undefined, saved: () => undefined })
}

const shown = (machine: Started) => Buffer.from(exported(capture(machine, 'demo'))).toString()

test.each([0, 1, 40 * 86_400_000])('the estate that the build made is the one that is drawn, %d ms after it was made', (ms) => {
  const [made, drawn] = [cloudAt(ms), cloudAt(ms)]
  expect(loadDemo(made)).toBe(true)
  seedDemo(drawn, [drawn.accountId])
  expect(shown(made)).toBe(shown(drawn))
  expect(made.state.agenda.soonest()).toBe(drawn.state.agenda.soonest())
})

test('the estate that the build made is for a cloud that drew nothing else before', () => {
  const machine = cloudAt(0)
  machine.random.bytes(1)
  expect(loadDemo(machine)).toBe(false)
  expect(machine.state.instances.size()).toBe(0)
})

test('a row of the estate that the build made can be replaced and deleted before any is looked at', () => {
  const [made, drawn] = [cloudAt(0), cloudAt(0)]
  loadDemo(made)
  seedDemo(drawn, [drawn.accountId])
  const [first, second] = drawn.state.disks.all()
  for (const { state } of [made, drawn]) {
    state.disks.put({ ...first!, description: 'other' })
    state.disks.delete(second!.id)
    state.commit()
  }
  expect(shown(made)).toBe(shown(drawn))
})
