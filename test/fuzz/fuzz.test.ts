import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { randomId } from '../../src/api/system.ts'
import { type CloudOptions, createCloud } from '../../src/cloud/index.ts'
import { isXml, judge } from './answers.ts'
import { fuzzApi } from './api.ts'
import { fuzzControl } from './control.ts'
import { createSubject } from './subject.ts'
import { fuzzWire } from './wire.ts'

const seed = process.env.TANXING_FUZZ_SEED ?? randomId()
console.log(`TANXING_FUZZ_SEED=${seed}`)

async function cloudFor(options: CloudOptions = {}) {
  const defects: unknown[] = []
  const cloud = await createCloud({ seed: 'demo', clock: 'manual', onDefect: (error) => void defects.push(error), ...options })
  onTestFinished(() => cloud.close())
  return { cloud, defects }
}

describe('a cloud that is sent anything at all', { timeout: 120_000 }, () => {
  test('refuses calls without a trace, and answers all of them well', () => {
    const { wrong, answered, operations, codes } = fuzzApi({ seed, calls: 2500, compareEach: 50 })
    expect(wrong).toEqual([])
    // The fuzzer gets past the first checks.
    expect(answered).toBeGreaterThan(200)
    expect(operations).toBeGreaterThan(40)
    expect(codes).toBeGreaterThan(40)
  })

  test('answers or closes connections that carry no HTTP, and goes on', async () => {
    const { cloud, defects } = await cloudFor()
    const { port } = await cloud.listen()
    const { wrong, statuses } = await fuzzWire({ seed, connections: 300, cloud, port })
    expect(wrong).toEqual([])
    expect(defects).toEqual([])
    expect(statuses['400']).toBeGreaterThan(20)
  })

  test('takes from its control plane what it understands, and says of the rest why not', async () => {
    const { cloud, defects } = await cloudFor()
    const { wrong, taken } = await fuzzControl({ seed, requests: 1000, cloud })
    expect(wrong).toEqual([])
    expect(defects).toEqual([])
    expect(taken).toBeGreaterThan(50)
  })

  test('writes nothing outside of its data folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tanxing-fuzz-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const { cloud } = await cloudFor({ data: join(folder, 'data') })
    const before = readdirSync(join(folder, 'data')).toSorted()
    expect((await fuzzControl({ seed, requests: 300, cloud })).wrong).toEqual([])
    expect(readdirSync(folder)).toEqual(['data'])
    expect(readdirSync(join(folder, 'data')).toSorted()).toEqual(before)
  })
})

describe('the fuzzers see', () => {
  const answer = (status: number, body: string, headers: Record<string, string> = {}) =>
    judge({ status, headers: { 'content-type': 'application/json', 'x-acs-request-id': 'r', ...headers }, body: Buffer.from(body) }).wrong

  test.each([
    [200, '{"RequestId":"r"}', {}, 0],
    [400, '{"RequestId":"r","Code":"A"}', {}, 0],
    [503, '{"RequestId":"r","Code":"ServiceUnavailable"}', {}, 0],
    [500, '{"RequestId":"r","Code":"InternalError"}', {}, 1],
    [200, '{"RequestId":"s"}', {}, 1],
    [200, '{"RequestId":', {}, 2],
    [200, '{"RequestId":"r"}', { 'x-more': 'a\r\nb' }, 1],
    [200, '{"RequestId":"r"}', { 'x-injected': '1' }, 1],
    [200, '<A><RequestId>r</RequestId></A>', { 'content-type': 'text/xml' }, 0],
    [200, '<A><RequestId>r</RequestId>', { 'content-type': 'text/xml' }, 1],
  ])('what is wrong with an answer: %i %s %j', (status, body, headers, count) => {
    expect(answer(status, body, headers as Record<string, string>)).toHaveLength(count)
  })

  test.each(['<a>&</a>', '<a><b></a></b>', '<a>\0</a>', '<a/><b></b><c></c>', 'text', '<a>x<y</a>'])('that %j is no XML', (text) => {
    expect(isXml(text)).toBe(false)
  })

  test('a row that is changed in place', () => {
    const { machine } = createSubject()
    const [vpc] = machine.state.vpcs.all()
    expect(() => Object.assign(vpc ?? {}, { vpcName: 'other' })).toThrow(TypeError)
  })

  test('that the state is another one', () => {
    const subject = createSubject()
    const { vpcs } = subject.machine.state
    const before = subject.digest()
    const [vpc] = vpcs.all()
    if (vpc) vpcs.put({ ...vpc, id: 'vpc-other' })
    expect(subject.digest()).not.toBe(before)
  })
})
