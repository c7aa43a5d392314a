import { SpanStatusCode, trace } from '@opentelemetry/api'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { EcsClient } from './ecs.ts'

const exporter = new InMemorySpanExporter()
beforeAll(() => void trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })))
afterAll(() => trace.disable())

const down = () => new Response('{"Code":"ServiceUnavailable","Message":"no","RequestId":"R-1"}', { status: 503 })
const fine = () => new Response('{"RequestId":"R-2"}')

function scripted(...answers: (() => Response)[]) {
  const credentials = { accessKeyId: 'id', accessKeySecret: 'very-secret-indeed' }
  const fetch = async () => (answers.shift() as () => Response)()
  return new EcsClient({ regionId: 'cn-hangzhou', endpoint: 'traced.test', credentials, fetch, sleep: async () => {}, attempts: 2 })
}

const spans = () => exporter.getFinishedSpans().filter(({ attributes }) => attributes['server.address'] === 'traced.test')

it('a call is one OpenTelemetry span with its attempts, where the program has set OpenTelemetry up', async () => {
  await scripted(down, fine).describeRegions()
  const [span] = spans()
  expect(span).toMatchObject({
    name: 'Ecs/DescribeRegions',
    attributes: {
      'rpc.method': 'DescribeRegions',
      'cloud.region': 'cn-hangzhou',
      'alibaba_cloud.request_id': 'R-2',
      'alibaba_cloud.attempts': 2,
    },
    events: [{ name: 'retry', attributes: { attempt: 1, 'error.type': 'ServiceUnavailable' } }],
  })
})

it('a call that fails ends its span as failed, with the code', async () => {
  await expect(scripted(down, down).describeZones()).rejects.toThrow()
  expect(spans().at(-1)).toMatchObject({
    name: 'Ecs/DescribeZones',
    status: { code: SpanStatusCode.ERROR },
    attributes: { 'error.type': 'ServiceUnavailable', 'alibaba_cloud.attempts': 2 },
  })
})
