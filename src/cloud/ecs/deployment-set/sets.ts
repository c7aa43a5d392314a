import { regionFacts } from '../../../api/regions.ts'
import { toSeconds } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { type Context, ecs } from '../../operation.ts'
import { page } from '../../paging.ts'
import { demandOneOf, demandStrictDescription, demandStrictName, equalities, named, passes } from '../values.ts'
import { familiesOf } from './families.ts'
import { deploymentSetOf, membersOf, mostIn } from './members.ts'
import type { DeploymentSet, Strategy } from './records.ts'

/** Sets that an account has in a region (unconfirmed: two in 2018, a quota of each account since). */
const mostSets = 100
const mostIds = 100
const strategies = ['Availability', 'AvailabilityGroup', 'LowLatency'] as const satisfies readonly Strategy[]
/** The older word for each type. */
const granularities = { host: 'host', rack: 'rack', sw: 'switch' } as const

function demandTexts(name: string | undefined, description: string | undefined): void {
  demandStrictName(name, 'DeploymentSetName', 'InvalidDeploymentSetName.Malformed')
  demandStrictDescription(description, 'InvalidDescription.Malformed')
}

function strategyOf(given: string | undefined): Strategy {
  const strategy = strategies.find((one) => one === (given || 'Availability'))
  demand(strategy, 'InvalidParameter.Strategy', 'The specified Strategy is not valid.')
  return strategy
}

interface Older {
  readonly Domain?: string | undefined
  readonly Granularity?: string | undefined
  readonly Type?: string | undefined
}

/** What no two instances share. Domain and Granularity are what older clients still say; clients write them with a capital, too. */
function typeOf({ Domain, Granularity, Type }: Older): DeploymentSet['type'] {
  const types = Object.keys(granularities) as DeploymentSet['type'][]
  demand(!Domain || Domain.toLowerCase() === 'default', 'InvalidParameter.Domain', 'The specified Domain is not valid.')
  const meant = types.find((one) => granularities[one] === Granularity?.toLowerCase())
  demand(!Granularity || meant, 'InvalidParameter.granularity', 'The specified Granularity is not valid.')
  const type = types.find((one) => one === (Type || meant || 'host'))
  demand(type, 'InvalidParameter', 'The specified Type is not valid.')
  demand(!meant || meant === type, 'DependencyViolation.strategy.granularity', 'The specified Type and Granularity do not match.')
  return type
}

/** For the strategy of plain availability alone. */
function affinityOf(given: number | undefined, strategy: Strategy): number {
  const affinity = given ?? 1
  const fits = Number.isInteger(affinity) && affinity >= 1 && affinity <= 10 && (affinity === 1 || strategy === 'Availability')
  demand(fits, 'InvalidParameter', 'The specified Affinity is not valid.')
  return affinity
}

/** A count says nothing for the other strategies, which are without groups. */
function groupCountOf(given: number | undefined, strategy: Strategy): number {
  const count = given ?? 3
  demand(Number.isInteger(count) && count >= 1 && count <= 7, 'InvalidParameter', 'The specified GroupCount is not from 1 to 7.')
  return strategy === 'AvailabilityGroup' ? count : 0
}

export const CreateDeploymentSet = ecs(
  'CreateDeploymentSet',
  [
    'DeploymentSetName',
    'Description',
    'Strategy',
    'Type',
    'Affinity',
    'GroupCount',
    'Domain',
    'Granularity',
    'OnUnableToRedeployFailedInstance',
  ],
  (input, context) => {
    const { state, random, now, accountId, regionId } = context
    demandTexts(input.DeploymentSetName, input.Description)
    const unable = input.OnUnableToRedeployFailedInstance
    const parameter = 'OnUnableToRedeployFailedInstance'
    demandOneOf(unable, ['CancelMembershipAndStart', 'KeepStopped'], parameter, 'InvalidParameter')
    const strategy = strategyOf(input.Strategy)
    const set = {
      deploymentSetName: input.DeploymentSetName ?? '',
      description: input.Description ?? '',
      strategy,
      type: typeOf(input),
      affinity: affinityOf(input.Affinity, strategy),
      groupCount: groupCountOf(input.GroupCount, strategy),
      onUnableToRedeploy: unable || 'CancelMembershipAndStart',
      createdAt: now,
    }
    const held = state.deploymentSets.list({ accountId, regionId }).length
    demand(held < mostSets, 'DEPLOYMENTSET.QUOTA_FULL', `A region holds at most ${mostSets} deployment sets.`)
    const { id } = state.deploymentSets.put({ ...set, id: newId('ds', regionId, random), accountId, regionId })
    return { DeploymentSetId: id }
  },
)

