import { describe, expect, it } from 'vitest'
import { textOf, wordsOf } from './input.ts'

const world = { stdin: () => Promise.resolve('i-1\ni-2  web-1\n') }

describe('words that stand for what is read', () => {
  it('reads words from standard input among others', async () => {
    expect(await wordsOf(['i-0', '-', 'i-3'], world)).toEqual(['i-0', 'i-1', 'i-2', 'web-1', 'i-3'])
  })

  it('reads a value whole, and takes @@ for a plain @', async () => {
    expect(await textOf('-', world)).toBe('i-1\ni-2  web-1\n')
    expect(await textOf('@@here', world)).toBe('@here')
    expect(await textOf(`@${import.meta.filename}`, world)).toContain('reads a value whole')
  })

  it('says what cannot be read', async () => {
    await expect(textOf('@/no/such/file', world)).rejects.toThrow('cannot read /no/such/file (ENOENT)')
    await expect(textOf('-', {})).rejects.toThrow('there is no standard input to read')
    await expect(textOf('@/dev/zero', world)).rejects.toThrow('/dev/zero is longer than 4 MiB')
  })
})
