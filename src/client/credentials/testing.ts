import type { Environment, Run, Surroundings } from './surroundings.ts'

/** A request as a test's service sees it. */
export interface Seen {
  readonly url: URL
  readonly method: string
  readonly headers: Headers
  readonly body: string
}

export interface Scene {
  readonly env?: Environment
  /** Files by path; `config` and `ini` are the usual ones. */
  readonly files?: Readonly<Record<string, string>>
  readonly config?: unknown
  readonly ini?: string | undefined
  /** Answers requests; what it throws is a failure of the network. Without it there is no network. */
  readonly serve?: ((seen: Seen) => Response | Promise<Response>) | undefined
  readonly run?: Run
  readonly now?: () => number
}

export const home = '/home/somebody'
export const noon = Date.UTC(2026, 5, 1, 12)

/** Surroundings in memory, and what was asked of the network. */
export function surroundingsOf(scene: Scene): Surroundings & { readonly seen: readonly Seen[] } {
  const { env = {}, config, ini, serve, run, now = () => noon } = scene
  const files: Record<string, string> = { ...scene.files }
  if (config !== undefined) files[`${home}/.aliyun/config.json`] = typeof config === 'string' ? config : JSON.stringify(config)
  if (ini !== undefined) files[`${home}/.alibabacloud/credentials`] = ini
  const seen: Seen[] = []
  return {
    env,
    home,
    seen,
    now,
    run: run ?? (() => Promise.reject(new Error('this test runs no command'))),
    readFile: async (path) => {
      const content = files[path]
      if (content === undefined) throw Object.assign(new Error(`no ${path}`), { code: 'ENOENT' })
      return content
    },
    fetch: async (input, init) => {
      const request = new Request(input, init)
      const one = { url: new URL(request.url), method: request.method, headers: request.headers, body: await request.text() }
      seen.push(one)
      if (serve === undefined) throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'EHOSTUNREACH' } })
      return serve(one)
    },
  }
}

/** The file of one profile, which is the current one. */
export const configOf = (profile: Readonly<Record<string, unknown>>, ...others: readonly Readonly<Record<string, unknown>>[]) => ({
  current: 'work',
  profiles: [{ name: 'work', region_id: 'cn-beijing', ...profile }, ...others],
})

/** An answer with temporary credentials that end an hour after `noon`. */
export const temporary = (id = 'STS.1') => ({
  AccessKeyId: id,
  AccessKeySecret: `${id}-secret`,
  SecurityToken: `${id}-token`,
  Expiration: new Date(noon + 3_600_000).toISOString().replace('.000', ''),
})

export const stsAnswer = (id?: string) => Response.json({ RequestId: 'R', Credentials: temporary(id) })
