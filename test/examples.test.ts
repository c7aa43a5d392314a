import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const examples = join(dirname(dirname(fileURLToPath(import.meta.url))), 'examples')
const run = promisify(execFile)

describe('the examples', () => {
  it.each(readdirSync(examples).filter((file) => file.endsWith('.ts')))('run as they stand: %s', async (file) => {
    // An empty home: a developer's own profile must not lead an example to the real cloud.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ALIBABA_CLOUD_') && name !== 'HOME'))
    const { stdout, stderr } = await run(process.execPath, ['--import', 'tsx', join(examples, file)], {
      env: { ...env, HOME: '/nonexistent' },
    })
    expect(stderr).toBe('')
    expect(stdout).toMatch(/include instance \[i-/)
  })
})
