/**
 * What tells two items of a list apart, by where the list lies. A list that is not named here has items with an id called after it
 * (`Disks.Disk` has DiskId). Where no fields are named, only all of an item tells it apart.
 */
export const identities: Readonly<Record<string, readonly string[]>> = {
  'AccessPointSet.AccessPointType': ['AccessPointId'],
  'Accounts.Account': ['AliyunId'],
  ActivationList: ['ActivationId'],
  'AssociateNetworkInterfaces.AssociateNetworkInterface': ['NetworkInterfaceId', 'ResourceId'],
  'AutoProvisioningGroupHistories.AutoProvisioningGroupHistory': ['TaskId'],
  'AutoSnapshotPolicyAssociations.AutoSnapshotPolicyAssociation': ['AutoSnapshotPolicyId', 'DiskId'],
  'BgpNetworks.BgpNetwork': ['RouterId', 'DstCidrBlock'],
  'CapacityReservationItem.InstanceIdSet': ['InstanceId'],
  'CapacityReservationSet.CapacityReservationItem': ['PrivatePoolOptionsId'],
  'CenGrantRules.CbnGrantRule': ['CenInstanceId', 'CenOwnerId'],
  CidrReservationUsages: ['VSwitchCidrReservationId', 'ResourceId', 'IpPrefixId'],
  ClientInfoList: ['CommonName', 'Ip', 'Port'],
  'CommonBandwidthPackages.CommonBandwidthPackage': ['BandwidthPackageId'],
  CrossAccountAuthorizations: [],
  Data: [],
  'Data.Logs': [],
  DhcpOptionsSets: ['DhcpOptionsSetId'],
  'DiskFullStatusSet.DiskFullStatusType': ['DiskId'],
  EcGrantRelations: ['InstanceId', 'VbrInstanceId'],
  EcrGrantRules: ['EcrInstanceId', 'EcrUid'],
  'EipAddresses.EipAddress': ['AllocationId'],
  'EipSegments.EipSegment': ['InstanceId'],
  'ElasticityAssuranceItem.InstanceIdSet': ['InstanceId'],
  'ElasticityAssuranceSet.ElasticityAssuranceItem': ['PrivatePoolOptionsId'],
  Endpoints: ['EndpointId'],
  FailoverTestJobList: ['JobId'],
  'ForwardTableEntries.ForwardTableEntry': ['ForwardEntryId'],
  FullNatEntries: ['FullNatEntryId'],
  GatewayRouteEntryModels: ['DestinationCidrBlock'],
  GrantRuleModels: ['EcrId', 'InstanceId'],
  'ImageComponent.ImageComponentSet': ['ImageComponentId'],
  'ImagePipeline.ImagePipelineSet': ['ImagePipelineId'],
  'ImagePipelineExecution.ImagePipelineExecutionSet': ['ExecutionId'],
  'InstanceCloudAssistantStatusSet.InstanceCloudAssistantStatus': ['InstanceId'],
  'InstanceFullStatusSet.InstanceFullStatusType': ['InstanceId'],
  'InstancePluginStatusSet.InstancePluginStatus': ['InstanceId'],
  'InstanceRamRoleSets.InstanceRamRoleSet': ['InstanceId', 'RamRoleName'],
  'InstanceRenewAttributes.InstanceRenewAttribute': ['InstanceId'],
  'InstanceStatuses.InstanceStatus': ['InstanceId'],
  'InstanceSystemEventSet.InstanceSystemEventType': ['EventId'],
  Instances: ['InstanceId'],
  'Invocation.InvocationResults.InvocationResult': ['InvokeId', 'InstanceId', 'StartTime'],
  'Invocations.Invocation': ['InvokeId'],
  IpsecServers: ['IpsecServerId'],
  Ipv4GatewayModels: ['Ipv4GatewayId'],
  'Ipv6TranslatorAcls.IPv6TranslatorAcl': ['AclId'],
  'KeyPairs.KeyPair': ['KeyPairName'],
  'LaunchTemplateSets.LaunchTemplateSet': ['LaunchTemplateId'],
  'LaunchTemplateVersionSets.LaunchTemplateVersionSet': ['LaunchTemplateId', 'VersionNumber'],
  'Links.Link': ['InstanceId', 'VpcId'],
  LockedSnapshotsInfo: ['SnapshotId'],
  'MaintenanceAttributes.MaintenanceAttribute': ['InstanceId'],
  MetricSets: ['MetricSetId'],
  Metrics: ['MetricId'],
  NatIpCidrs: ['NatIpCidr'],
  NatIps: ['NatIpId'],
  'NetworkInterfaceSets.NetworkInterfaceSet': ['NetworkInterfaceId'],
  'Permissions.Permission': ['SecurityGroupRuleId'],
  'PhysicalConnectionSet.PhysicalConnectionType': ['PhysicalConnectionId'],
  PlanMaintenanceWindowList: ['PlanWindowId'],
  'Policies.Policy': ['PolicyType', 'PolicyName'],
  PortRangeListAssociations: ['ResourceType', 'ResourceId'],
  PortRangeLists: ['PortRangeListId'],
  PrefixListAssociation: ['PrefixListId', 'ResourceId'],
  'PrefixListAssociations.PrefixListAssociation': ['ResourceType', 'ResourceId'],
  PrefixListEntry: ['PrefixListId', 'Cidr'],
  PrefixLists: ['PrefixListId'],
  PublicIpAddress: [],
  PublicIpAddressPoolList: ['PublicIpAddressPoolId'],
  PublicIpPoolCidrBlockList: ['PublicIpAddressPoolId', 'CidrBlock'],
  QosList: ['QosId'],
  RouteEntries: ['RouteTableId', 'RouteEntryId'],
  RouteTargetGroups: ['RouteTargetGroupId'],
  'RouterInterfaceSet.RouterInterfaceType': ['RouterInterfaceId'],
  'RouterTableList.RouterTableListType': ['RouteTableId'],
  Services: ['ServiceId'],
  'SnapshotPackages.SnapshotPackage': [],
  'SnatTableEntries.SnatTableEntry': ['SnatEntryId'],
  'SslVpnClientCertKeys.SslVpnClientCertKey': ['SslVpnClientCertId'],
  'TagKeys.TagKey': ['Type', 'TagKey'],
  TagResources: [],
  'TagResources.TagResource': [],
  'Tags.Tag': ['TagKey', 'TagValue'],
  TrafficMirrorFilters: ['TrafficMirrorFilterId'],
  TrafficMirrorSessions: ['TrafficMirrorSessionId'],
  'Users.User': ['UserName'],
  VSwitchCidrReservations: ['VSwitchCidrReservationId'],
  VcoRouteEntries: [],
  'VirtualBorderRouterForPhysicalConnectionSet.VirtualBorderRouterForPhysicalConnectionType': ['VbrId'],
  'VirtualBorderRouterSet.VirtualBorderRouterType': ['VbrId'],
  VirtualPhysicalConnections: ['PhysicalConnectionId'],
  VpnAttachments: ['InstanceId'],
  VpnCertificateRelations: ['VpnGatewayId', 'CertificateId'],
  VpnConnections: ['VpnConnectionId', 'TunnelId', 'FailedReasonCode'],
  'VpnPbrRouteEntries.VpnPbrRouteEntry': [],
  'VpnRouteCounts.VpnRouteCount': ['Source', 'RouteEntryType'],
  Vscs: ['VscId'],
}

