import { describe, expect, it } from 'vitest'
import { EcsClient } from './ecs.ts'
import { checkOptions, wholeNumber } from './known-options.ts'

const known = { most: wholeNumber(1, 8), name: true } as const

describe('options', () => {
  it.each([{}, { most: 1 }, { most: 8, name: 'x' }, { most: undefined, name: undefined }])('%j are fine', (options) => {
    expect(() => checkOptions<{ most?: number | undefined; name?: string | undefined }>('it', options, known)).not.toThrow()
  })

  it.each([0, 9, 1.5, Number.NaN, '2', null, {}])('a number that is %s is refused', (most) => {
    expect(() => checkOptions<object>('it', { most }, known)).toThrow(
      expect.objectContaining({ code: 'InvalidOption', hint: expect.objectContaining({ en: 'Give a whole number from 1 to 8.' }) }),
    )
  })

  it.each(['more', 'toString', '__proto__'])('the name %s is refused when it is not known', (name) => {
    const options: object = Object.defineProperty({}, name, { value: 1, enumerable: true })
    expect(() => checkOptions<object>('a box', options, known)).toThrow(
      expect.objectContaining({ code: 'UnknownOption', message: `a box has no option ${name}` }),
    )
  })
})

describe('an option that nobody knows, or out of range, is refused before anything is sent by', () => {
  const credentials = { accessKeyId: 'id', accessKeySecret: 'secret' }
  const fetch = () => expect.unreachable()
  const ecs = new EcsClient({ regionId: 'cn-hangzhou', credentials, fetch })
  const stranger: object = { retries: 1 }

  it('the client', () => {
    expect(() => new EcsClient(stranger)).toThrow(expect.objectContaining({ code: 'UnknownOption' }))
    for (const attempts of [0, 2.5, 1_001])
      expect(() => new EcsClient({ attempts })).toThrow(expect.objectContaining({ code: 'InvalidOption' }))
    for (const ms of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])
      for (const name of ['connectTimeoutMs', 'readTimeoutMs', 'timeoutMs'])
        expect(() => new EcsClient({ [name]: ms })).toThrow(expect.objectContaining({ code: 'InvalidOption' }))
    expect(() => new EcsClient({ signatureVersion: 'v2' as 'v1' })).toThrow(expect.objectContaining({ code: 'InvalidOption' }))
  })

  it('a call', async () => {
    await expect(ecs.describeRegions({}, stranger)).rejects.toMatchObject({ code: 'UnknownOption' })
    await expect(ecs.describeRegions({}, { timeoutMs: 2 ** 40 })).rejects.toMatchObject({ code: 'InvalidOption' })
  })

  it('a list', async () => {
    await expect(ecs.paginate('DescribeInstances', {}, stranger).next()).rejects.toMatchObject({ code: 'UnknownOption' })
    await expect(ecs.pages('DescribeInstances', {}, { parallel: 65 }).next()).rejects.toMatchObject({ code: 'InvalidOption' })
  })

  it('a bulk operation and a wait', async () => {
    await expect(ecs.bulk('DeleteInstances', ['i-1'], {}, stranger)).rejects.toMatchObject({ code: 'UnknownOption' })
    await expect(ecs.bulk('DeleteInstances', ['i-1'], {}, { concurrency: 0 })).rejects.toMatchObject({ code: 'InvalidOption' })
    await expect(ecs.waitUntil('Running', ['i-1'], stranger)).rejects.toMatchObject({ code: 'UnknownOption' })
  })
})
