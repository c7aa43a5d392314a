import type { Row } from '../../engine/table.ts'
import { demand } from '../../fault.ts'
import { instanceIdOf } from '../../ids.ts'
import type { Context } from '../../operation.ts'
import { owned } from '../../owned.ts'
import type { State } from '../../state.ts'
import type { TaggedTable } from '../../tagging.ts'
import type { Instance } from '../records.ts'
import type { InterfaceStatus, NetworkInterface } from './records.ts'
import { primaryOf, putInterface } from './shape.ts'

type Seen = Pick<Context, 'state' | 'accountId' | 'regionId'>

/** The interface of that id, primary or secondary, whoever owns it. */
export function anyInterface(id: string, state: State): NetworkInterface | undefined {
  const secondary = state.networkInterfaces.get(id)
  if (secondary !== undefined) return secondary
  const instance = state.instances.get(instanceIdOf(id))
  return instance && primaryOf(instance)
}

/**
 * The caller's interface of that id, primary or secondary.
 * @throws Fault InvalidEniId.NotFound
 */
export function interfaceOf(id: string, context: Seen): NetworkInterface {
  const eni = owned(anyInterface(id, context.state), context)
  demand(eni, 'InvalidEniId.NotFound', 'The specified NetworkInterfaceId does not exist.')
  return eni
}

/** @throws Fault InvalidOperation.InvalidEniState unless it is in one of these states */
export const demandState = (eni: NetworkInterface, ...statuses: readonly InterfaceStatus[]): void =>
  demand(statuses.includes(eni.status), 'InvalidOperation.InvalidEniState', 'The state of the network interface does not allow this.')

/**
 * The caller's instance, in a state in which its interfaces can change.
 * @throws Fault InvalidEcsId.NotFound, InvalidOperation.InvalidEcsState
 */
export function settledInstanceOf(id: string, context: Seen): Instance {
  const instance = owned<Instance>(context.state.instances.get(id), context)
  demand(instance, 'InvalidEcsId.NotFound', 'The specified InstanceId does not exist.')
  const settled = (instance.status === 'Running' || instance.status === 'Stopped') && !instance.releasing
  demand(settled, 'InvalidOperation.InvalidEcsState', 'The state of the instance does not allow this.')
  return instance
}

/** All interfaces as a table of what carries tags. */
export const taggedInterfaces = (state: State): TaggedTable => ({
  get: (id) => anyInterface(id, state),
  put: (row) => putInterface(row as Row & NetworkInterface, state),
  select: ({ ids, where, ...scope }) => [
    ...state.networkInterfaces.select({ ...scope, ids, where }),
    ...state.instances
      .select({ ...scope, ids: ids?.map(instanceIdOf) })
      .map(primaryOf)
      .filter((eni) => where === undefined || where(eni)),
  ],
})
