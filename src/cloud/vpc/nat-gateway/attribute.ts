import { demandOneOf } from '../../ecs/values.ts'
import { demand } from '../../fault.ts'
import { type Context, vpc } from '../../operation.ts'
import { privateAddress } from '../free-address.ts'
import { demandAvailable, natGatewayOf } from './find.ts'
import { durations } from './life.ts'
import type { NatGateway } from './records.ts'

/** Names and descriptions of one that is there may be shorter than those of a new one. */
function demandTexts(texts: { readonly Name?: string | undefined; readonly Description?: string | undefined }): void {
  for (const [parameter, text] of Object.entries({ Name: texts.Name, Description: texts.Description }))
    demand(
      text === undefined || (text.length <= (parameter === 'Name' ? 128 : 256) && !/^https?:\/\//.test(text)),
      `InvalidParameter.${parameter}.Malformed`,
      `The specified ${parameter} is not valid.`,
      400,
    )
}

interface Logs {
  readonly EnableSessionLog?: boolean | undefined
  readonly LogDelivery?: { readonly LogDeliveryType?: string | undefined; readonly LogDestination?: string | undefined } | undefined
}

const destinationForm = /^acs:log:[\w-]+:\d+:project\/[\w-]+\/logstore\/[\w-]+$/

/** Where it writes its sessions, or undefined to where nothing was said. The codes are unconfirmed. */
function logOf({ EnableSessionLog, LogDelivery }: Logs, row: NatGateway): NatGateway['sessionLog'] {
  if (EnableSessionLog === false) return undefined
  if (EnableSessionLog === undefined && LogDelivery === undefined) return row.sessionLog
  const { LogDeliveryType: type = 'sls', LogDestination: destination = row.sessionLog?.destination ?? '' } = LogDelivery ?? {}
  demandOneOf(type, ['sls'], 'LogDelivery.LogDeliveryType', 'InvalidParameter')
  demand(destinationForm.test(destination), 'InvalidParameter', 'The specified LogDelivery.LogDestination is not valid.')
  return { type, destination }
}

/** Goes over to `NAT` mode, in which each elastic address takes one of the vSwitch's. There is no way back. */
function inNatMode(row: NatGateway, context: Context): NatGateway {
  const { state } = context
  const vSwitch = state.vSwitches.get(row.vSwitchId)
  demand(vSwitch, 'OperationDenied', 'The NAT gateway lies in no vSwitch.', 400)
  let changed: NatGateway = { ...row, eipBindMode: 'NAT', status: 'Modifying' }
  for (const eip of state.eips.by('boundTo', row.id)) {
    const address = privateAddress(undefined, 'NatIp', vSwitch, context)
    changed = state.natGateways.put({ ...changed, addresses: [...changed.addresses, address] })
    state.eips.put({ ...eip, privateIpAddress: address, mode: 'NAT' })
  }
  context.schedule('natGateway.available', row.id, durations.modify)
  return changed
}

/** Changes what is given and leaves the rest. */
export const ModifyNatGatewayAttribute = vpc(
  'ModifyNatGatewayAttribute',
  [
    'NatGatewayId',
    'Name',
    'Description',
    'EipBindMode',
    'IcmpReplyEnabled',
    'EnableSessionLog',
    'LogDelivery.LogDeliveryType',
    'LogDelivery.LogDestination',
  ],
  (input, context) => {
    const row = natGatewayOf(input.NatGatewayId, context)
    demandAvailable(row)
    demandTexts(input)
    const asked = input.EipBindMode || row.eipBindMode
    demand(asked === row.eipBindMode || asked === 'NAT', 'InvalidParameter', 'EipBindMode can be changed to NAT alone.')
    const { sessionLog: _, ...rest } = asked === row.eipBindMode ? row : inNatMode(row, context)
    const sessionLog = logOf(input, row)
    const { Name = row.name, Description = row.description, IcmpReplyEnabled = row.icmpReplyEnabled } = input
    const changed = { ...rest, name: Name, description: Description, icmpReplyEnabled: IcmpReplyEnabled, ...(sessionLog && { sessionLog }) }
    context.state.natGateways.put(changed)
    return {}
  },
)
