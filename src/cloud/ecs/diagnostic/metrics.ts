/** Something that can be looked at. */
export interface Metric {
  readonly id: string
  readonly category: string
  readonly resourceType: 'instance' | 'account' | 'securityGroup' | 'networkInterface'
  readonly os: 'Linux' | 'Windows' | 'All'
  /** Cloud Assistant looks at it from within. */
  readonly guest: boolean
}

type Kind = Omit<Metric, 'id'>

/** `prefix` ends with a dot. */
const metricsOf = (kind: Kind, prefix: string, names: string): Metric[] =>
  names.split(' ').map((name) => ({ ...kind, id: `${prefix}${name}` }))

const inside = (os: Metric['os'], category = 'ECSService.GuestOS'): Kind => ({ category, resourceType: 'instance', os, guest: true })
const outside = (category: string): Kind => ({ category: `ECSService.${category}`, resourceType: 'instance', os: 'All', guest: false })
const accounts = (category: string): Kind => ({ ...outside(category), resourceType: 'account' })

/** Ids and categories as public code that shows these reports has them. */
const all: readonly Metric[] = [
  ...metricsOf(
    inside('Linux'),
    'GuestOS.',
    'BootConfig CPUUtil CloudInitService DiskUtil FileSystems Firewall GPUStatus GuestOSCrash MemUtil NetworkStatus OSOOM SSHServiceStatus SystemConfig SystemFiles SystemUserPwd TimeSyncService',
  ),
  // Its category and system are unconfirmed.
  ...metricsOf(inside('Linux'), 'GuestOS.', 'DiskIOPSUtil'),
  ...metricsOf(
    inside('Windows'),
    'GuestOS.',
    'WinBootConfig WinCPUUtil WinDiskPartition WinDiskStatus WinDriverStatus WinFirewall WinMemoryUtil WinNetworkStatus WinRegistryStatus WinSysDiskUtil WinSysprep WinSystemConfig WinSystemDrivers WinSystemInit WinSystemProcess WinSystemUser WinThirdPartSoftware WinUpdatesCheck',
  ),
  ...metricsOf(inside('Linux', 'ECSService.Metadata'), 'GuestOS.', 'MetaServerHttpSimulation'),
  ...metricsOf(inside('Linux', 'ECSService.InstanceStorage'), 'Instance.', 'DiskResizeNotEffective'),
  ...metricsOf(outside('InstanceConfigure'), 'GuestOS.', 'SerialConsoleAnalysis'),
  ...metricsOf(outside('InstanceConfigure'), 'Instance.', 'BootFailure BootScreenshot ImageLoadFailure OperationFailure'),
  ...metricsOf(
    outside('InstanceNetwork'),
    'Instance.',
    'ArpPingError AvsCheckError DDoSStatus NcHang NcHeartBeatLoss NcTimeout NetworkBoundLimit NetworkBurstLimit NetworkConfigConsistency NetworkLinkException NetworkLoadFailure NetworkPacketDrop NetworkSessionError StartFailed VportLost',
  ),
  ...metricsOf(outside('InstanceStorage'), 'Instance.', 'CreateDiskException DiskFull DiskLimit DiskLoadFailure IOHang ResizeFsFailure'),
  ...metricsOf(
    outside('ServiceHealth'),
    'Instance.',
    'AttachEni CPUException CPUSplitLock ControllerError DiagnoseStatus GuestOSCrash HostDownAlert KMSInvalid PerfRestrict PerformanceAffected RecentUtilHigh ResourceNotEnough SystemException VirtException',
  ),
  ...metricsOf(outside('SecurityGroup'), 'Instance.', 'SGIngress SecurityPunishStatus SecurityRisk'),
  ...metricsOf(
    outside('InstanceStartOrStopFail'),
    'Instance.',
    'SSRDisk SSRInventoryNotEnough SSRPrivateIp SSRSnapshotOrImage SSRSystem SSRVir',
  ),
  ...metricsOf(outside('ActionTrace'), 'Instance.', 'UnexpectedCreationOrRelease UnexpectedFee UnexpectedRunningStatus UnexpectedSgMember'),
  ...metricsOf(outside('AccountBalance'), 'Instance.', 'ExpenseException'),
  ...metricsOf(outside('Quota'), 'Instance.', 'NetworkInterfaceQueueQuotaNotEnough'),
  ...metricsOf(
    accounts('AccountBalance'),
    'Account.',
    'InstanceChargeTypeSwitch InstanceCreate InstanceRefund InstanceRenew InstanceUpDownGrade',
  ),
  ...metricsOf(
    accounts('Quota'),
    'Account.',
    'DiskResourceQuotaNotEnough ImageResourceQuotaNotEnough NetworkInterfaceResourceQuotaNotEnough SecurityGroupResourceQuotaNotEnough',
  ),
  ...metricsOf({ ...outside('Quota'), resourceType: 'securityGroup' }, 'SecurityGroup.', 'SecurityGroupAclQuotaNotEnough'),
  ...metricsOf({ ...outside('Quota'), resourceType: 'networkInterface' }, 'NetworkInterface.', 'ResourcesAddToGroupQuotaNotEnough'),
  ...metricsOf({ ...outside('ActionTrace'), resourceType: 'securityGroup' }, 'Instance.', 'UnexpectedSgCreationOrDeletion'),
]

