import type { Caller } from '../ram/identity.ts'
import type { Step } from './exchange.ts'

const nameOf = (caller: Caller): string =>
  caller.kind === 'root' ? 'root' : caller.kind === 'user' ? `user/${caller.userName}` : `role/${caller.roleName}/${caller.sessionName}`

/** Notes the request in the log that `/_local/requests` shows. */
export const record: Step = (exchange, { log }) => {
  const { requestId, startedAt, product, action, regionId, caller, ignored, fault, answer, request, pairs } = exchange
  log.add(
    {
      requestId,
      at: startedAt,
      product,
      action: action.slice(0, 128),
      regionId: regionId.slice(0, 64),
      caller: caller.accountId === '' ? 'unknown' : nameOf(caller),
      ignored: ignored.slice(0, 16),
      status: answer.status,
      code: fault?.code ?? '',
      userAgent: (request.headers['user-agent'] ?? '').slice(0, 256),
    },
    pairs,
  )
}
