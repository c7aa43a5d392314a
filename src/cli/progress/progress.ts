import type { Text } from '../../api/text.ts'
import type { Invocation, World } from '../command.ts'
import { say } from '../language.ts'

/** Shows how far long work is. */
export interface Progress {
  /** False where nobody watches, so that nothing need be counted. */
  readonly shown: boolean
  /** Tells how much is done, of how much where that is known. */
  readonly tell: (done: number, total?: number) => void
  /** Says a line while the work goes on, above what is shown. */
  readonly say: (line: string) => void
  /** Takes away what is shown. */
  readonly end: () => void
}

/** Work that is done sooner shows nothing. */
const quietMs = 400
const betweenMs = 100
const barColumns = 20
const clear = '\r\u001b[K'

const counted = (count: number) => count.toLocaleString('en')

/** Whether a person watches: stderr is a terminal that may be written over, and the result is not for a program. */
const isWatched = ({ world: { stderrColumns, env }, values }: Invocation): boolean =>
  stderrColumns !== undefined && !env.NO_COLOR && env.TERM !== 'dumb' && values.text('output') !== 'json'

function lineOf(what: string, done: number, total: number | undefined): string {
  if (total === undefined || total < done || total === 0) return `${what} ${counted(done)}`
  const full = Math.round((done / total) * barColumns)
  return `${what} ${'█'.repeat(full)}${'░'.repeat(barColumns - full)} ${counted(done)}/${counted(total)}`
}

const plain = ({ stderr }: World): Progress => ({
  shown: false,
  tell: () => undefined,
  say: (line) => stderr(`${line}\n`),
  end: () => undefined,
})

/**
 * A bar on stderr for work that takes longer than 400 ms, drawn at most ten times a second. Nothing is drawn into a pipe, with
 * NO_COLOR, or with `--output json`.
 */
export function openProgress(invocation: Invocation, what: Text): Progress {
  const { world, language } = invocation
  if (!isWatched(invocation)) return plain(world)
  const begun = world.now()
  let drawn: number | undefined
  const end = () => {
    if (drawn !== undefined) world.stderr(clear)
    drawn = undefined
  }
  return {
    shown: true,
    tell(done, total) {
      const now = world.now()
      if (now - begun < quietMs || (drawn !== undefined && now - drawn < betweenMs)) return
      drawn = now
      world.stderr(`${clear}${lineOf(say(what, language), done, total)}`)
    },
    say(line) {
      end()
      world.stderr(`${line}\n`)
    },
    end,
  }
}

/** Items as they come, with how many there are so far told, of how many as `total` says. */
export async function* watched<T>(items: AsyncIterable<T>, { tell, end }: Progress, total: () => number | undefined): AsyncGenerator<T> {
  let done = 0
  try {
    for await (const item of items) {
      yield item
      tell(++done, total())
    }
  } finally {
    end()
  }
}

/** A hook of the client that remembers how many items the service counted last. */
export function totalSeen() {
  let total: number | undefined
  return {
    onAnswer: ({ text }: { readonly text: string }) => {
      const [, count] = /"TotalCount"\s*:\s*(\d{1,9})\b/.exec(text) ?? []
      if (count !== undefined) total = Number(count)
    },
    total: () => total,
  }
}
