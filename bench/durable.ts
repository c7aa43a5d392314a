/**
 * RunInstances of a cloud with a data folder, 64 calls under way at a time, against the store alone writing the same rows in groups as
 * large. Each answer of the cloud leaves once its rows are on the disk. `AMOUNT=20 CALLS=150 npm run bench -- durable` for more
 * instances a call.
 */
import { spawnSync } from 'node:child_process'
import { bundle } from './bundle.ts'

const work = await bundle('bench/durable-work.ts')
process.exitCode = spawnSync(process.execPath, [work.path], { stdio: 'inherit' }).status ?? 1
await work.remove()
