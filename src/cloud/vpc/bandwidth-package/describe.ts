import { toSeconds } from '../../../api/time.ts'
import { tagTest } from '../../ecs/tags.ts'
import { equalities, passes } from '../../ecs/values.ts'
import { vpc } from '../../operation.ts'
import type { State } from '../../state.ts'
import { numberedPage } from '../lists.ts'
import { shownTags } from '../views.ts'
import type { BandwidthPackage } from './records.ts'

/** Of orders that are to take effect, of which there are none. Terraform's data source reads no text here, so that it is told when asked for alone. */
const reservation = {
  HasReservationData: 'false',
  ReservationActiveTime: '',
  ReservationBandwidth: '',
  ReservationInternetChargeType: '',
  ReservationOrderType: '',
}

const view = (row: BandwidthPackage, state: State) => ({
  BandwidthPackageId: row.id,
  Name: row.name,
  Description: row.description,
  RegionId: row.regionId,
  Zone: row.zone,
  Bandwidth: String(row.bandwidth),
  InternetChargeType: row.internetChargeType,
  InstanceChargeType: 'PostPaid',
  Ratio: row.ratio,
  ISP: row.isp,
  Status: 'Available',
  BusinessStatus: 'Normal',
  BizType: '',
  CreationTime: toSeconds(row.createdAt),
  ExpiredTime: '',
  DeletionProtection: row.deletionProtection,
  ResourceGroupId: row.resourceGroupId,
  ServiceManaged: 0,
  SecurityProtectionTypes: { SecurityProtectionType: row.securityProtectionTypes },
  PublicIpAddresses: {
    PublicIpAddresse: state.eips.by('package', row.id).map(({ id, ipAddress, shared }) => ({
      AllocationId: id,
      IpAddress: ipAddress,
      BandwidthPackageIpRelationStatus: shared?.status ?? '',
    })),
  },
  Tags: shownTags(row.tags),
})

export const DescribeCommonBandwidthPackages = vpc(
  'DescribeCommonBandwidthPackages',
  ['BandwidthPackageId', 'Name', 'ResourceGroupId', 'IncludeReservationData', 'SecurityProtectionEnabled', 'Tag', 'PageNumber', 'PageSize'],
  (input, { state, accountId, regionId }) => {
    const where = passes<BandwidthPackage>([
      tagTest(input.Tag),
      ...equalities<BandwidthPackage, typeof input>(input, {
        BandwidthPackageId: (row) => row.id,
        Name: (row) => row.name,
        ResourceGroupId: (row) => row.resourceGroupId,
        SecurityProtectionEnabled: (row) => row.securityProtectionTypes.length > 0,
      }),
    ])
    const more = input.IncludeReservationData === true ? reservation : {}
    const { rows, counts } = numberedPage(state.bandwidthPackages.list({ accountId, regionId, where }), input)
    return { ...counts, CommonBandwidthPackages: { CommonBandwidthPackage: rows.map((row) => ({ ...view(row, state), ...more })) } }
  },
)