/** The fields that tell items of the list at `list` apart: e.g. `['DiskId']` for `Disks.Disk`. */
export const identityOf = (list: string): readonly string[] =>
  (Object.hasOwn(identities, list) ? identities[list] : undefined) ?? [`${list.slice(list.lastIndexOf('.') + 1)}Id`]

/** Lists of bare strings in which the same string may come twice: lines of a log. */
const lines = new Set(['Data', 'Data.Logs'])

/** What has been seen of a list: its items' identities, never the items. */
export interface Seen {
  /** How many different items. */
  readonly size: number
  readonly has: (item: unknown) => boolean
  /** Notes items down and returns those that were not seen before. */
  readonly take: (items: readonly unknown[]) => readonly unknown[]
}

/**
 * An empty memory for the list at `list`. An item without the fields that should tell it apart is told apart by all it has.
 */
export function sieve(list: string): Seen {
  const fields = identityOf(list)
  const known = new Set<string>()
  let counted = 0
  const identity = (item: unknown): string => {
    if (typeof item !== 'object' || item === null) return String(item)
    const values = fields.map((field) => (item as Readonly<Record<string, unknown>>)[field] ?? '')
    if (values.every((value) => value === '')) return JSON.stringify(item)
    return values.length === 1 ? String(values[0]) : JSON.stringify(values)
  }
  if (lines.has(list)) {
    const take = (items: readonly unknown[]) => {
      counted += items.length
      return items
    }
    return {
      get size() {
        return counted
      },
      has: () => false,
      take,
    }
  }
  return {
    get size() {
      return known.size
    },
    has: (item) => known.has(identity(item)),
    take: (items) =>
      items.filter((item) => {
        const before = known.size
        return known.add(identity(item)).size > before
      }),
  }
}