export const metrics: ReadonlyMap<string, Metric> = new Map(all.map((metric) => [metric.id, metric]))

export interface CommonSet {
  readonly id: string
  readonly name: string
  readonly metricIds: readonly string[]
}

export const defaultSet = 'dms-instancedefault'

const idsIn = (text: string): readonly string[] => text.split(' ')

const instanceDefault = idsIn(
  'GuestOS.CPUUtil GuestOS.CloudInitService GuestOS.DiskIOPSUtil GuestOS.DiskUtil GuestOS.FileSystems GuestOS.Firewall GuestOS.GPUStatus GuestOS.MemUtil GuestOS.NetworkStatus GuestOS.OSOOM GuestOS.SSHServiceStatus GuestOS.SystemConfig GuestOS.SystemFiles GuestOS.SystemUserPwd GuestOS.TimeSyncService GuestOS.WinCPUUtil GuestOS.WinDiskStatus GuestOS.WinDriverStatus GuestOS.WinFirewall GuestOS.WinMemoryUtil GuestOS.WinNetworkStatus GuestOS.WinSysDiskUtil GuestOS.WinSystemConfig GuestOS.WinSystemInit GuestOS.WinSystemProcess GuestOS.WinSystemUser GuestOS.WinThirdPartSoftware GuestOS.WinUpdatesCheck Instance.ArpPingError Instance.BootFailure Instance.BootScreenshot Instance.CPUException Instance.CPUSplitLock Instance.ControllerError Instance.DDoSStatus Instance.DiagnoseStatus Instance.DiskFull Instance.DiskLimit Instance.DiskLoadFailure Instance.ExpenseException Instance.GuestOSCrash Instance.HostDownAlert Instance.IOHang Instance.ImageLoadFailure Instance.NetworkBoundLimit Instance.NetworkBurstLimit Instance.NetworkLoadFailure Instance.NetworkPacketDrop Instance.NetworkSessionError Instance.OperationFailure Instance.PerfRestrict Instance.PerformanceAffected Instance.RecentUtilHigh Instance.ResizeFsFailure Instance.ResourceNotEnough Instance.SGIngress Instance.SecurityPunishStatus Instance.SecurityRisk Instance.SystemException Instance.VirtException',
)

/** Some of the sets that Alibaba Cloud gives to all; their names here are own ones. */
export const commonSets: readonly CommonSet[] = [
  { id: defaultSet, name: 'Default', metricIds: instanceDefault },
  {
    id: 'dms-remoteconnect',
    name: 'Remote connection',
    metricIds: idsIn(
      'GuestOS.CPUUtil GuestOS.DiskUtil GuestOS.Firewall GuestOS.MemUtil GuestOS.NetworkStatus GuestOS.SSHServiceStatus GuestOS.SystemConfig GuestOS.SystemUserPwd GuestOS.WinCPUUtil GuestOS.WinFirewall GuestOS.WinMemoryUtil GuestOS.WinNetworkStatus GuestOS.WinSysDiskUtil GuestOS.WinSystemUser Instance.ExpenseException',
    ),
  },
  {
    id: 'dms-instancesecurityrisk',
    name: 'Security risks',
    metricIds: idsIn('Instance.DDoSStatus Instance.SecurityPunishStatus Instance.SecurityRisk'),
  },
  { id: 'dms-unexpectedreboot', name: 'Unexpected reboot', metricIds: ['Instance.GuestOSCrash'] },
  { id: 'dms-diskresizediagnose', name: 'Disk resize', metricIds: ['Instance.DiskResizeNotEffective'] },
]
