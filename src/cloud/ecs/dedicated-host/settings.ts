import { demand } from '../../fault.ts'
import { demandOneOf, demandStrictDescription, demandStrictName } from '../values.ts'
import type { DedicatedHost } from './records.ts'
import type { HostType } from './types.ts'

/** What can be said of a host when it is allocated and at any time after. */
export interface SettingsInput {
  readonly DedicatedHostName?: string | undefined
  readonly Description?: string | undefined
  readonly AutoPlacement?: string | undefined
  readonly ActionOnMaintenance?: string | undefined
  readonly CpuOverCommitRatio?: number | undefined
  readonly NetworkAttributes?: { readonly SlbUdpTimeout?: number | undefined; readonly UdpTimeout?: number | undefined } | undefined
}

type Settings = Pick<
  DedicatedHost,
  'hostName' | 'description' | 'autoPlacement' | 'actionOnMaintenance' | 'cpuOverCommitRatio' | 'slbUdpTimeout' | 'udpTimeout'
>

/** Both allocating and changing honour these. */
export const settingsParameters = [
  'DedicatedHostName',
  'Description',
  'AutoPlacement',
  'ActionOnMaintenance',
  'CpuOverCommitRatio',
  'NetworkAttributes.SlbUdpTimeout',
  'NetworkAttributes.UdpTimeout',
] as const

/** A host with local disks stops its instances by default: their data would not come along. */
export const usualSettings = ({ disks, overCommit = 1 }: HostType): Settings => ({
  hostName: '',
  description: '',
  autoPlacement: 'on',
  actionOnMaintenance: disks ? 'Stop' : 'Migrate',
  cpuOverCommitRatio: overCommit,
})

function timeout(seconds: number | undefined, code: string): number | undefined {
  const fits = seconds === undefined || (Number.isInteger(seconds) && seconds >= 15 && seconds <= 310)
  demand(fits, code, 'The specified timeout is not from 15 to 310 seconds.')
  return seconds
}

/** Only custom families are oversold; what a ratio is refused with is unconfirmed. */
function ratioOf(ratio: number | undefined, { overCommit }: HostType): number | undefined {
  demand(ratio === undefined || overCommit !== undefined, 'InvalidParameter', 'The host type knows no CpuOverCommitRatio.')
  demand(ratio === undefined || (ratio >= 1 && ratio <= 5), 'InvalidParameter', 'The specified CpuOverCommitRatio is not from 1 to 5.')
  return ratio
}

/**
 * The settings of a host after a call that says some of them.
 * @throws Fault InvalidDedicatedHostName.Malformed, InvalidDescription.Malformed, InvalidParameter.SlbUdpTimeout,
 * InvalidParameter.UdpTimeout, InvalidParameter
 */
export function settled(input: SettingsInput, before: Settings, kind: HostType): Settings {
  demandStrictName(input.DedicatedHostName, 'DedicatedHostName', 'InvalidDedicatedHostName.Malformed', 400)
  demandStrictDescription(input.Description, 'InvalidDescription.Malformed')
  demandOneOf(input.AutoPlacement, ['on', 'off'], 'AutoPlacement', 'InvalidParameter')
  demandOneOf(input.ActionOnMaintenance, ['Migrate', 'Stop'], 'ActionOnMaintenance', 'InvalidParameter')
  const { SlbUdpTimeout, UdpTimeout } = input.NetworkAttributes ?? {}
  return {
    hostName: input.DedicatedHostName || before.hostName,
    description: input.Description ?? before.description,
    autoPlacement: input.AutoPlacement ? (input.AutoPlacement === 'on' ? 'on' : 'off') : before.autoPlacement,
    actionOnMaintenance: input.ActionOnMaintenance
      ? input.ActionOnMaintenance === 'Stop'
        ? 'Stop'
        : 'Migrate'
      : before.actionOnMaintenance,
    cpuOverCommitRatio: ratioOf(input.CpuOverCommitRatio, kind) ?? before.cpuOverCommitRatio,
    slbUdpTimeout: timeout(SlbUdpTimeout, 'InvalidParameter.SlbUdpTimeout') ?? before.slbUdpTimeout,
    udpTimeout: timeout(UdpTimeout, 'InvalidParameter.UdpTimeout') ?? before.udpTimeout,
  }
}
