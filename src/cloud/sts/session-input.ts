import { demand } from '../fault.ts'
import type { Context } from '../operation.ts'
import { namedId } from '../ram/identity.ts'
import { longestDocument, readPolicy } from '../ram/policy-document.ts'
import type { Role } from '../ram/records.ts'

/** What the operations that open a session have in common. */
export interface SessionInput {
  readonly RoleArn?: string | undefined
  readonly RoleSessionName?: string | undefined
  readonly DurationSeconds?: number | undefined
  readonly Policy?: string | undefined
}

/** Session names: 32 characters in the documentation of 2021, 64 today (unconfirmed). */
const sessionNameForm = /^[A-Za-z0-9.@_-]{2,64}$/

/** The role lies in the account that its ARN names, whichever that is. */
function roleAt(arn: string, { state }: Context): Role {
  const [, owner, roleName = ''] = /^acs:ram::(\d+):role\/([A-Za-z0-9._-]{1,64})$/.exec(arn) ?? []
  demand(owner !== undefined, 'InvalidParameter.RoleArn', 'The specified RoleArn is not valid.', 400)
  const role = state.roles.get(namedId(owner, roleName))
  demand(role !== undefined, 'EntityNotExist.Role', 'The specified Role does not exist.', 404)
  return role
}

/** Seconds: from 900 to what the role allows, an hour when nothing is said. */
function duration(seconds: number, role: Role): number {
  const fits = Number.isInteger(seconds) && seconds >= 900 && seconds <= role.maxSessionDuration
  demand(fits, 'InvalidParameter.DurationSeconds', `The specified DurationSeconds is not from 900 to ${role.maxSessionDuration}.`, 400)
  return seconds
}

function demandSessionPolicy(text: string): void {
  demand(text.length <= longestDocument.session, 'InvalidParameter.PolicySize', 'The specified Policy is too long.', 400)
  demand(
    !('malformed' in readPolicy(text, 'identity')),
    'InvalidParameter.PolicyGrammar',
    'The specified Policy is not a valid policy.',
    400,
  )
}

/**
 * Reads which role is asked for, under which name and for how long. Whether the role lets the caller in is asked elsewhere.
 * @throws Fault InvalidParameter.RoleSessionName, .RoleArn, .DurationSeconds, .PolicySize, .PolicyGrammar, EntityNotExist.Role
 */
export function readSessionInput(input: SessionInput, context: Context) {
  const sessionName = input.RoleSessionName ?? ''
  demand(sessionNameForm.test(sessionName), 'InvalidParameter.RoleSessionName', 'The specified RoleSessionName is not valid.', 400)
  const role = roleAt(input.RoleArn ?? '', context)
  const seconds = duration(input.DurationSeconds ?? 3600, role)
  if (input.Policy !== undefined) demandSessionPolicy(input.Policy)
  return { role, sessionName, seconds, policy: input.Policy }
}
