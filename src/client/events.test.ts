import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { expect, it } from 'vitest'
import { EcsClient } from './ecs.ts'
import type { AttemptEvent, Warning } from './events.ts'
import type { ClientOptions } from './options.ts'

const down = () => new Response('{"Code":"ServiceUnavailable","Message":"no","RequestId":"R-1"}', { status: 503 })
const fine = () => new Response('{"RequestId":"R-2","TotalCount":"7","Instances":{"Instance":[]}}')

function scripted(answers: readonly (() => Response)[], options: ClientOptions) {
  const left = [...answers]
  const credentials = { accessKeyId: 'id', accessKeySecret: 'very-secret-indeed' }
  const fetch = async () => (left.shift() as () => Response)()
  return new EcsClient({ regionId: 'cn-hangzhou', credentials, fetch, sleep: async () => {}, ...options })
}

it('every attempt is told when it has ended, with what comes next', async () => {
  const told: AttemptEvent[] = []
  await scripted([down, fine], { onAttempt: (event) => void told.push(event) }).describeInstances()
  expect(told).toMatchObject([
    { product: 'ecs', action: 'DescribeInstances', regionId: 'cn-hangzhou', host: 'ecs-cn-hangzhou.aliyuncs.com', attempt: 1, status: 503 },
    { attempt: 2, status: 200, requestId: 'R-2', error: undefined, retryInMs: undefined },
  ])
  expect(told[0]).toMatchObject({ requestId: 'R-1', error: { code: 'ServiceUnavailable' }, retryInMs: expect.any(Number) })
  for (const { durationMs, waitedMs } of told) expect(durationMs + waitedMs).toBeGreaterThanOrEqual(0)
})

it('programs that have no hand on the client hear attempts on the channel tanxing:attempt', async () => {
  const host = 'heard.test'
  const told: AttemptEvent[] = []
  const hear = (event: unknown) => void ((event as AttemptEvent).host === host && told.push(event as AttemptEvent))
  subscribe('tanxing:attempt', hear)
  await scripted([fine], { endpoint: host }).describeInstances()
  unsubscribe('tanxing:attempt', hear)
  expect(told).toHaveLength(1)
})

it('a field of another type than documented is a warning, and the answer is given as it came', async () => {
  const warned = new Promise<Warning>((resolve) => {
    const ecs = scripted([fine], { onWarning: resolve })
    void ecs.describeInstances().then((answer) => expect(answer.TotalCount).toBe('7'))
  })
  expect(await warned).toEqual({
    product: 'ecs',
    action: 'DescribeInstances',
    requestId: 'R-2',
    path: 'TotalCount',
    expected: 'number',
    found: 'string',
  })
})

it('an answer shown to onAnswer holds none of the secrets that it tells', async () => {
  const shown: string[] = []
  const body = '{"RequestId":"R","AccessKey":{"AccessKeyId":"LTAI","AccessKeySecret":"made-just\\"now","CreateDate":"x"}}'
  const ecs = scripted([() => new Response(body)], { onAnswer: ({ text }) => void shown.push(text) })
  expect(JSON.stringify(await ecs.call('DescribeRegions'))).toBe(body)
  expect(shown).toEqual(['{"RequestId":"R","AccessKey":{"AccessKeyId":"LTAI","AccessKeySecret":"***","CreateDate":"x"}}'])
})
