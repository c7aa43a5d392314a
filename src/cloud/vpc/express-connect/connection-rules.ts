import { demandOneOf } from '../../ecs/values.ts'
import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { owned } from '../../owned.ts'
import type { PhysicalConnection } from './records.ts'
import { demandTexts } from './texts.ts'

/** Types of ports, with the Mbit/s of each. */
export const portTypes: ReadonlyMap<string, number> = new Map([
  ['100Base-T', 100],
  ['1000Base-T', 1_000],
  ['1000Base-LX', 1_000],
  ['10GBase-T', 10_000],
  ['10GBase-LR', 10_000],
  ['40GBase-LR', 40_000],
  ['100GBase-LR', 100_000],
])

/** Optical modules, by the type of port that they go with. */
const opticalModules: ReadonlyMap<string, readonly string[]> = new Map([
  ['1000Base-LX', ['SFP-GE-LR-SM1310,10KM', 'SFP-GE-ER-SM1310,40KM', 'SFP-GE-ZR-SM1550,80KM']],
  ['10GBase-LR', ['SFP-10G-LR-SM1310,10KM', 'SFP-10G-ER-SM1550,40KM', 'SFP-10G-ZR-SM1550,80KM']],
  ['40GBase-LR', ['QSFP-40G-LR4-WDM1300,10KM', 'QSFP-40G-ER4-WDM1300,40KM', 'QSFP-40G-ZR4-WDM1300,80KM']],
  ['100GBase-LR', ['QSFP28-100G-LR4-WDM1300,10KM', 'QSFP28-100G-ER4-WDM1300,40KM', 'QSFP28-100G-ZR4-WDM1300,80KM']],
])

const lineOperators = ['CT', 'CU', 'CM', 'CO', 'Equinix', 'Other']
const mostText = 256

interface Described {
  readonly Name?: string | undefined
  readonly Description?: string | undefined
  readonly LineOperator?: string | undefined
  readonly PeerLocation?: string | undefined
  readonly PortType?: string | undefined
  readonly CircuitCode?: string | undefined
  readonly bandwidth?: number | undefined
}

/** @throws Fault InvalidCircuitCode.Malformed (that it takes up to 64 characters is unconfirmed) */
export const demandCircuitCode = (code: string | undefined): void =>
  demand((code ?? '').length <= 64, 'InvalidCircuitCode.Malformed', 'The specified CircuitCode is not valid.')

/**
 * What is given for a connection, whether it is made or changed. Codes without their last e are spelt so.
 * @throws Fault InvalidLineOperator.Malformd, InvalidPortType.Malformd, InvalidPeerLocation.Malformd, InvalidCircuitCode.Malformed,
 * InvalidParameter for a bandwidth other than 2 to 10240 Mbit/s (unconfirmed), and those of `demandTexts`
 */
export function demandDescribed(input: Described): void {
  demandTexts(input)
  demandOneOf(input.LineOperator, lineOperators, 'LineOperator', 'InvalidLineOperator.Malformd')
  demandOneOf(input.PortType, [...portTypes.keys()], 'PortType', 'InvalidPortType.Malformd')
  const place = input.PeerLocation ?? ''
  const fits = place.length <= mostText && !/^https?:\/\//.test(place)
  demand(fits, 'InvalidPeerLocation.Malformd', 'The specified PeerLocation is not valid.')
  demandCircuitCode(input.CircuitCode)
  const { bandwidth: mbits = 2 } = input
  demand(Number.isInteger(mbits) && mbits >= 2 && mbits <= 10_240, 'InvalidParameter', 'The specified bandwidth is not valid.')
}

/** @throws Fault InvalidParameter (unconfirmed) for a module that does not go with the type of port */
export function demandModule(model: string | undefined, portType: string): void {
  const fits = !model || opticalModules.get(portType)?.includes(model) === true
  demand(fits, 'InvalidParameter', 'The specified OpticalModuleModel does not go with the PortType.')
}

/** @throws Fault InvalidRedundantPhysicalConnection.NotFound (unconfirmed), Invalid.Status for one that is neither allotted nor in use */
export function demandRedundant(id: string | undefined, self: string | undefined, context: Context): void {
  if (!id) return
  const other: PhysicalConnection | undefined = owned(context.state.physicalConnections.get(id), context)
  const exists = other !== undefined && id !== self
  demand(exists, 'InvalidRedundantPhysicalConnection.NotFound', 'The specified RedundantPhysicalConnectionId does not exist.')
  const ready = ['Allocated', 'Confirmed', 'Enabled'].includes(other.status)
  demand(ready, 'Invalid.Status', 'The redundant connection is not Allocated, Confirmed or Enabled.')
}
