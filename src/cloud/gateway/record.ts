import { monotonicNow } from '../../api/system.ts'
import type { Caller } from '../ram/identity.ts'
import { answered } from '../watch/answered.ts'
import type { Step } from './exchange.ts'
import { askedAction } from './resolve.ts'

const none: readonly string[] = []

function nameOf(caller: Caller): string {
  if (caller.kind === 'user') return `user/${caller.userName}`
  return caller.kind === 'role' ? `role/${caller.roleName}/${caller.sessionName}` : caller.kind
}

/** Notes the request in the log that `/_local/requests` shows, and tells whoever listens in the process. */
export const record: Step = (exchange, { log }) => {
  const { requestId, startedAt, beganAt, product, action, regionId, caller, ignored, fault, answer, request, pairs, tampering } = exchange
  const { resources, permitted, created } = exchange
  const [code, userAgent] = [fault?.code ?? '', request.headers['user-agent'] ?? '']
  if (answered.hasSubscribers) answered.publish({ product, action, code, userAgent, status: answer.status, body: () => answer.body })
  const resolved = action !== ''
  log.add(
    {
      requestId,
      at: startedAt,
      product,
      action: resolved ? action : askedAction(exchange),
      regionId,
      caller: caller.accountId === '' ? 'unknown' : nameOf(caller),
      accountId: caller.accountId,
      resources,
      permitted,
      created,
      ignored,
      status: answer.status,
      code,
      userAgent,
      injected: tampering?.ruleIds ?? none,
      durationMs: Math.round((monotonicNow() - beganAt) * 1000) / 1000,
    },
    pairs,
    resolved,
  )
}
