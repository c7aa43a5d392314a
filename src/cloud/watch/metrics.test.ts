import { expect, test } from 'vitest'
import { createCounters } from './counters.ts'
import { metricsText } from './metrics.ts'
import { testCloud } from '../testing.ts'

const entry = (code = '', more = {}) => ({ product: 'ecs', action: 'StopInstance', code, injected: [], durationMs: 0.3, ...more })

const measured = (counters = createCounters()) =>
  metricsText({
    counters,
    tables: [{ name: 'vpcs', size: () => 2 }],
    now: 1000,
    faultRules: 0,
    followers: 0,
    memory: { rss: 3, heapUsed: 2, external: 1 },
  })

test('requests are counted by product, operation and code', () => {
  const counters = createCounters()
  counters.count(entry())
  counters.count(entry())
  counters.count(entry('InvalidInstanceId.NotFound'))
  counters.count(entry('MissingAction', { action: '' }))
  const text = measured(counters)
  expect(text).toContain('tanxing_requests_total{product="ecs",action="StopInstance",code="OK"} 2\n')
  expect(text).toContain('tanxing_requests_total{product="ecs",action="StopInstance",code="InvalidInstanceId.NotFound"} 1\n')
  expect(text).toContain('tanxing_requests_total{product="ecs",action="unknown",code="MissingAction"} 1\n')
})

test('durations are a histogram: each bucket has those below it too, the last one all', () => {
  const counters = createCounters()
  for (const durationMs of [0.05, 0.3, 0.3, 90_000]) counters.count(entry('', { durationMs }))
  const text = measured(counters)
  const bucket = (le: string) => Number(new RegExp(`_bucket\\{product="ecs",le="${le.replace('+', '\\+')}"\\} (\\d+)`).exec(text)?.[1])
  expect(['0.0001', '0.00025', '0.0005', '2.5', '+Inf'].map(bucket)).toEqual([1, 1, 3, 3, 4])
  expect(text).toContain('tanxing_request_duration_seconds_count{product="ecs"} 4\n')
  expect(text).toMatch(/tanxing_request_duration_seconds_sum\{product="ecs"\} 90\.00065/)
})

test('what faults did and what was throttled is counted', () => {
  const counters = createCounters()
  counters.count(entry('Throttling.User', { injected: ['fault-1', 'fault-2'] }))
  expect(measured(counters)).toMatch(/^tanxing_faults_injected_total 2$/m)
  expect(measured(counters)).toMatch(/^tanxing_throttled_total 1$/m)
})

test('codes that are made up without end do not fill the memory', () => {
  const counters = createCounters()
  for (let at = 0; at < 6000; at++) counters.count(entry(`Code${at}`))
  expect(counters.requests.size).toBeLessThan(5100)
  expect(measured(counters)).toContain('{product="ecs",action="other",code="other"} 1000\n')
})

test('a quote, a backslash or a line break in a label is escaped', () => {
  const counters = createCounters()
  counters.count(entry('a"b\\c\nd'))
  expect(measured(counters)).toContain('code="a\\"b\\\\c\\nd"} 1\n')
})

test('every line is a comment or a sample, every metric says what it is, and the text ends with a line feed', () => {
  const counters = createCounters()
  counters.count(entry())
  const text = measured(counters)
  const line = /^(?:# (?:HELP|TYPE) [a-z_]+ .+|[a-z_]+(?:\{[a-z]+="(?:[^"\\]|\\.)*"(?:,[a-z]+="(?:[^"\\]|\\.)*")*\})? [\d.e+-]+)$/
  expect(text.endsWith('\n')).toBe(true)
  for (const each of text.trimEnd().split('\n')) expect(each).toMatch(line)
  expect(text.match(/^# TYPE /gm)?.length).toBe(text.match(/^# HELP /gm)?.length)
})

test('the control plane answers them, rows of tables and memory included; a reset sets no counter back', async () => {
  const { cloud, call, clock } = await testCloud()
  const ask = async () => {
    const answer = await cloud.handle({ method: 'GET', target: '/_local/metrics', headers: { host: 'localhost' }, body: new Uint8Array() })
    expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8')
    return Buffer.from(answer.body).toString()
  }
  await call('CreateVpc', {}, { product: 'vpc' })
  expect(await ask()).toContain('tanxing_resources{table="vpcs"} 1\n')
  cloud.reset()
  clock.advance(1000)
  const text = await ask()
  expect(text).toContain('tanxing_resources{table="vpcs"} 0\n')
  expect(text).toContain('tanxing_requests_total{product="vpc",action="CreateVpc",code="OK"} 1\n')
  expect(text).toMatch(/^process_resident_memory_bytes \d{7,}$/m)
  expect(text).toMatch(/^tanxing_clock_seconds 1767225601$/m)
})
