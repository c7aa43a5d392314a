import { monotonicNow } from '../src/api/system.ts'

/** One thing to time: a call that may be synchronous or not. What it returns is thrown away. */
export type Contender = () => unknown

export interface Figure {
  readonly contender: string
  /** Calls per second: the median over the rounds. */
  readonly perSecond: number
  /** How many times as many calls per second as the first contender makes: the median of the rounds' own ratios. */
  readonly ratio: number
}

const sliceMs = 20

/** The middle one of some numbers, or the mean of the two in the middle. */
export const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

async function timeCalls(contender: Contender, count: number): Promise<number> {
  const start = monotonicNow()
  for (let at = 0; at < count; at++) {
    const pending = contender()
    if (pending instanceof Promise) await pending
  }
  return monotonicNow() - start
}

/** How many calls fill a slice of time; finding out also warms the contender up. */
async function callsPerSlice(contender: Contender): Promise<number> {
  for (let count = 1; ; count *= 2) {
    const ms = await timeCalls(contender, count)
    if (ms >= sliceMs) return Math.max(1, Math.round((count * sliceMs) / ms))
  }
}

/**
 * Times contenders side by side in one process: they take turns in slices of 20 ms, so that whatever slows the machine
 * slows them alike and the ratios hold where the absolute figures do not. Prints a table and returns it.
 * @param contenders By name; the first is the yardstick, its ratio is 1.
 * @param options `seconds` of measuring, shared among the contenders; 2 by default.
 */
export async function measure(
  name: string,
  contenders: Readonly<Record<string, Contender>>,
  { seconds = 2 }: { readonly seconds?: number } = {},
): Promise<Figure[]> {
  const runs = Object.entries(contenders).map(([contender, call]) => ({ contender, call, count: 0, rates: [] as number[] }))
  for (const run of runs) run.count = await callsPerSlice(run.call)
  const end = monotonicNow() + seconds * 1000
  do {
    for (const run of runs) run.rates.push((run.count * 1000) / (await timeCalls(run.call, run.count)))
  } while (monotonicNow() < end)
  const yardstick = runs[0]?.rates ?? []
  const figures = runs.map(({ contender, rates }) => ({
    contender,
    perSecond: median(rates),
    ratio: median(rates.map((rate, round) => rate / (yardstick[round] as number))),
  }))
  print(name, figures)
  return figures
}

function print(name: string, figures: readonly Figure[]): void {
  const width = Math.max(...figures.map(({ contender }) => contender.length))
  console.log(name)
  for (const { contender, perSecond, ratio } of figures)
    console.log(`  ${contender.padEnd(width)}  ${Math.round(perSecond).toLocaleString('en').padStart(12)}/s  ${ratio.toFixed(2)}x`)
}
