import type * as Ecs from '../../api/generated/ecs.ts'
import type { EcsClient } from '../../client/index.ts'

/** How much an instance did, as the mean of the hours that were measured. */
export interface Load {
  /** How many hours have a figure. */
  readonly hours: number
  /** Percent. */
  readonly cpu: number
  /** The busiest hour, in percent. */
  readonly cpuMost: number
  /** In and out, inside the VPC and to the internet; kbit a second. */
  readonly network: number
}

type Point = Pick<
  Ecs.DescribeInstanceMonitorDataResult['MonitorData']['InstanceMonitorData'][number],
  'CPU' | 'IntranetBandwidth' | 'InternetBandwidth'
>

/** The mean of points of an hour each; undefined when there are none. */
export function loadOf(points: readonly Point[]): Load | undefined {
  if (points.length === 0) return undefined
  const mean = (of: (point: Point) => number) => points.reduce((sum, point) => sum + of(point), 0) / points.length
  return {
    hours: points.length,
    cpu: mean(({ CPU }) => CPU),
    cpuMost: Math.max(...points.map(({ CPU }) => CPU)),
    network: mean(({ IntranetBandwidth, InternetBandwidth }) => IntranetBandwidth + InternetBandwidth),
  }
}

const hourMs = 3_600_000
/** One answer holds at most 400 points; of an hour each, these are more than 16 days. */
const spanMs = 400 * hourMs
const second = (ms: number) => new Date(ms).toISOString().replace(/\.\d+/, '')

/** What an instance did from `start` to `end`, in milliseconds since 1970, no more than 30 days; undefined where nothing was measured. */
export async function readLoad(
  ecs: EcsClient,
  InstanceId: string,
  start: number,
  end: number,
  signal: AbortSignal,
): Promise<Load | undefined> {
  const points: Point[] = []
  for (let from = start; from < end; from += spanMs) {
    const range = { StartTime: second(from), EndTime: second(Math.min(from + spanMs, end)) }
    const { MonitorData } = await ecs.describeInstanceMonitorData({ InstanceId, ...range, Period: 3600 }, { signal })
    points.push(...MonitorData.InstanceMonitorData)
  }
  return loadOf(points)
}
