import { toSeconds } from '../../api/time.ts'
import type { Lifecycles } from '../lifecycle.ts'
import type { Context } from '../operation.ts'
import type { Role, Session } from '../ram/records.ts'
import { newTemporaryKey } from '../ram/secrets.ts'

/** How long a session is kept after its end, so that its key is told it has expired rather than that it never was. */
export const keptAfterEndMs = 24 * 3_600_000

export const lifecycles: Lifecycles = { 'session.expired': (subject, { state }) => state.sessions.delete(subject) }

export interface SessionOrder {
  readonly sessionName: string
  /** How long it lasts, in seconds of the cloud's time. Whether the role allows so long is the caller's to check. */
  readonly seconds: number
  /** Narrows what the role may; checked beforehand. */
  readonly policy?: string | undefined
  /** The instance that is handed the session by its metadata service. */
  readonly instanceId?: string
}

/** Opens a session of the role: temporary credentials that end by themselves. */
export function openSession(role: Role, order: SessionOrder, { state, now, random, schedule }: Context): Session {
  const { accessKeyId, secret, token } = newTemporaryKey(random)
  const { sessionName, seconds, policy, instanceId } = order
  schedule('session.expired', accessKeyId, seconds * 1000 + keptAfterEndMs)
  return state.sessions.put({
    id: accessKeyId,
    accountId: role.accountId,
    regionId: '',
    secret,
    token,
    roleName: role.roleName,
    roleId: role.roleId,
    sessionName,
    policy,
    openedAt: now,
    expiresAt: now + seconds * 1000,
    ...(instanceId !== undefined && { instanceId }),
  })
}

/** `Credentials` as every operation that opens a session answers them. */
export const credentialsView = ({ id, secret, token, expiresAt }: Session) => ({
  AccessKeyId: id,
  AccessKeySecret: secret,
  SecurityToken: token,
  Expiration: toSeconds(expiresAt),
})
