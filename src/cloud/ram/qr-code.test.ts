import { createHash } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { testCloud } from '../testing.ts'
import { pngOf } from './png.ts'
import { codewordsOf, mostBytes, qrCode } from './qr-code.ts'

const draw = (rows: readonly (readonly boolean[])[]) => rows.map((row) => row.map((dark) => (dark ? '#' : '.')).join('')).join('\n')
const finder = ['#######', '#.....#', '#.###.#', '#.###.#', '#.###.#', '#.....#', '#######']

/** Powers of two in the field that the code counts in, and their logarithms. */
const powers: number[] = [1]
while (powers.length < 255) powers.push(((powers.at(-1) ?? 0) << 1) ^ ((powers.at(-1) ?? 0) >= 128 ? 0x11d : 0))
const times = (a: number, b: number) => (a === 0 || b === 0 ? 0 : powers[(powers.indexOf(a) + powers.indexOf(b)) % 255])

describe('a QR code', () => {
  test('has a finder in three corners and lines between them', () => {
    const lines = draw(qrCode('otpauth://totp/phone')).split('\n')
    expect(lines).toHaveLength(53)
    for (const [row, column] of [
      [0, 0],
      [0, 46],
      [46, 0],
    ] as const)
      expect(lines.slice(row, row + 7).map((line) => line.slice(column, column + 7))).toEqual(finder)
    expect(lines[6]?.slice(8, 45)).toMatch(/^#(\.#)+$/)
  })

  test('is the one that another program read the text back from', () => {
    const text = 'otpauth://totp/phone@1234567890123456?secret=ABCDEFGHIJKLMNOPQRSTUVWXYZ234567&issuer=Aliyun'
    expect(
      createHash('sha256')
        .update(draw(qrCode(text)))
        .digest('hex'),
    ).toBe('616fdd66a281c17e2d7c8907f390f20cf577d4bd97c5bb6d24e2abed6fb0be6a')
  })

  test('has correction that makes each block divisible by its generator', () => {
    const words = codewordsOf(Buffer.from('a text of some length'))
    expect(words).toHaveLength(292)
    for (const block of [0, 1]) {
      const bytes = words.filter((_, at) => at % 2 === block)
      for (let root = 0; root < 30; root++) expect(bytes.reduce((sum, byte) => (times(sum, powers[root] ?? 0) ?? 0) ^ byte, 0)).toBe(0)
    }
  })

  test('takes so many bytes and no more', () => {
    expect(qrCode('x'.repeat(mostBytes))).toHaveLength(53)
    expect(() => qrCode('x'.repeat(mostBytes + 1))).toThrow(RangeError)
  })
})

test('a PNG holds the squares with a margin, each of some pixels', () => {
  const png = pngOf([[true]], 2, 1)
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([6, 6])
  const length = png.readUInt32BE(33)
  const rows = inflateSync(png.subarray(41, 41 + length))
    .toString('hex')
    .match(/.{14}/g)
  const [light, dark] = ['00ffffffffffff', '00ffff0000ffff']
  expect(rows).toEqual([light, light, dark, dark, light, light])
})

test('a virtual MFA device of the longest name is drawn', async () => {
  const { call } = await testCloud()
  const VirtualMFADeviceName = '@'.repeat(64)
  const { VirtualMFADevice } = await call('CreateVirtualMFADevice', { VirtualMFADeviceName }, { product: 'ram' })
  expect(Buffer.from(VirtualMFADevice.QRCodePNG, 'base64').subarray(1, 4).toString()).toBe('PNG')
})
