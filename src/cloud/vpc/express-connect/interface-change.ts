import { demand } from '../../fault.ts'
import { vpc } from '../../operation.ts'
import { interfaceOf } from './find.ts'
import { putInterface } from './interface-life.ts'
import * as rules from './interface-rules.ts'
import { demandSpec } from './interface-spec.ts'
import type { InterfaceStatus, Opposite } from './records.ts'
import { demandTexts } from './texts.ts'

const atRest: ReadonlySet<InterfaceStatus> = new Set(['Idle', 'Active', 'Inactive'])

const isCount = (value: number, most: number) => Number.isInteger(value) && value >= 1 && value <= most

/** Changes what is given. Once connected, an end keeps what it was told of the other. */
export const ModifyRouterInterfaceAttribute = vpc(
  'ModifyRouterInterfaceAttribute',
  [
    'RouterInterfaceId',
    'Name',
    'Description',
    'OppositeInterfaceId',
    'OppositeInterfaceOwnerId',
    'OppositeRouterId',
    'OppositeRouterType',
    'HealthCheckSourceIp',
    'HealthCheckTargetIp',
    'DeleteHealthCheckIp',
    'HcRate',
    'HcThreshold',
  ],
  (input, context) => {
    const row = interfaceOf(input.RouterInterfaceId, context)
    demand(atRest.has(row.status), 'IncorrectStatus', `A router interface that is ${row.status} cannot be changed.`, 400)
    rules.demandPaid(row, 'Forbidden.FinancialLocked')
    demandTexts(input, 'InvalidName.Malformd')
    const opposite: Opposite = {
      ...row.opposite,
      interfaceId: input.OppositeInterfaceId ?? row.opposite.interfaceId,
      routerId: input.OppositeRouterId ?? row.opposite.routerId,
      routerType: rules.oppositeTypeOf(input.OppositeRouterType, row.opposite.routerType),
      ownerId: input.OppositeInterfaceOwnerId === undefined ? row.opposite.ownerId : String(input.OppositeInterfaceOwnerId),
    }
    rules.demandAccountId(opposite.ownerId)
    rules.demandOppositeIds(opposite)
    const same = (Object.keys(opposite) as (keyof Opposite)[]).every((name) => opposite[name] === row.opposite[name])
    demand(same || row.status === 'Idle', 'IncorrectStatus', 'What an interface is connected with is changed while it is Idle.', 400)
    const checks = { HealthCheckSourceIp: row.healthCheckSourceIp, HealthCheckTargetIp: row.healthCheckTargetIp }
    const { HealthCheckSourceIp = checks.HealthCheckSourceIp, HealthCheckTargetIp = checks.HealthCheckTargetIp } = input
    rules.demandHealthCheck({ HealthCheckSourceIp, HealthCheckTargetIp })
    const { HcRate = row.healthCheckRateMs, HcThreshold = row.healthCheckThreshold, DeleteHealthCheckIp: none } = input
    // Which rates and thresholds are taken is unconfirmed.
    demand(isCount(HcRate, 60_000) && isCount(HcThreshold, 100), 'InvalidParameter', 'The specified HcRate or HcThreshold is not valid.')
    context.state.routerInterfaces.put({
      ...row,
      name: input.Name ?? row.name,
      description: input.Description ?? row.description,
      opposite,
      healthCheckSourceIp: none === true ? '' : HealthCheckSourceIp,
      healthCheckTargetIp: none === true ? '' : HealthCheckTargetIp,
      healthCheckRateMs: HcRate,
      healthCheckThreshold: HcThreshold,
      modifiedAt: context.now,
    })
    return {}
  },
)

/** One that is Active is Activating for a moment. */
export const ModifyRouterInterfaceSpec = vpc('ModifyRouterInterfaceSpec', ['RouterInterfaceId', 'Spec'], (input, context) => {
  const row = interfaceOf(input.RouterInterfaceId, context)
  demandSpec(input.Spec, row.role)
  rules.demandPaid(row, 'Forbidden.FinancialLocked')
  demand(atRest.has(row.status), 'InvalidInstance.StatusError', `A router interface that is ${row.status} cannot be changed.`)
  putInterface({ ...row, spec: input.Spec, status: row.status === 'Active' ? 'Activating' : row.status, modifiedAt: context.now }, context)
  return { Spec: input.Spec }
})
