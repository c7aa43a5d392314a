import { createHash } from 'node:crypto'
import type { WireAnswer, WireRequest } from '../../src/api/wire.ts'
import { createClock } from '../../src/cloud/engine/clock.ts'
import type { Change } from '../../src/cloud/engine/journal.ts'
import { createFaults } from '../../src/cloud/faults/faults.ts'
import { createThrottle } from '../../src/cloud/faults/throttle.ts'
import { handle } from '../../src/cloud/gateway/index.ts'
import { createLog } from '../../src/cloud/gateway/log.ts'
import { allHandlers } from '../../src/cloud/handlers.ts'
import { start, type Started } from '../../src/cloud/start.ts'

// What is loaded answers at once; a drawn order of calls stays the order in which they are carried out.
await allHandlers()

/** A cloud with the demo estate that can be looked into. */
export interface Subject {
  readonly machine: Started
  /** The defects that were told, and forgets them. */
  defects(): unknown[]
  /** How many changes of rows were committed so far. */
  readonly changes: number
  answer(request: WireRequest): WireAnswer
  /** Of every row there is. */
  digest(): string
}

/** A handler that changes a row in place throws where it does. */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return
  Object.freeze(value)
  for (const inner of Object.values(value)) freeze(inner)
}

/** @param seed Of the cloud: an id or a key that a run met is there again in the next one. */
export function createSubject(): Subject {
  let changes = 0
  let defects: unknown[] = []
  const keep = (changed: readonly Change[]) => {
    changes += changed.length
    for (const { after } of changed) freeze(after)
  }
  const machine = start({
    options: { seed: 'demo' },
    clock: createClock('manual'),
    faults: createFaults('fuzz'),
    throttle: createThrottle(),
    log: createLog(),
    keep,
    saved: () => undefined,
  })
  return {
    machine,
    get changes() {
      return changes
    },
    defects() {
      const told = defects
      defects = []
      return told
    },
    answer(request) {
      const answer = handle(request, machine, (error) => defects.push(error))
      if (answer instanceof Promise) throw new Error('a cloud in memory answers at once')
      machine.state.sweep()
      return answer
    },
    digest() {
      const hash = createHash('sha256')
      for (const table of machine.state.tables) hash.update(`${table.name}\n${JSON.stringify(table.entries())}\n`)
      return hash.digest('base64')
    },
  }
}
