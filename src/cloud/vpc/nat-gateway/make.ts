import { newId } from '../../ids.ts'
import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { demandDescription, demandStrictName } from '../../ecs/values.ts'
import type { Vpc } from '../records.ts'
import { durations } from './life.ts'
import type { NatGateway } from './records.ts'

interface Texts {
  readonly Name?: string | undefined
  readonly Description?: string | undefined
}

/** @throws Fault InvalidParameter.Name.Malformed, InvalidParameter.Description.Malformed */
export function demandTexts({ Name, Description }: Texts): void {
  demandStrictName(Name, 'Name', 'InvalidParameter.Name.Malformed', 400)
  demandDescription(Description, 'Description', 'InvalidParameter.Description.Malformed', 400)
}

/** Gateways that one VPC holds at most, by their type. */
const most = { Enhanced: 5, Normal: 1 } as const

/** @throws Fault OperationFailed.EnhancedQuotaExceed, QuotaExceeded (the second is unconfirmed) */
export function demandRoom(vpcId: string, natType: NatGateway['natType'], { state }: Context): void {
  const held = state.natGateways.by('vpc', vpcId).filter((row) => row.natType === natType).length
  const code = natType === 'Enhanced' ? 'OperationFailed.EnhancedQuotaExceed' : 'QuotaExceeded'
  demand(held < most[natType], code, `A VPC holds at most ${most[natType]} NAT gateways of this type.`, 400)
}

type Chosen = Omit<NatGateway, 'id' | 'accountId' | 'regionId' | 'vpcId' | 'status' | 'forwardTableId' | 'snatTableId' | 'createdAt'>

/** Puts a gateway that is being made, with its two tables. One without a name is called by its id. */
export function makeNatGateway(parent: Vpc, chosen: Chosen, context: Context): NatGateway {
  const { state, random, accountId, now } = context
  const { regionId } = parent
  const id = newId('ngw', regionId, random)
  const row = state.natGateways.put({
    id,
    accountId,
    regionId,
    vpcId: parent.id,
    ...chosen,
    name: chosen.name || id,
    status: 'Creating',
    forwardTableId: newId('ftb', regionId, random),
    snatTableId: newId('stb', regionId, random),
    createdAt: now,
  })
  context.schedule('natGateway.available', row.id, durations.create)
  return row
}
