import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const examples = join(dirname(dirname(fileURLToPath(import.meta.url))), 'examples')
const run = promisify(execFile)

/** What an example must print. What it asserts itself fails it. */
const printed: Readonly<Record<string, RegExp>> = {
  'hello.ts': /include instance \[i-/,
  'scenarios/nightly-snapshots.ts': /^after 90 nights: 7, 7, 7, 7, 7, 7 snapshots of 6 disks/,
  'scenarios/out-of-stock.ts': /^hour 4: nowhere$/m,
  'scenarios/rolling-replacement.ts': /^stopped: 2 of 2 not Running[^]*\n6 instances run m-/,
  'scenarios/spot-reclaim.ts': /^minute 120: 8 are reclaimed, replaced by pay-as-you-go/m,
  'scenarios/subscriptions.ts': /^day 46: Running \| gone$/m,
}

const programs = readdirSync(examples, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && file !== join('scenarios', 'scene.ts'),
)

describe('the examples', () => {
  it.each(programs)('run as they stand: %s', async (file) => {
    // An empty home: a developer's own profile must not lead an example to the real cloud.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ALIBABA_CLOUD_') && name !== 'HOME'))
    const { stdout, stderr } = await run(process.execPath, ['--import', 'tsx', join(examples, file)], {
      env: { ...env, HOME: '/nonexistent' },
    })
    expect(stderr).toBe('')
    expect(stdout).toMatch(printed[file.replaceAll('\\', '/')] ?? /there is no word of what it prints/)
  })
})
