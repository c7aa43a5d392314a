import { accessPoints } from '../../../api/access-points.ts'
import { toSeconds } from '../../../api/time.ts'
import { portTypes } from './connection-rules.ts'
import type { PhysicalConnection } from './records.ts'

/** How the port's speed is told. */
const specOf = (mbits: number): string => (mbits <= 1_000 ? '1G and below' : `${mbits / 1_000}G`)

/** A port has its number once one is allotted. */
const hasPort = (status: PhysicalConnection['status']) => ['Allocated', 'Confirmed', 'Enabled', 'Terminating'].includes(status)

/** What every answer about a connection shows. */
export const connectionView = (row: PhysicalConnection) => ({
  PhysicalConnectionId: row.id,
  Name: row.name,
  Description: row.description,
  Status: row.status,
  BusinessStatus: 'Normal',
  Type: 'VPC',
  ProductType: 'PhysicalConnection',
  Spec: specOf(portTypes.get(row.portType) ?? 0),
  PortType: row.portType,
  PortNumber: hasPort(row.status) ? row.id.slice(-4) : '',
  Bandwidth: row.bandwidth,
  AccessPointId: row.accessPointId,
  AccessPointType: 'VPC',
  AdLocation: accessPoints().get(row.accessPointId)?.Location['en-US'] ?? '',
  AdDetailLocation: accessPoints().get(row.accessPointId)?.Name['en-US'] ?? '',
  PeerLocation: row.peerLocation,
  LineOperator: row.lineOperator,
  CircuitCode: row.circuitCode,
  OpticalModuleModel: row.opticalModuleModel,
  DeviceFeaturesSelected: row.deviceFeatures.join(','),
  DownDelayTime: row.downDelayMs,
  RedundantPhysicalConnectionId: row.redundantId,
  ChargeType: 'Prepaid',
  OrderMode: 'PayByPhysicalConnectionOwner',
  CreationTime: toSeconds(row.createdAt),
  EnabledTime: row.enabledAt === undefined ? '' : toSeconds(row.enabledAt),
  EndTime: '',
  LoaStatus: 'Available',
  ExpectSpec: '',
  QosId: '',
  MacsecKeys: { MacsecKey: [] },
  ParentPhysicalConnectionId: '',
  VirtualPhysicalConnectionCount: 0,
  VlanId: '',
  VpconnStatus: '',
  HasReservationData: 'false',
  ReservationActiveTime: '',
  ReservationInternetChargeType: '',
  ReservationOrderType: '',
  ResourceGroupId: row.resourceGroupId,
  Tags: { tags: row.tags.map(({ key, value }) => ({ Key: key, Value: value })) },
})
