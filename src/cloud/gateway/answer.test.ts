import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Delivered, Piece } from '../faults/delivery.ts'
import { cloudWithNetwork, type TestCloud } from '../testing.ts'
import { ecs, region, signed, textOf } from './testing.ts'

let cloud: TestCloud['cloud']
beforeAll(async () => {
  const test = await cloudWithNetwork({ auth: 'any' })
  cloud = test.cloud
  for (let at = 0; at < 3; at++) await test.launch({ Amount: 40, InstanceName: `云-${at}` })
})
afterAll(() => cloud.close())

const asText = (pieces: readonly Piece[] = []) =>
  Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece))).toString()

const page = (size: number, number = 1) =>
  signed(cloud, { action: 'DescribeInstances', ...ecs, pairs: [region, ['PageSize', String(size)], ['PageNumber', String(number)]] })

const names = (text: string) => {
  const { Instances } = JSON.parse(text) as { Instances: { Instance: { InstanceId: string }[] } }
  return Instances.Instance.map(({ InstanceId }) => InstanceId)
}

describe('a long answer', () => {
  it('tells the same in pieces and in one, and after its memory went to another', async () => {
    const answer: Delivered = await cloud.handle(page(31))
    const told = asText(answer.pieces)
    expect(names(told)).toHaveLength(31)
    answer.sent?.()
    const other: Delivered = await cloud.handle(page(32, 2))
    expect(names(asText(other.pieces))).toHaveLength(32)
    expect(textOf(answer)).toBe(told)
  })

  it('has a body that stays as it was when it is asked for first', async () => {
    const answer: Delivered = await cloud.handle(page(33))
    const told = textOf(answer)
    for (const size of [34, 35]) await cloud.handle(page(size, 2))
    expect(textOf(answer)).toBe(told)
    expect(asText(answer.pieces)).toBe(told)
    expect(names(told)).toHaveLength(33)
  })

  it('is its own over a socket, however many are under way', async () => {
    const { url } = await cloud.listen()
    const sizes = Array.from({ length: 30 }, (_, at) => 41 + at)
    const ask = async (size: number) => {
      const { target, headers } = page(size)
      return names(await (await fetch(url + target, { method: 'POST', headers })).text())
    }
    const all = names(textOf(await cloud.handle(page(100))))
    const got = await Promise.all(sizes.map(ask))
    expect(got).toEqual(sizes.map((size) => all.slice(0, size)))
  })
})
