import { lifecycles as terminals } from './ecs/assistant/sessions.ts'
import { lifecycles as provisioning } from './ecs/auto-provisioning-group/life.ts'
import { lifecycles as hosts } from './ecs/dedicated-host/life.ts'
import { lifecycles as diagnosticReports } from './ecs/diagnostic/reports.ts'
import { lifecycles as disks } from './ecs/disk/lifecycles.ts'
import { lifecycles as events } from './ecs/events/lifecycles.ts'
import { lifecycles as imagePipelines } from './ecs/image/executions.ts'
import { lifecycles as images } from './ecs/image/lifecycles.ts'
import { lifecycles as invocations } from './ecs/invocation/lifecycles.ts'
import { lifecycles as instances } from './ecs/instance/lifecycles.ts'
import { lifecycles as redeploys } from './ecs/instance/redeploy.ts'
import { lifecycles as replay } from './gateway/replay.ts'
import { lifecycles as renewals } from './ecs/instance/renewal-life.ts'
import { lifecycles as specs } from './ecs/instance/spec-life.ts'
import { lifecycles as spot } from './ecs/instance/spot-reclaim.ts'
import { lifecycles as interfaces } from './ecs/network-interface/lifecycles.ts'
import { lifecycles as privatePools } from './ecs/private-pool/life.ts'
import { lifecycles as reservedInstances } from './ecs/reserved-instance/life.ts'
import { lifecycles as savingsPlans } from './ecs/savings-plan/life.ts'
import { lifecycles as snapshots } from './ecs/snapshot/lifecycles.ts'
import { lifecycles as storageCapacityUnits } from './ecs/storage-capacity-unit/life.ts'
import { lifecycles as storageChannels } from './ecs/storage-channel/life.ts'
import { lifecycles as tasks } from './ecs/task/begin.ts'
import { lifecycles as eips } from './vpc/eip/lifecycles.ts'
import { lifecycles as borderRouters } from './vpc/express-connect/border-router-life.ts'
import { lifecycles as physicalConnections } from './vpc/express-connect/connection-life.ts'
import { lifecycles as routerInterfaces } from './vpc/express-connect/interface-life.ts'
import { lifecycles as bandwidthPackages } from './vpc/bandwidth-package/life.ts'
import { lifecycles as haVips } from './vpc/ha-vip/life.ts'
import { lifecycles as natGateways } from './vpc/nat-gateway/life.ts'
import type { Lifecycles } from './lifecycle.ts'
import { lifecycles as market } from './market/market.ts'
import { lifecycles as sessions } from './sts/sessions.ts'
import { lifecycles as networks } from './vpc/lifecycles.ts'

/** Every kind of transition. A part that schedules one lists what happens then in its `lifecycles`; add the part here. */
export const lifecycles: Lifecycles = {
  ...borderRouters,
  ...bandwidthPackages,
  ...diagnosticReports,
  ...disks,
  ...hosts,
  ...events,
  ...imagePipelines,
  ...images,
  ...redeploys,
  ...snapshots,
  ...instances,
  ...invocations,
  ...interfaces,
  ...eips,
  ...haVips,
  ...market,
  ...natGateways,
  ...physicalConnections,
  ...privatePools,
  ...provisioning,
  ...renewals,
  ...replay,
  ...reservedInstances,
  ...routerInterfaces,
  ...savingsPlans,
  ...sessions,
  ...specs,
  ...storageCapacityUnits,
  ...storageChannels,
  ...tasks,
  ...terminals,
  ...spot,
  ...networks,
}
