import { expect, it } from 'vitest'
import type { Invocation, World } from '../command.ts'
import type { Connection } from '../connect.ts'
import { instances } from '../instances/instance.ts'
import { carryOut } from './carry-out.ts'
import type { Deed } from './deed.ts'

const values: Invocation['values'] = { text: () => undefined, list: () => [], flag: () => false }

/** Carries out something whose states are read one after the other, and tells how often they were. */
async function played(states: readonly string[], leaves: boolean) {
  let at = 0
  const world = { signal: new AbortController().signal, sleep: () => Promise.resolve(), now: () => 0, env: {}, stderr: () => undefined }
  const invocation: Invocation = { world: world as unknown as World, values, rest: [], parameters: [], language: 'en' }
  const deed: Deed<{ readonly id: string }> = {
    noun: { ...instances, id: ({ id }) => id, name: () => undefined, columns: [], read: async function* () {} },
    verb: { en: 'reboot', zh: '重启' },
    done: { en: 'rebooted', zh: '已重启' },
    action: () => ({ action: 'Reboot', input: {} }),
    dryRuns: true,
    about: () => '',
    tags: () => [],
    seen: {
      idOf: ({ id }) => id,
      states: () => Promise.resolve(new Map([['i-1', states[Math.min(at++, states.length - 1)] ?? '']])),
      there: (state) => state === 'Running',
      ...(leaves && { leaves }),
    },
  }
  const connection = { ecs: { call: () => Promise.resolve({}) } } as unknown as Connection
  const plan = [{ id: 'i-1', name: '', about: '', losses: [] }]
  const ended = await carryOut(deed, [{ id: 'i-1' }], plan, {}, connection, invocation, 60_000)
  return { looks: at, results: ended.map(({ Result }) => Result) }
}

it('what is back in the state it was in is waited for until it was seen to leave it', async () => {
  // The last look is for the report.
  expect(await played(['Running', 'Running', 'Starting', 'Running'], true)).toEqual({ looks: 5, results: ['done'] })
  expect(await played(['Running'], false)).toEqual({ looks: 2, results: ['done'] })
})

it('what was quicker than anybody looked is done too', async () => {
  const { looks, results } = await played(['Running'], true)
  expect(results).toEqual(['done'])
  expect(looks).toBeGreaterThan(4)
})
