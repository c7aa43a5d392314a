import { type Counters, type Durations, durationBounds } from './counters.ts'

export interface Measured {
  readonly counters: Counters
  readonly tables: readonly { readonly name: string; readonly size: () => number }[]
  /** Milliseconds since 1970, in the cloud's time. */
  readonly now: number
  readonly faultRules: number
  /** How many watch the requests as they come. */
  readonly followers: number
  /** Of the process, in bytes. */
  readonly memory: { readonly rss: number; readonly heapUsed: number; readonly external: number }
}

type Labels = Readonly<Record<string, string>>
type Sample = readonly [labels: Labels, value: number, suffix?: string]

/** Label values may hold anything: a quote, a backslash and a line feed would end them. */
const escaped = (text: string) => text.replace(/[\\"\n]/g, (char) => (char === '\n' ? '\\n' : `\\${char}`))

const line = (name: string, [labels, value, suffix = '']: Sample): string => {
  const shown = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`)
  return `${name}${suffix}${shown.length === 0 ? '' : `{${shown.join(',')}}`} ${value}\n`
}

const metric = (type: 'counter' | 'gauge' | 'histogram', name: string, help: string, samples: readonly Sample[]): string =>
  samples.length === 0 ? '' : `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${samples.map((sample) => line(name, sample)).join('')}`

function histogram(product: string, { buckets, count, seconds }: Durations): Sample[] {
  let below = 0
  const bounded = durationBounds.map((bound, at): Sample => {
    below += buckets[at] ?? 0
    return [{ product, le: String(bound) }, below, '_bucket']
  })
  return [...bounded, [{ product, le: '+Inf' }, count, '_bucket'], [{ product }, seconds, '_sum'], [{ product }, count, '_count']]
}

/** The content type of the text format of Prometheus. */
export const metricsType = 'text/plain; version=0.0.4; charset=utf-8'

/** What was measured, in the text format of Prometheus. */
export function metricsText({ counters, tables, now, faultRules, followers, memory }: Measured): string {
  const { requests, durations, injected, throttled } = counters
  const alone = (value: number): Sample[] => [[{}, value]]
  return [
    metric(
      'counter',
      'tanxing_requests_total',
      'Requests answered, by product, operation and code.',
      [...requests.values()].map(({ product, action, code, count }) => [{ product, action, code }, count]),
    ),
    metric(
      'histogram',
      'tanxing_request_duration_seconds',
      'Time from the arrival of a request to its answer, what fault rules delay left out.',
      [...durations].flatMap(([product, taken]) => histogram(product, taken)),
    ),
    metric('counter', 'tanxing_faults_injected_total', 'What fault rules did to requests.', alone(injected)),
    metric('counter', 'tanxing_throttled_total', 'Requests refused with a code of throttling.', alone(throttled)),
    metric(
      'gauge',
      'tanxing_resources',
      'Rows of each table.',
      tables.map(({ name, size }) => [{ table: name }, size()]),
    ),
    metric('gauge', 'tanxing_fault_rules', 'Fault rules there are.', alone(faultRules)),
    metric('gauge', 'tanxing_followers', 'Connections that follow the requests.', alone(followers)),
    metric('gauge', 'tanxing_clock_seconds', 'The time of the cloud, in seconds since 1970.', alone(now / 1000)),
    metric('gauge', 'process_resident_memory_bytes', 'Resident memory of the process.', alone(memory.rss)),
    metric('gauge', 'nodejs_heap_size_used_bytes', 'Heap of the process in use.', alone(memory.heapUsed)),
    metric('gauge', 'nodejs_external_memory_bytes', 'Memory of the process outside of the heap.', alone(memory.external)),
  ].join('')
}
