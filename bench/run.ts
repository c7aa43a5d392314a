/** Runs every bench, one after the other, each in a process of its own. `npm run bench -- wire` runs those named. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const benches = ['import', 'size', 'wire', 'client', 'cloud', 'durable', 'reopen', 'lists', 'pages', 'ready', 'inventory', 'cli']
const asked = process.argv.slice(2)

for (const bench of asked.length > 0 ? asked : benches) {
  const file = fileURLToPath(new URL(`./${bench}.ts`, import.meta.url))
  if (!existsSync(file)) {
    console.error(`there is no bench ${bench}; there are ${benches.join(', ')}`)
    process.exitCode = 2
    continue
  }
  console.log(`\n== ${bench}`)
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', file], { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
