import { seedDemo } from '../../src/cloud/demo.ts'
import type { MadeEstate } from '../../src/cloud/demo-made.ts'
import { createClock } from '../../src/cloud/engine/clock.ts'
import { createFaults } from '../../src/cloud/faults/faults.ts'
import { createThrottle } from '../../src/cloud/faults/throttle.ts'
import { createLog } from '../../src/cloud/gateway/log.ts'
import { empty } from '../../src/cloud/start.ts'

/** `api/demo/`: the demo estate as `seedDemo` draws it, by file. A cloud that begins with it need not draw it again. */
export function demoFiles(): ReadonlyMap<string, string> {
  const machine = empty({
    options: { seed: 'demo' },
    clock: createClock('manual'),
    faults: createFaults(),
    throttle: createThrottle(),
    log: createLog(),
    keep: undefined,
    saved: () => undefined,
  })
  const { state, random, accountId } = machine
  const sizes = new Map(state.tables.map((table) => [table.name, table.size()]))
  const before = random.save()
  seedDemo(machine, [accountId])
  const files = new Map<string, string>()
  const tables: Record<string, number> = {}
  for (const table of state.tables) {
    if (table.size() === sizes.get(table.name)) continue
    if (sizes.get(table.name) !== 0) throw new Error(`${table.name} has rows before the demo estate`)
    tables[table.name] = table.size()
    files.set(`${table.name}.json`, JSON.stringify(table.all()))
  }
  const estate: MadeEstate = { accountId, chance: [before, random.save()], tables }
  return files.set('estate.json', JSON.stringify(estate))
}
