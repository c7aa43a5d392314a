import type { Row } from '../../engine/table.ts'
import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { page } from '../../paging.ts'
import type { NetworkInterface } from './records.ts'
import { demandOneOf } from '../values.ts'
import { anyInterface, interfaceOf } from './find.ts'
import { durations } from './lifecycles.ts'

/** What an account lets another one do with one of its interfaces. It is of the account and region of the interface. */
export interface InterfacePermission extends Row {
  readonly networkInterfaceId: string
  /** The account that may. */
  readonly grantee: string
}

/** The only one there is: the interface may be attached to the other account's instances in its zone. */
const attach = 'InstanceAttach'

const permissionView = ({ id, networkInterfaceId, grantee }: InterfacePermission) => ({
  NetworkInterfacePermissionId: id,
  NetworkInterfaceId: networkInterfaceId,
  AccountId: Number(grantee),
  Permission: attach,
  // Given at once, and gone at once when it is taken back (unconfirmed).
  PermissionState: 'Granted',
  ServiceName: 'Elastic Compute Service',
})

const permissionsOf = ({ state }: Pick<Context, 'state'>, networkInterfaceId: string) =>
  state.interfacePermissions.by('networkInterface', networkInterfaceId)

/** Granting what is granted answers with what there is (unconfirmed). */
export const CreateNetworkInterfacePermission = ecs(
  'CreateNetworkInterfacePermission',
  ['NetworkInterfaceId', 'AccountId', 'Permission'],
  (input, context) => {
    const { state, random, accountId } = context
    const eni = interfaceOf(input.NetworkInterfaceId, context)
    demandOneOf(input.Permission, [attach], 'Permission', 'InvalidParameter')
    demand(eni.type === 'Secondary', 'InvalidOperation.InvalidEniType', 'A primary network interface stays with its instance.')
    const grantee = String(input.AccountId)
    // The codes are unconfirmed.
    demand(grantee !== accountId, 'InvalidParameter', 'An account needs no permission for its own network interface.')
    demand(state.accounts.get(grantee), 'InvalidAccount.NotFound', 'The specified account does not exist.')
    const there = permissionsOf(context, eni.id).find((one) => one.grantee === grantee)
    const id = there?.id ?? newId('eni-perm', eni.regionId, random)
    const granted = there ?? state.interfacePermissions.put({ id, accountId, regionId: eni.regionId, networkInterfaceId: eni.id, grantee })
    return { NetworkInterfacePermission: permissionView(granted) }
  },
)

const mostIds = 100

export const DescribeNetworkInterfacePermissions = ecs(
  'DescribeNetworkInterfacePermissions',
  ['NetworkInterfaceId', 'NetworkInterfacePermissionId', 'PageNumber', 'PageSize'],
  (input, { state, accountId, regionId }) => {
    const ids = input.NetworkInterfacePermissionId?.length ? input.NetworkInterfacePermissionId : undefined
    const asked = input.NetworkInterfaceId || ids
    demand(asked, 'MissingParameter', 'One of NetworkInterfaceId and NetworkInterfacePermissionId.N must be specified.')
    demand((ids?.length ?? 0) <= mostIds, 'InvalidParameter', `At most ${mostIds} NetworkInterfacePermissionId can be given.`)
    const by = { networkInterface: input.NetworkInterfaceId || undefined }
    const { rows, fields } = page(state.interfacePermissions.list({ accountId, regionId, ids, by }), input, { maxSize: 100 })
    const { NextToken: _token, ...counts } = fields
    return { NetworkInterfacePermissions: { NetworkInterfacePermission: rows.map(permissionView) }, ...counts }
  },
)

/** While the other account uses the interface, only force takes the permission back: the interface is detached then (unconfirmed). */
export const DeleteNetworkInterfacePermission = ecs(
  'DeleteNetworkInterfacePermission',
  ['NetworkInterfacePermissionId', 'Force'],
  (input, context) => {
    const { state, schedule } = context
    const permission = owned(state.interfacePermissions.get(input.NetworkInterfacePermissionId), context)
    demand(permission, 'InvalidParameter', 'The specified NetworkInterfacePermissionId does not exist.')
    const eni = state.networkInterfaces.get(permission.networkInterfaceId)
    const used = eni !== undefined && state.instances.get(eni.instanceId)?.accountId === permission.grantee
    if (used) {
      const settled = input.Force === true && (eni.status === 'InUse' || eni.status === 'Detaching')
      demand(settled, 'InvalidOperation.InvalidEniState', 'The network interface is attached to an instance of the other account.')
      state.networkInterfaces.put({ ...eni, status: 'Detaching' })
      schedule('networkInterface.detached', eni.id, durations.detach)
    }
    state.interfacePermissions.delete(permission.id)
    return {}
  },
)

/**
 * An interface that the caller may attach and detach: its own, or one that another account has let it have.
 * @throws Fault InvalidEniId.NotFound
 */
export function attachableInterface(id: string, context: Context): NetworkInterface {
  const eni = anyInterface(id, context.state)
  const here = eni !== undefined && eni.regionId === context.regionId
  const granted = here && permissionsOf(context, id).some(({ grantee }) => grantee === context.accountId)
  return granted ? eni : interfaceOf(id, context)
}