export const ModifyDeploymentSetAttribute = ecs(
  'ModifyDeploymentSetAttribute',
  ['DeploymentSetId', 'DeploymentSetName', 'Description', 'Affinity'],
  (input, context) => {
    const { state } = context
    const set = deploymentSetOf(input.DeploymentSetId, context, 400)
    demandTexts(input.DeploymentSetName, input.Description)
    const changed = {
      ...set,
      deploymentSetName: input.DeploymentSetName || set.deploymentSetName,
      description: input.Description ?? set.description,
      affinity: affinityOf(input.Affinity ?? set.affinity, set.strategy),
    }
    const code = 'QuotaExceed.DeploymentSetInstanceQuotaFull'
    const full = usedIn(changed, context).some(([, used]) => used > mostIn(changed))
    demand(!full, code, 'The deployment set holds more instances than the affinity allows.', 403)
    state.deploymentSets.put(changed)
    return {}
  },
)

/** That a set that is not there is refused is unconfirmed. */
export const DeleteDeploymentSet = ecs('DeleteDeploymentSet', ['DeploymentSetId'], ({ DeploymentSetId }, context) => {
  const set = deploymentSetOf(DeploymentSetId, context)
  const empty = context.state.instances.count('placed', set.id) === 0
  demand(empty, 'DependencyViolation.NotEmpty', 'There are still instances in the specified DeploymentSetId.', 403)
  context.state.deploymentSets.delete(set.id)
  return {}
})

/** How many instances of a set are in each zone of its region. */
function usedIn(set: DeploymentSet, context: Pick<Context, 'state'>): (readonly [zoneId: string, used: number])[] {
  const members = membersOf(set, context)
  const zones = regionFacts(set.regionId)?.Zones ?? []
  return zones.map((zoneId) => [zoneId, members.filter((one) => one.zoneId === zoneId).length] as const)
}

/** The words that Strategy shows for each strategy: the first two are documented, that of low latency is unconfirmed. */
const words = { Availability: 'StrictDispersion', AvailabilityGroup: 'LooseDispersion', LowLatency: 'LooseAggregation' } as const

function setView(set: DeploymentSet, context: Context) {
  const ids = membersOf(set, context).map(({ id }) => id)
  return {
    DeploymentSetId: set.id,
    DeploymentSetName: set.deploymentSetName,
    DeploymentSetDescription: set.description,
    DeploymentStrategy: set.strategy,
    Strategy: words[set.strategy],
    Type: set.type,
    Domain: 'default',
    Granularity: granularities[set.type],
    Affinity: set.affinity,
    GroupCount: set.groupCount,
    AccountId: Number(set.accountId),
    CreationTime: toSeconds(set.createdAt),
    InstanceAmount: ids.length,
    InstanceIds: { InstanceId: ids },
    Capacities: {
      Capacity: usedIn(set, context).map(([zoneId, used]) => ({
        ZoneId: zoneId,
        UsedAmount: used,
        AvailableAmount: mostIn(set) - used,
      })),
    },
  }
}

export const DescribeDeploymentSets = ecs(
  'DescribeDeploymentSets',
  ['DeploymentSetIds', 'DeploymentSetName', 'Strategy', 'Type', 'Domain', 'Granularity', 'NetworkType', 'PageNumber', 'PageSize'],
  (input, context) => {
    const { state, accountId, regionId } = context
    const { DeploymentSetIds: ids } = input
    const few = (ids?.length ?? 0) <= mostIds
    demand(few, 'InvalidDeploymentSetIds.TooManyInput', `At most ${mostIds} DeploymentSetIds can be given.`, 403)
    demandOneOf(input.Strategy, strategies, 'Strategy', 'InvalidParameter.Strategy')
    const asked = { ...input, Domain: input.Domain?.toLowerCase(), Granularity: input.Granularity?.toLowerCase() }
    const where = passes<DeploymentSet>([
      named(input.DeploymentSetName, (set) => set.deploymentSetName),
      ...equalities<DeploymentSet, typeof asked>(asked, {
        Strategy: (set) => set.strategy,
        Type: (set) => set.type,
        Domain: () => 'default',
        Granularity: (set) => granularities[set.type],
        NetworkType: () => 'vpc',
      }),
    ])
    const found = state.deploymentSets.list({ accountId, regionId, ids: ids?.length ? ids : undefined, where })
    const { rows, fields } = page(found, input, { maxSize: 50 })
    const { NextToken: _, ...counts } = fields
    return { DeploymentSets: { DeploymentSet: rows.map((set) => setView(set, context)) }, RegionId: regionId, ...counts }
  },
)

/** The families are one text, with commas between them. */
export const DescribeDeploymentSetSupportedInstanceTypeFamily = ecs(
  'DescribeDeploymentSetSupportedInstanceTypeFamily',
  ['Strategy'],
  ({ Strategy }) => ({ InstanceTypeFamilies: familiesOf(strategyOf(Strategy)).join(',') }),
)
