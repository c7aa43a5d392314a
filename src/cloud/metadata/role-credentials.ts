import { toSeconds } from '../../api/time.ts'
import type { Instance } from '../ecs/records.ts'
import type { Context } from '../operation.ts'
import { trustVerdict } from '../ram/evaluate.ts'
import { namedId } from '../ram/identity.ts'
import { policyOf } from '../ram/policy-document.ts'
import type { Role, Session } from '../ram/records.ts'
import { credentialsView, openSession } from '../sts/sessions.ts'
import type { Directory } from './items.ts'

/** Seconds. A role's MaxSessionDuration does not shorten it. */
const sessionSeconds = 6 * 3600

/** New credentials are there this long before the old ones end (unconfirmed). */
const renewBeforeMs = 30 * 60_000

/** The instance's role, while it exists and lets ECS in. */
function roleOf(instance: Instance, { state, accountId, now }: Context): Role | undefined {
  const role = instance.ramRoleName === '' ? undefined : state.roles.get(namedId(accountId, instance.ramRoleName))
  if (role === undefined) return undefined
  const conditions = { 'acs:CurrentTime': toSeconds(now) }
  const ecs = { kind: 'Service', names: ['ecs.aliyuncs.com'], conditions } as const
  return trustVerdict(policyOf(role.trustPolicy, 'trust'), ecs).kind === 'Allow' ? role : undefined
}

/** The session handed out last, unless it is near its end, of another role or narrowed otherwise. */
function current(instance: Instance, role: Role, { state, now }: Context): Session | undefined {
  return state.sessions
    .by('instance', instance.id)
    .find(({ roleId, policy, expiresAt }) => roleId === role.roleId && policy === instance.ramRolePolicy && expiresAt - now > renewBeforeMs)
}

function credentialsOf(instance: Instance, role: Role, context: Context): string {
  const order = { sessionName: `vm-ram-${instance.id}`, seconds: sessionSeconds, policy: instance.ramRolePolicy, instanceId: instance.id }
  const session = current(instance, role, context) ?? openSession(role, order, context)
  return JSON.stringify({ ...credentialsView(session), LastUpdated: toSeconds(session.openedAt), Code: 'Success' })
}

/** `ram/` of an instance with a role: the role's name, and under it temporary credentials that are renewed before they end. */
export function ramItems(instance: Instance, context: Context): Directory | undefined {
  const role = roleOf(instance, context)
  return role && { 'security-credentials': { [role.roleName]: () => credentialsOf(instance, role, context) } }
}
