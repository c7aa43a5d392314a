import type { Invocation, Options } from '../command.ts'
import { CommandError, exit } from '../errors.ts'
import { nearest } from '../nearest.ts'
import { defaultPort } from './serve.ts'

/** Options of every command that asks a local cloud. */
export const controlOptions: Options = {
  endpoint: {
    type: 'string',
    value: 'URL',
    help: {
      en: `the local cloud; else TANXING_ENDPOINT, else http://127.0.0.1:${defaultPort}`,
      zh: `本地云地址；默认取 TANXING_ENDPOINT，否则为 http://127.0.0.1:${defaultPort}`,
    },
  },
}

const loopback = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/

/** Where the local cloud is: `http://127.0.0.1:20140`. @throws CommandError for anything but plain HTTP on this machine */
export function endpointOf({ values, world }: Pick<Invocation, 'values' | 'world'>): string {
  const endpoint = values.text('endpoint') ?? (world.env.TANXING_ENDPOINT || `http://127.0.0.1:${defaultPort}`)
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  if (url?.protocol === 'http:' && loopback.test(url.hostname)) return url.origin
  throw new CommandError({
    en: `${endpoint} is not a local cloud: give one as http://127.0.0.1:PORT`,
    zh: `${endpoint} 不是本地云：请使用 http://127.0.0.1:端口`,
  })
}

const nobody = (endpoint: string) =>
  new CommandError(
    {
      en: `no local cloud answers at ${endpoint}: start one with \`tanxing local start\`, or say where it is with --endpoint`,
      zh: `${endpoint} 上没有本地云应答：请用 \`tanxing local start\` 启动，或用 --endpoint 指定地址`,
    },
    exit.failed,
  )

/** Something answers, and it is no local cloud. */
export const stranger = (endpoint: string) =>
  new CommandError({ en: `what answers at ${endpoint} is no local cloud`, zh: `${endpoint} 上应答的不是本地云` }, exit.failed)

const refused = (reason: string) => new CommandError({ en: `the local cloud refuses: ${reason}`, zh: `本地云拒绝：${reason}` }, exit.failed)

type Reply = Readonly<Record<string, unknown>>

async function replyOf(answer: Response, endpoint: string): Promise<Reply> {
  const value: unknown = await answer.json().catch(() => undefined)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw stranger(endpoint)
  const reply = value as Reply
  if (answer.ok) return reply
  throw typeof reply.error === 'string' ? refused(reply.error) : stranger(endpoint)
}

async function call(invocation: Invocation, path: string, init: RequestInit): Promise<Response> {
  const endpoint = endpointOf(invocation)
  try {
    return await fetch(`${endpoint}/_local/${path}`, { ...init, redirect: 'error', signal: invocation.world.signal })
  } catch (error) {
    if (invocation.world.signal.aborted) throw error
    throw nobody(endpoint)
  }
}

/**
 * Asks the control plane of the local cloud that runs.
 * @param path below `/_local/`, query included
 * @throws CommandError when there is no local cloud, or it refuses: with its reason
 */
export async function ask(invocation: Invocation, method: string, path: string, body?: object): Promise<Reply> {
  const answer = await call(invocation, path, { method, ...(body && { body: JSON.stringify(body) }) })
  return replyOf(answer, endpointOf(invocation))
}

/** The data of each event of a stream, as it comes, to its end or until the command is interrupted. @throws CommandError as `ask` does */
export async function* events(invocation: Invocation, path: string): AsyncGenerator<string> {
  const answer = await call(invocation, path, { headers: { accept: 'text/event-stream' } })
  if (!answer.ok) await replyOf(answer, endpointOf(invocation))
  if (!answer.headers.get('content-type')?.startsWith('text/event-stream') || answer.body === null) throw stranger(endpointOf(invocation))
  let text = ''
  const decoder = new TextDecoder()
  try {
    for await (const chunk of answer.body) {
      text += decoder.decode(chunk, { stream: true })
      const ended = text.split('\n\n')
      text = ended.pop() ?? ''
      for (const event of ended) {
        const data = /^data: (.*)$/m.exec(event)?.[1]
        if (data !== undefined) yield data
      }
    }
  } catch (error) {
    // A cloud that goes away ends the stream; what is wrong with what it told is the reader's.
    if (invocation.world.signal.aborted || !(error instanceof TypeError)) throw error
  }
}

/**
 * The first word of `rest` as one of a command's verbs, and the words it takes; without any word, the first verb.
 * @param verbs each with how many words follow it
 * @throws CommandError for another word, or too many or too few after it
 */
export function verbOf<V extends string>(
  rest: readonly string[],
  verbs: Readonly<Record<V, readonly string[]>>,
): { verb: V; words: string[] } {
  const names = Object.keys(verbs) as V[]
  const [verb = names[0] as V, ...words] = rest as readonly V[]
  if (!names.includes(verb)) {
    const meant = nearest(verb, names)
    throw new CommandError({
      en: `say one of ${names.join(', ')}, not "${verb}"${meant ? `; did you mean ${meant}?` : ''}`,
      zh: `可用 ${names.join('、')}，没有“${verb}”${meant ? `；是否想用 ${meant}？` : ''}`,
    })
  }
  const takes = verbs[verb]
  const least = takes.filter((word) => !word.startsWith('[')).length
  if (words.length > takes.length || words.length < least)
    throw new CommandError({
      en: `it is: ${[verb, ...takes].join(' ')}`,
      zh: `用法：${[verb, ...takes].join(' ')}`,
    })
  return { verb, words }
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Milliseconds of `1h30m`, `90s`, `250ms` or `2d`; of a bare number as they are. @throws CommandError */
export function millisecondsOf(text: string, option: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  const parts = [...text.matchAll(/(\d{1,12}(?:\.\d{1,6})?)(ms|s|m|h|d)/g)]
  if (parts.length > 0 && parts.map(([part]) => part).join('') === text)
    return Math.round(parts.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (units[unit] ?? 0), 0))
  throw new CommandError({
    en: `--${option} is a time such as 90s, 1h30m or 2d, or milliseconds`,
    zh: `--${option} 为时长，例如 90s、1h30m、2d，或毫秒数`,
  })
}

/** A number as the command line has it. @throws CommandError */
export function numberOf(text: string, option: string): number {
  if (/^-?\d{1,15}(?:\.\d{1,12})?$/.test(text)) return Number(text)
  throw new CommandError({ en: `--${option} is a number`, zh: `--${option} 为数字` })
}
