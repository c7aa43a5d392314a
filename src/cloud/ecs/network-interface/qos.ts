import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import type { RateLimits } from './records.ts'
import { demandState, interfaceOf } from './find.ts'
import { putInterface } from './shape.ts'

/** Each limit: the least it can be and in what steps; bandwidth in Kbit/s, packets a second, sessions. */
const limits = {
  BandwidthTx: { field: 'bandwidthTx', least: 50_000, step: 1_000 },
  BandwidthRx: { field: 'bandwidthRx', least: 50_000, step: 1_000 },
  PpsTx: { field: 'ppsTx', least: 10_000, step: 10_000 },
  PpsRx: { field: 'ppsRx', least: 10_000, step: 10_000 },
  ConcurrentConnections: { field: 'concurrentConnections', least: 10_000, step: 10_000 },
} as const satisfies Record<string, { readonly field: keyof RateLimits; readonly least: number; readonly step: number }>

const names = Object.keys(limits) as readonly (keyof typeof limits)[]

/** Limits what passes through an interface; limits that it has already stay where none is given (unconfirmed). */
export const EnableNetworkInterfaceQoS = ecs('EnableNetworkInterfaceQoS', ['NetworkInterfaceId', 'QoS'], (input, context) => {
  const eni = interfaceOf(input.NetworkInterfaceId, context)
  demandState(eni, 'Available', 'InUse')
  const { QoS = {} } = input
  const given = names.filter((name) => QoS[name] !== undefined)
  demand(given.length > 0, 'MissingParameter', 'At least one limit of QoS must be specified.', 400)
  const asked: [string, number][] = given.map((name) => {
    const [value, { field, least, step }] = [QoS[name] ?? 0, limits[name]]
    const fits = Number.isSafeInteger(value) && value >= least && value % step === 0
    demand(fits, 'InvalidParameter', `The specified QoS.${name} is not ${least} or more in steps of ${step}.`, 400)
    return [field, value]
  })
  const rateLimits: RateLimits = { ...eni.rateLimits, ...Object.fromEntries(asked) }
  putInterface({ ...eni, rateLimits }, context.state)
  return {}
})

/** Of an interface without limits, nothing happens. */
export const DisableNetworkInterfaceQoS = ecs('DisableNetworkInterfaceQoS', ['NetworkInterfaceId'], (input, context) => {
  const { rateLimits: _, ...eni } = interfaceOf(input.NetworkInterfaceId, context)
  demandState(eni, 'Available', 'InUse')
  putInterface(eni, context.state)
  return {}
})

/** Limits as DescribeNetworkInterfaceAttribute shows them. */
export const rateLimitsView = (rateLimits: RateLimits | undefined) => ({
  EnableQoS: rateLimits !== undefined,
  ...(rateLimits && { QoS: Object.fromEntries(names.map((name) => [name, rateLimits[limits[name].field]])) }),
})
