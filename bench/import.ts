/**
 * What importing the client costs in time and resident memory, against the official SDK: each in a fresh process, in turns.
 * Memory is what the process holds above one that imports nothing. Goal: a tenth of both.
 */
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { bundleClient } from './bundle.ts'
import { median } from './measure.ts'

const runs = 9
const { path, remove } = await bundleClient()

interface Cost {
  readonly ms: number
  readonly bytes: number
}

/** Imports a file in a process of its own, or nothing. */
function importCost(file?: string): Cost {
  const load = file === undefined ? 'Promise.resolve()' : `import(${JSON.stringify(pathToFileURL(file).href)})`
  const script = `const at = performance.now()
    ${load}.then(() => console.log(JSON.stringify({ ms: performance.now() - at, bytes: process.memoryUsage.rss() })))`
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })) as Cost
}

const contenders = {
  nothing: undefined,
  '@alicloud/ecs20140526': createRequire(import.meta.url).resolve('@alicloud/ecs20140526'),
  tanxing: path,
}

try {
  const costs = new Map<string, Cost[]>(Object.keys(contenders).map((name) => [name, []]))
  for (let run = 0; run < runs; run++) for (const [name, file] of Object.entries(contenders)) costs.get(name)?.push(importCost(file))
  const of = (name: string, field: keyof Cost) => median((costs.get(name) ?? []).map((cost) => cost[field]))
  const above = (name: string) => of(name, 'bytes') - of('nothing', 'bytes')
  const official = '@alicloud/ecs20140526'
  console.log(`import, median of ${runs} fresh processes each; memory above a process that imports nothing`)
  for (const name of [official, 'tanxing'])
    console.log(
      `  ${name.padEnd(21)}  ${of(name, 'ms').toFixed(1).padStart(6)} ms  ${(of(name, 'ms') / of(official, 'ms')).toFixed(3)}x` +
        `  ${(above(name) / 1e6).toFixed(1).padStart(5)} MB  ${(above(name) / above(official)).toFixed(3)}x`,
    )
} finally {
  await remove()
}
