/** `npx tsx test/crash/long.ts [kills] [seed]`: the crash test at length, 1,000 kills by default. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monotonicNow, randomId } from '../../src/api/system.ts'
import { crashRun } from './crash.ts'

const [, , given = '1000', seed = randomId()] = process.argv
const kills = Number(given)
if (!Number.isInteger(kills) || kills < 1) throw new RangeError(`${given} is no number of kills`)
const folder = mkdtempSync(join(tmpdir(), 'tanxing-crash-'))
const start = monotonicNow()
console.log(`seed ${seed}, data in ${folder}`)
const report = await crashRun({
  seed,
  kills,
  folder,
  onKill: (kill, acknowledged) => {
    if (kill % 50 === 0) console.log(`${kill} kills survived, ${acknowledged} answers so far`)
  },
})
console.log(`${JSON.stringify(report)} in ${Math.round((monotonicNow() - start) / 1000)} s: nothing lost, nothing half done`)
rmSync(folder, { recursive: true, force: true })
