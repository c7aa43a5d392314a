import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { owned } from '../../owned.ts'
import type { SecurityGroup } from '../records.ts'

/**
 * The caller's security group of that id.
 * @throws Fault `code`, InvalidSecurityGroupId.NotFound by default
 */
export function groupOf(
  id: string,
  context: Pick<Context, 'state' | 'accountId' | 'regionId'>,
  code = 'InvalidSecurityGroupId.NotFound',
): SecurityGroup {
  const group = owned(context.state.securityGroups.get(id), context)
  demand(group, code, `The specified ${code.replace(/^Invalid|\.NotFound$/g, '')} does not exist.`)
  return group
}
