import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { randomId } from '../../src/api/system.ts'
import { crashRun } from './crash.ts'

test('a cloud that is killed at random moments under load keeps every acknowledged write, and nothing half done', {
  timeout: 120_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tanxing-crash-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const seed = process.env.TANXING_CRASH_SEED ?? randomId()
  const report = await crashRun({ seed, kills: 20, folder }).catch((error: unknown) => {
    throw new Error(`TANXING_CRASH_SEED=${seed}`, { cause: error })
  })
  expect(report.kills).toBe(20)
  expect(report.acknowledged).toBeGreaterThan(200)
})
