import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { page } from '../../paging.ts'
import { tagTest } from '../tags.ts'
import { equalities, named, passes } from '../values.ts'
import { demandZone } from './find.ts'
import type { DedicatedHost } from './records.ts'
import { hostTypes } from './types.ts'
import { hostView, supported } from './view.ts'

const mostIds = 100
const statuses = ['Available', 'UnderAssessment', 'PermanentFailure', 'TempUnavailable', 'Redeploying', 'Creating']

const isYes = (text: string | undefined) => text?.toLowerCase() === 'true'

/** Hosts in any status where none is asked for: that only Available ones are listed then, as the documentation has it, would hide those that fail (unconfirmed). */
export const DescribeDedicatedHosts = ecs(
  'DescribeDedicatedHosts',
  [
    'DedicatedHostIds',
    'DedicatedHostName',
    'DedicatedHostType',
    'DedicatedHostClusterId',
    'Status',
    'ZoneId',
    'LockReason',
    'ResourceGroupId',
    'Tag',
    'SocketDetails',
    'QueryInventory',
    'NeedHostDetail',
    'PageNumber',
    'PageSize',
    'NextToken',
    'MaxResults',
  ],
  (input, context) => {
    const { state, accountId, regionId } = context
    const { DedicatedHostIds: ids, Status, LockReason } = input
    const few = (ids?.length ?? 0) <= mostIds
    demand(few, 'InvalidDedicatedHostIds.Malformed', `At most ${mostIds} DedicatedHostIds can be given.`, 403)
    demand(!Status || statuses.includes(Status), 'InvalidStatus.ValueNotSupported', 'The specified Status is not supported.', 400)
    const reasons: readonly string[] = ['financial', 'security']
    demand(!LockReason || reasons.includes(LockReason), 'InvalidLockReason.NotFound', 'The specified LockReason is not found.', 404)
    demandZone(input.ZoneId, regionId)
    const where = passes<DedicatedHost>([
      named(input.DedicatedHostName, (host) => host.hostName),
      tagTest(input.Tag),
      ...equalities<DedicatedHost, typeof input>(input, {
        DedicatedHostType: (host) => host.hostType,
        Status: (host) => host.status,
        ZoneId: (host) => host.zoneId,
        LockReason: (host) => host.locked,
        ResourceGroupId: (host) => host.resourceGroupId,
      }),
    ])
    const by = { cluster: input.DedicatedHostClusterId || undefined }
    const found = state.dedicatedHosts.list({ accountId, regionId, ids: ids?.length ? ids : undefined, by, where })
    const { rows, fields } = page(found, input, { maxSize: 100 })
    const details = {
      sockets: isYes(input.SocketDetails),
      inventory: input.QueryInventory === true,
      hardware: isYes(input.NeedHostDetail),
    }
    return { DedicatedHosts: { DedicatedHost: rows.map((host) => hostView(host, details, context)) }, ...fields }
  },
)

/** All regions sell all kinds (a model). */
export const DescribeDedicatedHostTypes = ecs(
  'DescribeDedicatedHostTypes',
  ['DedicatedHostType', 'SupportedInstanceTypeFamily'],
  ({ DedicatedHostType: id, SupportedInstanceTypeFamily: family }) => {
    const found = [...hostTypes.values()].filter(
      (kind) => (!id || kind.id === id) && (!family || kind.families.includes(family) || kind.custom === family),
    )
    const DedicatedHostType = found.map((kind) => ({
      DedicatedHostType: kind.id,
      Sockets: kind.sockets,
      Cores: kind.cores,
      TotalVcpus: kind.vcpus * (kind.overCommit === undefined ? 1 : 5),
      MemorySize: kind.memory,
      PhysicalGpus: 0,
      TotalVgpus: 0,
      GPUSpec: '',
      LocalStorageAmount: kind.disks?.amount ?? 0,
      LocalStorageCapacity: kind.disks?.capacity ?? 0,
      LocalStorageCategory: kind.disks?.category ?? '',
      SupportCpuOverCommitRatio: kind.overCommit !== undefined,
      CpuOverCommitRatioRange: kind.overCommit === undefined ? '' : '1-5',
      ...supported(kind),
    }))
    return { DedicatedHostTypes: { DedicatedHostType } }
  },
)
