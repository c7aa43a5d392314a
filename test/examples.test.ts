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
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ALIBABA_CLOUD_')))
    const { stdout, stderr } = await run(process.execPath, ['--import', 'tsx', join(examples, file)], { env })
    expect(stderr).toBe('')
    expect(stdout).toMatch(/include instance \[i-/)
  })
})
