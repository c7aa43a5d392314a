import { demand, Fault } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { authorize } from '../../ram/authorize.ts'
import { namedId, roleArn } from '../../ram/identity.ts'

const classes = [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z\d]/]

/**
 * Checks a login password: 8 to 30 characters of at least three kinds; not starting with a slash on Windows. It is not kept.
 * @throws Fault InvalidPassword.Malformed
 */
export function demandPassword(password: string | undefined, osType: string): void {
  if (!password) return
  const fits =
    password.length >= 8 &&
    password.length <= 30 &&
    /^[\x21-\x7e]+$/.test(password) &&
    classes.filter((kind) => kind.test(password)).length >= 3 &&
    !(osType === 'windows' && password.startsWith('/'))
  demand(fits, 'InvalidPassword.Malformed', 'The specified Password is not valid.')
}

/** Bytes of user data before base64. */
const mostUserData = 32 * 1024

/**
 * Checks that user data is base64 of at most 32 KB.
 * @throws Fault InvalidUserData.Base64FormatInvalid, InvalidUserData.SizeExceeded
 */
export function demandUserData(userData: string | undefined): void {
  if (!userData) return
  const bytes = Buffer.from(userData, 'base64')
  const stripped = (text: string) => text.replaceAll(/[=\s]/g, '')
  const faithful = stripped(bytes.toString('base64')) === stripped(userData)
  demand(faithful, 'InvalidUserData.Base64FormatInvalid', 'The specified UserData is not base64.')
  demand(bytes.length <= mostUserData, 'InvalidUserData.SizeExceeded', 'The specified UserData exceeds its size limit.')
}

interface Statement {
  readonly Effect?: string
  readonly Principal?: { readonly Service?: string | readonly string[] }
}

/** Handing a role to an instance is an action of its own, which the policies of the caller have to allow. */
function demandPassRole(name: string, { state, caller, accountId }: Context): void {
  const denied = authorize({
    state,
    caller,
    product: 'ram',
    action: 'PassRole',
    resources: [roleArn(accountId, name)],
    conditions: { 'acs:Service': 'ecs.aliyuncs.com' },
  })
  const message = 'The specified user is not allowed to pass the role to ECS.'
  if (denied) throw new Fault('InvalidUser.PassRoleForbidden', message, 403, denied.detail)
}

/**
 * Checks that a RAM role exists, lets ECS assume it, and may be handed on by the caller.
 * @throws Fault InvalidRamRole.NotFound, InvalidRamRole.NotEcsRole, InvalidUser.PassRoleForbidden
 */
export function demandEcsRole(name: string | undefined, context: Context): void {
  if (!name) return
  const role = context.state.roles.get(namedId(context.accountId, name))
  demand(role, 'InvalidRamRole.NotFound', 'The specified RamRoleName does not exist.', 404)
  const { Statement: statements = [] } = JSON.parse(role.trustPolicy) as { readonly Statement?: Statement | readonly Statement[] }
  const trusts = [statements]
    .flat()
    .some(({ Effect, Principal }) => Effect === 'Allow' && [Principal?.Service ?? []].flat().includes('ecs.aliyuncs.com'))
  demand(trusts, 'InvalidRamRole.NotEcsRole', 'The specified ram role is not authorized for ecs.', 404)
  demandPassRole(name, context)
}
