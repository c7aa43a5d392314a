import { demandResourceGroup } from '../../ecs/instance/places.ts'
import { newTags } from '../../ecs/tags.ts'
import { demandOneOf } from '../../ecs/values.ts'
import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { vpc } from '../../operation.ts'
import { putConnection } from './connection-life.ts'
import { demandDescribed, demandModule, demandRedundant, portTypes } from './connection-rules.ts'
import { accessPointOf, connectionOf } from './find.ts'
import type { ConnectionStatus, PhysicalConnection } from './records.ts'

/** Connections of an account in one region that are not Enabled. */
const mostUnused = 5
const defaultPort = '1000Base-T'
const mostFeatures = 10

/**
 * Applies for a connection. That it is approved, allotted a port and confirmed is done by people elsewhere and on the clock here:
 * it is Allocated after half a minute and Confirmed ten minutes later, or when ConfirmPhysicalConnection says so.
 * An application for another country's kind of carrier is Rejected, and one for a port that the access point has not, fails.
 */
export const CreatePhysicalConnection = vpc(
  'CreatePhysicalConnection',
  [
    'AccessPointId',
    'bandwidth',
    'CircuitCode',
    'Description',
    'DeviceAdvancedCapacity',
    'LineOperator',
    'Name',
    'OpticalModuleModel',
    'PeerLocation',
    'PortType',
    'RedundantPhysicalConnectionId',
    'ResourceGroupId',
    'Tag',
    'Type',
  ],
  (input, context) => {
    const { state, accountId, regionId, random, now } = context
    const point = accessPointOf(input.AccessPointId, regionId)
    const open = point.Status === 'recommended' || point.Status === 'hot'
    demand(open, 'InvalidAccessPointId.NotEnabled', 'The access point takes no more connections.')
    demandOneOf(input.Type, ['VPC'], 'Type', 'InvalidType.Malformd')
    demandDescribed(input)
    const portType = input.PortType || defaultPort
    demandModule(input.OpticalModuleModel, portType)
    demandRedundant(input.RedundantPhysicalConnectionId, undefined, context)
    const features = input.DeviceAdvancedCapacity ?? []
    const fits = features.length <= mostFeatures && features.every((feature) => /^\w{1,64}$/.test(feature))
    demand(fits, 'InvalidParameter', 'The specified DeviceAdvancedCapacity is not valid.')
    const unused = state.physicalConnections.select({ accountId, regionId, where: ({ status }) => status !== 'Enabled' }).length
    demand(unused < mostUnused, 'QuotaExceeded', `At most ${mostUnused} connections of a region can be other than Enabled.`)
    const row: PhysicalConnection = {
      id: newId('pc', regionId, random),
      accountId,
      regionId,
      name: input.Name ?? '',
      description: input.Description ?? '',
      accessPointId: point.AccessPointId,
      lineOperator: input.LineOperator,
      peerLocation: input.PeerLocation ?? '',
      portType,
      bandwidth: input.bandwidth ?? portTypes.get(portType) ?? 0,
      circuitCode: input.CircuitCode ?? '',
      opticalModuleModel: input.OpticalModuleModel ?? '',
      deviceFeatures: features,
      downDelayMs: 0,
      redundantId: input.RedundantPhysicalConnectionId ?? '',
      status: 'Initial',
      enabling: false,
      enabledAt: undefined,
      resourceGroupId: demandResourceGroup(input.ResourceGroupId),
      createdAt: now,
      tags: newTags(input.Tag),
    }
    putConnection(row, context)
    return { PhysicalConnectionId: row.id }
  },
)

const fixedIn: ReadonlySet<ConnectionStatus> = new Set(['Canceled', 'Allocating', 'Allocation Failed', 'Terminating', 'Terminated'])
const specIn: ReadonlySet<ConnectionStatus> = new Set(['Initial', 'Enabled', 'Rejected'])

/** Changes what is given. One that was Rejected is applied for again. */
export const ModifyPhysicalConnectionAttribute = vpc(
  'ModifyPhysicalConnectionAttribute',
  [
    'PhysicalConnectionId',
    'bandwidth',
    'CircuitCode',
    'Description',
    'DownDelayTime',
    'LineOperator',
    'Name',
    'PeerLocation',
    'PortType',
    'RedundantPhysicalConnectionId',
  ],
  (input, context) => {
    const row = connectionOf(input.PhysicalConnectionId, context)
    const { RedundantPhysicalConnectionId: redundantId, DownDelayTime: delay = row.downDelayMs } = input
    demand(!fixedIn.has(row.status), 'Forbidden.NotAllowedInState', `A connection that is ${row.status} cannot be changed.`)
    const respecified = [input.PortType, input.bandwidth, redundantId].some((given) => given !== undefined)
    const free = !respecified || specIn.has(row.status)
    demand(
      free,
      'Forbidden.NotAllowedInState',
      'Its spec and its redundant connection are changed while it is Initial, Enabled or Rejected.',
    )
    demandDescribed(input)
    demandRedundant(redundantId, row.id, context)
    const steps = Number.isInteger(delay / 100) && delay >= 0 && delay <= 10_000
    demand(steps, 'InvalidParameter', 'The specified DownDelayTime is not valid.')
    const portType = input.PortType || row.portType
    demandModule(row.opticalModuleModel, portType)
    const changed: PhysicalConnection = {
      ...row,
      name: input.Name ?? row.name,
      description: input.Description ?? row.description,
      lineOperator: input.LineOperator || row.lineOperator,
      peerLocation: input.PeerLocation ?? row.peerLocation,
      portType,
      bandwidth: input.bandwidth ?? (portType === row.portType ? row.bandwidth : (portTypes.get(portType) ?? 0)),
      circuitCode: input.CircuitCode ?? row.circuitCode,
      downDelayMs: delay,
      redundantId: redundantId ?? row.redundantId,
    }
    if (row.status === 'Rejected') putConnection({ ...changed, status: 'Initial' }, context)
    else context.state.physicalConnections.put(changed)
    return {}
  },
)
