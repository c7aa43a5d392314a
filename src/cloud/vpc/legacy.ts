import { ecs } from '../operation.ts'
import { monitorData, monitorParameters } from './eip/monitor.ts'

/**
 * The VPC operations that the ECS catalogue of 2014 still holds. Their inputs are parts of today's, by name and type,
 * so the same handlers serve both; today's answers hold all that the old ones did.
 */
export { AllocateEipAddress, ModifyEipAddressAttribute, ReleaseEipAddress } from './eip/allocate.ts'
export { AssociateEipAddress, UnassociateEipAddress } from './eip/associate.ts'
export { DescribeEipAddresses } from './eip/describe.ts'
export { DescribeEipMonitorData } from './eip/monitor.ts'
export { DescribeAccessPoints } from './express-connect/access-points-of-ecs.ts'
export { ModifyVirtualBorderRouterAttribute } from './express-connect/border-router-change.ts'
export { DescribeVirtualBorderRouters, DescribeVirtualBorderRoutersForPhysicalConnection } from './express-connect/border-router-list.ts'
export {
  DeleteVirtualBorderRouter,
  RecoverVirtualBorderRouter,
  TerminateVirtualBorderRouter,
} from './express-connect/border-router-states.ts'
export { CreateVirtualBorderRouter } from './express-connect/border-routers.ts'
export { DescribePhysicalConnections } from './express-connect/connection-list.ts'
export {
  CancelPhysicalConnection,
  DeletePhysicalConnection,
  EnablePhysicalConnection,
  TerminatePhysicalConnection,
} from './express-connect/connection-states.ts'
export { ModifyRouterInterfaceAttribute, ModifyRouterInterfaceSpec } from './express-connect/interface-change.ts'
export { DescribeRouterInterfaces } from './express-connect/interface-list.ts'
export {
  ActivateRouterInterface,
  ConnectRouterInterface,
  DeactivateRouterInterface,
  DeleteRouterInterface,
} from './express-connect/interface-states.ts'
export { CreatePhysicalConnection, ModifyPhysicalConnectionAttribute } from './express-connect/physical-connections.ts'
export { CreateRouterInterface } from './express-connect/router-interfaces.ts'
export { AssociateHaVip, UnassociateHaVip } from './ha-vip/associate.ts'
export { CreateHaVip, DeleteHaVip, DescribeHaVips, ModifyHaVipAttribute } from './ha-vip/ha-vips.ts'
export { DeleteNatGateway } from './nat-gateway/delete.ts'
export { CreateForwardEntry, DeleteForwardEntry, DescribeForwardTableEntries, ModifyForwardEntry } from './nat-gateway/forward-entries.ts'
export { CreateRouteEntry, DeleteRouteEntry } from './route-changes.ts'
export { DescribeRouteTables, DescribeVRouters, ModifyVRouterAttribute } from './route-tables.ts'
export { DescribeVpcs } from './describe-vpcs.ts'
export { CreateVpc, DeleteVpc, ModifyVpcAttribute } from './vpcs.ts'
export { CreateVSwitch, DeleteVSwitch, DescribeVSwitches, ModifyVSwitchAttribute } from './vswitches.ts'

/** The one that today's catalogue has no more: it answers as DescribeEipMonitorData does. */
export const DescribeNewProjectEipMonitorData = ecs('DescribeNewProjectEipMonitorData', monitorParameters, monitorData)
