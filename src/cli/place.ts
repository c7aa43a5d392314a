import type { Text } from '../api/text.ts'
import type { World } from './command.ts'
import type { Connection } from './connect.ts'

/** Which cloud a command works on, so that nobody takes one for the other. */
export interface Place {
  /** True for a local cloud, in this process or in another. */
  readonly local: boolean
  /** `local cloud http://127.0.0.1:20140, region cn-hangzhou`, or `Alibaba Cloud, account 1234, region cn-hangzhou`. */
  readonly text: Text
  /** What stands at a prompt and behind what was done: `local cloud`, or the whole text for what is real. */
  readonly mark: Text
}

const probeMs = 2_000

/** Whether what answers at an endpoint says that it is a local cloud; an address alone proves nothing. */
async function isLocalCloud(endpoint: string, { options }: Connection, signal: AbortSignal): Promise<boolean> {
  const ask = options.fetch ?? globalThis.fetch
  const origin = /^https?:\/\//i.test(endpoint) ? endpoint : `https://${endpoint}`
  const until = AbortSignal.any([signal, AbortSignal.timeout(probeMs)])
  try {
    const answer = await ask(`${origin.replace(/\/$/, '')}/_local/health`, { redirect: 'error', signal: until })
    const body: unknown = await answer.json()
    return typeof (body as { readonly resources?: unknown } | null)?.resources === 'object'
  } catch {
    return false
  }
}

/** The account of the credentials, asked of STS at `endpoint`; undefined when it does not say. */
export async function accountOf({ options }: Connection, endpoint: string | undefined, signal: AbortSignal): Promise<string | undefined> {
  const { StsClient } = await import('../client/sts.ts')
  const sts = new StsClient({ ...options, endpoint, attempts: 1, onAnswer: undefined })
  return sts.getCallerIdentity({}, { signal, timeoutMs: 10_000 }).then(
    ({ AccountId }) => AccountId,
    () => undefined,
  )
}

/** Whether an endpoint is Alibaba Cloud itself, whatever the host. */
export const isAlibabaCloud = (endpoint: string | undefined) =>
  endpoint === undefined || /(?:^|\.)aliyuncs\.com$/i.test(endpoint.replace(/^https?:\/\//i, '').replace(/[:/].*$/, ''))

/**
 * Finds out which cloud a connection leads to. A local cloud is what says of itself that it is one; for the others it is asked
 * whose account it is.
 */
export async function placeOf(connected: Connection, signal: AbortSignal): Promise<Place> {
  const { regionId, local, options } = connected
  const { endpoint } = options
  if (local) {
    const text = { en: `local cloud in this process, region ${regionId}`, zh: `本进程内的本地云，地域 ${regionId}` }
    return { local, text, mark: localMark }
  }
  const alibaba = isAlibabaCloud(endpoint)
  if (!alibaba && (await isLocalCloud(endpoint ?? '', connected, signal))) {
    const text = { en: `local cloud ${endpoint}, region ${regionId}`, zh: `本地云 ${endpoint}，地域 ${regionId}` }
    return { local: true, text, mark: localMark }
  }
  // The host of ECS does not serve STS, which has one of its own.
  const account = await accountOf(connected, alibaba ? undefined : endpoint, signal)
  const cloud = alibaba ? { en: 'Alibaba Cloud', zh: '阿里云' } : { en: endpoint, zh: endpoint }
  const text = {
    en: `${cloud.en}, account ${account ?? 'unknown'}, region ${regionId}`,
    zh: `${cloud.zh}，账号 ${account ?? '未知'}，地域 ${regionId}`,
  }
  return { local: false, text, mark: text }
}

const localMark: Text = { en: 'local cloud', zh: '本地云' }

/** Whether colours may be used on stderr: a terminal, and nobody who asked for none. */
export const hasColours = ({ stderrColumns, env }: World): boolean => stderrColumns !== undefined && !env.NO_COLOR && env.TERM !== 'dumb'

/** A text of a place in its colour: cyan is local, red is real. Where there are no colours, it stays as it is. */
export function painted({ en, zh }: Text, { local }: Place, world: World): Text {
  if (!hasColours(world)) return { en, zh }
  const [begin, end] = [local ? '\u001b[1;36m' : '\u001b[1;31m', '\u001b[0m']
  return { en: `${begin}${en}${end}`, zh: `${begin}${zh}${end}` }
}
