import { lifecycles as instances } from './ecs/instance/lifecycles.ts'
import { lifecycles as replay } from './gateway/replay.ts'
import { lifecycles as spot } from './ecs/instance/spot-reclaim.ts'
import { lifecycles as interfaces } from './ecs/network-interface/lifecycles.ts'
import type { Lifecycles } from './lifecycle.ts'
import { lifecycles as market } from './market/market.ts'
import { lifecycles as sessions } from './sts/sessions.ts'
import { lifecycles as networks } from './vpc/lifecycles.ts'

/** Every kind of transition. A part that schedules one lists what happens then in its `lifecycles`; add the part here. */
export const lifecycles: Lifecycles = { ...instances, ...interfaces, ...market, ...replay, ...sessions, ...spot, ...networks }
