/**
 * Pages of DescribeInstances with 1,000 and with 1,000,000 instances in one region, plain and by filters, at the beginning, in the middle
 * and at the end. `INSTANCES=100000 npm run bench -- lists` for fewer; a million need some 3 GB of memory.
 */
import { spawnSync } from 'node:child_process'
import { bundle } from './bundle.ts'

const work = await bundle('bench/lists-work.ts')
process.exitCode = spawnSync(process.execPath, ['--max-old-space-size=8000', work.path], { stdio: 'inherit' }).status ?? 1
await work.remove()
