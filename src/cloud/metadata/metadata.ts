import type { WireAnswer, WireRequest } from '../../api/wire.ts'
import type { Instance } from '../ecs/records.ts'
import { fromElsewhere } from '../elsewhere.ts'
import type { Machine } from '../gateway/exchange.ts'
import { contextFor } from '../settle.ts'
import { itemsOf, lookUp } from './items.ts'
import { ramItems } from './role-credentials.ts'
import { longestTtl, newToken, tokenHolds } from './tokens.ts'

const ttlHeader = 'x-aliyun-ecs-metadata-token-ttl-seconds'
const tokenHeader = 'x-aliyun-ecs-metadata-token'

const answer = (status: number, content: string | Uint8Array): WireAnswer => ({
  status,
  headers: { 'content-type': 'text/plain;charset=utf-8' },
  body: typeof content === 'string' ? Buffer.from(content) : content,
})

/** The bodies of refusals are our own: nobody reads more than the status. */
const notFound = () => answer(404, 'not found\n')

function putToken({ headers }: WireRequest, instance: Instance, machine: Machine): WireAnswer {
  if (headers['x-forwarded-for'] !== undefined) return answer(403, 'no token is given to what was forwarded\n')
  const text = headers[ttlHeader] ?? ''
  const ttl = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (ttl < 1 || ttl > longestTtl) return answer(400, `${ttlHeader} must be from 1 to ${longestTtl}\n`)
  return answer(200, newToken(instance.id, ttl, machine))
}

/** In hardened mode a token is needed (that 403 is said without one is unconfirmed); in the other it may be left out, but a wrong one is refused. */
function refused({ headers }: WireRequest, instance: Instance, machine: Machine): WireAnswer | undefined {
  const token = headers[tokenHeader] ?? ''
  if (token === '') return instance.httpTokens === 'required' ? answer(403, 'a metadata token is needed\n') : undefined
  return tokenHolds(token, instance.id, machine) ? undefined : answer(401, 'the metadata token is not valid, or not any more\n')
}

function pathOf(target: string): string[] {
  const [path = ''] = target.split('?', 1)
  return path.split('/').flatMap((segment) => (segment === '' ? [] : [decodeSegment(segment)]))
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** `2016-01-01` is the version that cloud-init asks for; it holds the same. */
const versions: ReadonlySet<string> = new Set(['2016-01-01', 'latest'])

function serve(request: WireRequest, instanceId: string, machine: Machine): WireAnswer {
  const instance = machine.state.instances.get(instanceId)
  if (instance === undefined) return notFound()
  if (instance.httpEndpoint === 'disabled') return answer(403, 'the metadata service of the instance is disabled\n')
  const [version = '', ...path] = pathOf(request.target)
  const isToken = path.length === 2 && path[0] === 'api' && path[1] === 'token'
  if (request.method === 'PUT' && versions.has(version) && isToken) return putToken(request, instance, machine)
  if (request.method !== 'GET') return answer(405, 'the metadata service answers GET\n')
  const refusal = refused(request, instance, machine)
  if (refusal !== undefined) return refusal
  if (version === '') return answer(200, [...versions].map((name) => `${name}/`).join('\n'))
  if (!versions.has(version)) return notFound()
  const caller = { kind: 'root', accountId: instance.accountId, accessKeyId: '' } as const
  const context = contextFor(machine, caller, instance.regionId)
  const found = lookUp(itemsOf(instance, machine.state, ramItems(instance, context)), path)
  return found === undefined ? notFound() : answer(200, found)
}

/** Where the service is reached: its own address, or a socket on this machine. */
const hosts = ['100.100.100.200', '127.0.0.1', 'localhost', '[::1]']

/**
 * Answers what an instance asks its metadata service: items as plain text, what is in a directory, tokens.
 * 404 for what does not exist, the instance included, 403 without the token that hardened mode needs, 401 with a wrong one, 403 for web pages.
 */
export function answerMetadata(request: WireRequest, instanceId: string, machine: Machine): WireAnswer {
  if (fromElsewhere(request, hosts)) return answer(403, 'the metadata service answers programs, not web pages\n')
  const { state, random } = machine
  try {
    machine.settle()
  } finally {
    state.commit()
  }
  const position = random.save()
  try {
    return serve(request, instanceId, machine)
  } catch (error) {
    state.journal.rollback(0)
    random.restore(position)
    throw error
  } finally {
    state.commit()
  }
}

const underControl = /^\/_local\/metadata\/([^/?]+)(\/[^?]*)?/

/** A request to `/_local/metadata/<instance id>/…` as the instance would send it; undefined for any other. */
export function asGuest(request: WireRequest): { readonly instanceId: string; readonly request: WireRequest } | undefined {
  const [, instanceId, target = '/'] = underControl.exec(request.target) ?? []
  return instanceId === undefined ? undefined : { instanceId, request: { ...request, target } }
}
