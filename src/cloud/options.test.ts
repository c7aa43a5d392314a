import { expect, test } from 'vitest'
import { type CloudOptions, createCloud } from './cloud.ts'

test.each([
  ['a clock that runs backwards', { clock: { scale: -1 } }, 'scale must be a number from 0.001 to 1000000'],
  ['a clock that stands as a scale', { clock: { scale: 0 } }, 'scale must be'],
  ['a clock without a number', { clock: { scale: Number.NaN } }, 'scale must be'],
  ['a clock that is none', { clock: 'fast' }, 'clock must be "real" or "manual"'],
  ['a clock with more', { clock: { scale: 2, at: 0 } }, 'clock has no "at"'],
  ['another check of signatures', { auth: 'none' }, 'auth must be "strict" or "any"'],
  ['a seed that is a number', { seed: 5 }, 'seed must be a string'],
  ['a folder that is a number', { data: 5 }, 'data must be a string'],
  ['a key without its secret', { keys: [{ accessKeyId: 'a' }] }, 'keys: each has'],
  ['a key without its secret in an account', { accounts: [{ keys: [{ accessKeyId: 'a', accessKeySecret: '' }] }] }, 'keys: each has'],
  ['an executor that is none', { executor: 'sh' }, 'executor must be a function'],
  ['an option that there is not', { colour: 'red' }, 'a local cloud has no "colour"'],
])('a cloud is not made with %s', async (_, options, message) => {
  await expect(createCloud(options as unknown as CloudOptions)).rejects.toThrow(message)
})

test('options that are undefined are as good as none', async () => {
  const cloud = await createCloud({ seed: undefined, clock: undefined, keys: undefined, data: undefined, auth: undefined })
  expect(cloud.clock.mode).toBe('real')
})
