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
      action,
      regionId,
      caller: caller.accountId === '' ? 'unknown' : nameOf(caller),
      ignored,
      status: answer.status,
      code: fault?.code ?? '',
      userAgent: request.headers['user-agent'] ?? '',
    },
    pairs,
  )
}
