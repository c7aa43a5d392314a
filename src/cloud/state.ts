import type { AccountRow } from './accounts.ts'
import type { Group as ProvisioningGroup, ScheduledTask } from './ecs/auto-provisioning-group/records.ts'
import type { DedicatedHost, DedicatedHostCluster } from './ecs/dedicated-host/records.ts'
import type { DeploymentSet } from './ecs/deployment-set/records.ts'
import type { DiskEncryption } from './ecs/disk/records.ts'
import type { AssistantSettings, TerminalSession } from './ecs/assistant/records.ts'
import type { Command } from './ecs/command/records.ts'
import type { DiagnosticReport, MetricSet } from './ecs/diagnostic/records.ts'
import type { SystemEvent } from './ecs/events/records.ts'
import type { PlanWindow } from './ecs/events/window-records.ts'
import type { ImageComponent, ImagePipeline, PipelineExecution } from './ecs/image/builder-records.ts'
import type { HpcCluster } from './ecs/hpc-cluster/records.ts'
import type { Image } from './ecs/image/records.ts'
import type { Disk, Instance, KeyPair, SecurityGroup } from './ecs/records.ts'
import type { NetworkInterface } from './ecs/network-interface/records.ts'
import type { Pool } from './ecs/private-pool/records.ts'
import type { ReservedInstance } from './ecs/reserved-instance/records.ts'
import type { SavingsPlan } from './ecs/savings-plan/records.ts'
import type { StorageCapacityUnit } from './ecs/storage-capacity-unit/records.ts'
import type { StorageSet } from './ecs/storage-set/records.ts'
import type { AutoSnapshotPolicy, Snapshot, SnapshotGroup } from './ecs/snapshot/records.ts'
import { isActive } from './ecs/image/execution-status.ts'
import type { StorageChannel } from './ecs/storage-channel/records.ts'
import type { Task } from './ecs/task/records.ts'
import type { LaunchTemplate, LaunchTemplateVersion } from './ecs/launch-template/records.ts'
import type { Executions } from './ecs/invocation/executions.ts'
import type { Invocation, Run } from './ecs/invocation/records.ts'
import { dayOf, hasEnded } from './ecs/invocation/status.ts'
import type { Activation, ManagedInstance } from './ecs/managed-instance/records.ts'
import type { EntryList, PrefixList } from './ecs/prefix-list/records.ts'
import { isOnMarket, placesOf } from './ecs/instance/placement.ts'
import { holdsStock } from './ecs/instance/spot-watch.ts'
import { ipv6Keys } from './ecs/network-interface/ipv6.ts'
import type { InterfacePermission } from './ecs/network-interface/permissions.ts'
import { tagKeys } from './ecs/tags.ts'
import { type Change, createJournal, type Keep } from './engine/journal.ts'
import { createTable, type Row, type Table } from './engine/table.ts'
import { createAgenda, type Transition } from './engine/transitions.ts'
import type { Replay } from './gateway/replay.ts'
import { placeKey } from './market/model.ts'
import type { Market } from './market/records.ts'
import type { AccessKey, Group, MfaDevice, Policy, Role, Session, User } from './ram/records.ts'
import type { OidcProvider } from './sts/oidc-provider.ts'
import type { BandwidthPackage } from './vpc/bandwidth-package/records.ts'
import type { BorderRouter, PhysicalConnection, RouterInterface } from './vpc/express-connect/records.ts'
import type { HaVip } from './vpc/ha-vip/records.ts'
import { createLowestFree } from './vpc/lowest-free.ts'
import type { ForwardEntry, NatGateway, NatPackage, SnatEntry } from './vpc/nat-gateway/records.ts'
import type { Eip, RouteEntry, VSwitch, Vpc } from './vpc/records.ts'

/**
 * Every table of the cloud and the indexes its queries need. With `keep`, what is committed is handed on, and `swept` by whoever keeps it.
 * `executions` are told of it too.
 */
export function createState(keep?: Keep, executions?: Executions) {
  const journal = createJournal()
  const addresses = createLowestFree()
  const noteFreed = (key: string) => addresses.freed(key)
  const freed = { address: noteFreed, prefix: noteFreed }
  const transitions = createTable<Transition>('transitions', journal, {})
  const tables = {
    accounts: createTable<AccountRow>('accounts', journal, {}),
    replays: createTable<Replay>('replays', journal, {}),
    users: createTable<User, 'policy'>('users', journal, { policy: (user) => policyKeys(user.attached) }),
    groups: createTable<Group, 'policy' | 'member'>('groups', journal, {
      policy: (group) => policyKeys(group.attached),
      /** The id of a user. */
      member: (group) => group.members.map((member) => `${group.accountId}/${member.userName}`),
    }),
    accessKeys: createTable<AccessKey, 'user'>('accessKeys', journal, { user: (key) => `${key.accountId}/${key.userName}` }),
    policies: createTable<Policy>('policies', journal, {}),
    roles: createTable<Role, 'policy'>('roles', journal, { policy: (role) => policyKeys(role.attached) }),
    sessions: createTable<Session, 'instance'>('sessions', journal, { instance: (session) => session.instanceId }),
    mfaDevices: createTable<MfaDevice, 'user'>('mfaDevices', journal, {
      user: (device) => (device.userName === '' ? undefined : `${device.accountId}/${device.userName}`),
    }),
    oidcProviders: createTable<OidcProvider>('oidcProviders', journal, {}),
    vpcs: createTable<Vpc>('vpcs', journal, {}),
    haVips: createTable<HaVip, 'vSwitch' | 'address' | 'server'>(
      'haVips',
      journal,
      {
        vSwitch: (haVip) => haVip.vSwitchId,
        address: (haVip) => `${haVip.vSwitchId}/${haVip.ipAddress}`,
        server: (haVip) => haVip.servers,
      },
      { freed: { address: noteFreed } },
    ),
    natGateways: createTable<NatGateway, 'vpc' | 'vSwitch' | 'address' | 'table'>(
      'natGateways',
      journal,
      {
        vpc: (row) => row.vpcId,
        vSwitch: (row) => row.vSwitchId || undefined,
        address: (row) => row.addresses.map((address) => `${row.vSwitchId}/${address}`),
        table: (row) => [row.forwardTableId, row.snatTableId],
      },
      { freed: { address: noteFreed } },
    ),
    natPackages: createTable<NatPackage, 'gateway' | 'address'>('natPackages', journal, {
      gateway: (row) => row.natGatewayId,
      address: (row) => row.ips.map((ip) => ip.ipAddress),
    }),
    forwardEntries: createTable<ForwardEntry, 'table' | 'external' | 'internal'>('forwardEntries', journal, {
      table: (entry) => entry.tableId,
      external: (entry) => `${entry.tableId}/${entry.externalIp}`,
      internal: (entry) => `${entry.vpcId}/${entry.internalIp}`,
    }),
    snatEntries: createTable<SnatEntry, 'table' | 'ip' | 'vSwitch'>('snatEntries', journal, {
      table: (entry) => entry.tableId,
      ip: (entry) => entry.ips.map((ip) => `${entry.tableId}/${ip}`),
      vSwitch: (entry) => entry.vSwitchId || undefined,
    }),
    bandwidthPackages: createTable<BandwidthPackage>('bandwidthPackages', journal, {}),
    physicalConnections: createTable<PhysicalConnection>('physicalConnections', journal, {}),
    borderRouters: createTable<BorderRouter, 'connection'>('borderRouters', journal, { connection: (row) => row.connectionId }),
    routerInterfaces: createTable<RouterInterface, 'router'>('routerInterfaces', journal, { router: (row) => row.routerId }),
    routeEntries: createTable<RouteEntry, 'table' | 'hop'>('routeEntries', journal, {
      table: (entry) => entry.routeTableId,
      /** What it leads to. */
      hop: (entry) => entry.nextHops?.map(({ id }) => id) ?? entry.nextHopId,
    }),
    vSwitches: createTable<VSwitch, 'vpc'>('vSwitches', journal, { vpc: (vSwitch) => vSwitch.vpcId }),
    securityGroups: createTable<SecurityGroup, 'vpc' | 'peer' | 'list'>('securityGroups', journal, {
      vpc: (group) => group.vpcId,
      peer: (group) => group.rules.map((rule) => rule.sourceGroupId || rule.destGroupId).filter((id) => id !== ''),
      /** The prefix lists and port lists that its rules name. */
      list: (group) =>
        group.rules
          .flatMap((rule) => [rule.sourcePrefixListId || rule.destPrefixListId, rule.portRangeListId ?? ''])
          .filter((id) => id !== ''),
    }),
    prefixLists: createTable<PrefixList>('prefixLists', journal, {}),
    portRangeLists: createTable<EntryList>('portRangeLists', journal, {}),
    instances: createTable<
      Instance,
      | 'vpc'
      | 'vSwitch'
      | 'securityGroup'
      | 'status'
      | 'zone'
      | 'type'
      | 'address'
      | 'publicAddress'
      | 'tag'
      | 'keyPair'
      | 'manyAddresses'
      | 'prefix'
      | 'ipv6'
      | 'stock'
      | 'pool'
      | 'provisioning'
      | 'placed'
      | 'spot'
      | 'image'
    >(
      'instances',
      journal,
      {
        vpc: (instance) => instance.vpcId,
        vSwitch: (instance) => instance.vSwitchId,
        securityGroup: (instance) => instance.securityGroupIds,
        /** `<vSwitch>/<address>`: an address is taken once within its vSwitch. */
        address: (instance) =>
          [instance.privateIpAddress, ...(instance.primaryInterface?.secondaryAddresses ?? [])].map(
            (address) => `${instance.vSwitchId}/${address}`,
          ),
        publicAddress: (instance) => instance.publicIpAddress || undefined,
        keyPair: (instance) => (instance.keyPairName === '' ? undefined : keyPairKey(instance, instance.keyPairName)),
        /** The vSwitch of those that have more than one address there. */
        manyAddresses: ({ primaryInterface: eni, vSwitchId }) =>
          eni !== undefined && (eni.secondaryAddresses.length > 0 || eni.ipv4Prefixes?.length) ? vSwitchId : undefined,
        /** `<vSwitch>/<prefix>`: the blocks of addresses that its primary interface has. */
        prefix: ({ primaryInterface: eni, vSwitchId }) => eni?.ipv4Prefixes?.map((prefix) => `${vSwitchId}/${prefix}`),
        ipv6: ({ primaryInterface: eni, vSwitchId }) => eni && ipv6Keys(eni, vSwitchId),
        status: (instance) => instance.status,
        zone: (instance) => instance.zoneId,
        type: (instance) => instance.instanceType,
        /** Only images of an account's own: how many instances run on a public one, nobody asks. */
        image: (instance) => (instance.os ? instance.imageId : undefined),
        tag: (instance) => tagKeys(instance.tags),
        /** Where it holds stock of the market. */
        stock: (instance) => (isOnMarket(instance) && holdsStock(instance) ? placeKey(instance) : undefined),
        /** The reserved capacity that it uses. */
        pool: (instance) => (instance.poolId !== undefined && holdsStock(instance) ? instance.poolId : undefined),
        /** The id of an auto provisioning group. */
        provisioning: (instance) => instance.provisioning?.groupId,
        /** The ids of its deployment set, dedicated host and HPC cluster. */
        placed: placesOf,
        /** `*` for the spot instances. */
        spot: (instance) => (instance.spotStrategy === 'NoSpot' ? undefined : '*'),
      },
      { nameOf: (instance) => instance.instanceName, freed },
    ),
    markets: createTable<Market>('markets', journal, {}),
    provisioningGroups: createTable<ProvisioningGroup>('provisioningGroups', journal, {}),
    scheduledTasks: createTable<ScheduledTask, 'group'>('scheduledTasks', journal, { group: (task) => task.groupId }),
    reservedInstances: createTable<ReservedInstance>('reservedInstances', journal, {}),
    savingsPlans: createTable<SavingsPlan>('savingsPlans', journal, {}),
    storageCapacityUnits: createTable<StorageCapacityUnit>('storageCapacityUnits', journal, {}),
    privatePools: createTable<Pool, 'place'>('privatePools', journal, {
      /** Where it holds stock of the market. */
      place: (pool) => (pool.status === 'Released' ? undefined : placeKey(pool)),
    }),
    disks: createTable<Disk, 'instance' | 'former' | 'snapshot' | 'policy' | 'storageSet'>('disks', journal, {
      instance: (disk) => disk.mounts?.map((mount) => mount.instanceId) ?? (disk.instanceId || undefined),
      former: (disk) => disk.formerInstanceId,
      snapshot: (disk) => disk.sourceSnapshotId || undefined,
      policy: (disk) => disk.autoSnapshotPolicyIds,
      storageSet: (disk) => disk.storageSet?.id,
    }),
    deploymentSets: createTable<DeploymentSet>('deploymentSets', journal, {}),
    dedicatedHosts: createTable<DedicatedHost, 'cluster'>('dedicatedHosts', journal, { cluster: (host) => host.clusterId || undefined }),
    dedicatedHostClusters: createTable<DedicatedHostCluster>('dedicatedHostClusters', journal, {}),
    storageSets: createTable<StorageSet>('storageSets', journal, {}),
    hpcClusters: createTable<HpcCluster>('hpcClusters', journal, {}),
    diskEncryption: createTable<DiskEncryption>('diskEncryption', journal, {}),
    snapshots: createTable<Snapshot, 'disk' | 'making' | 'group'>('snapshots', journal, {
      /** The copies of a snapshot are not the disk's any more. */
      disk: (snapshot) => (snapshot.sourceSnapshotId === '' ? snapshot.sourceDiskId : undefined),
      making: (snapshot) => (snapshot.status === 'progressing' && snapshot.sourceSnapshotId === '' ? snapshot.sourceDiskId : undefined),
      group: (snapshot) => snapshot.groupId,
    }),
    snapshotGroups: createTable<SnapshotGroup>('snapshotGroups', journal, {}),
    autoSnapshotPolicies: createTable<AutoSnapshotPolicy>('autoSnapshotPolicies', journal, {}),
    launchTemplates: createTable<LaunchTemplate>('launchTemplates', journal, {}),
    launchTemplateVersions: createTable<LaunchTemplateVersion, 'template'>('launchTemplateVersions', journal, {
      template: (version) => version.templateId,
    }),
    images: createTable<Image, 'status' | 'snapshot' | 'shared' | 'name' | 'family' | 'copying'>(
      'images',
      journal,
      {
        status: (image) => image.status,
        snapshot: (image) => image.disks.map((disk) => disk.snapshotId).filter((id) => id !== ''),
        /** The accounts it is shared with; `*` for all. */
        shared: (image) => [...image.sharedWith.map((share) => share.accountId), ...(image.isPublic ? ['*'] : [])],
        name: imageKey,
        family: (image) => image.imageFamily || undefined,
        /** Copies under way and those that wait: by account, region they go to and state, and by what they are of. */
        copying: (image) =>
          image.source && (image.status === 'Creating' || image.status === 'Waiting')
            ? [`${image.accountId}/${image.regionId}/${image.status}`, `of/${image.source.imageId}`]
            : undefined,
      },
      { nameOf: (image) => image.imageName },
    ),
    imageComponents: createTable<ImageComponent>('imageComponents', journal, {}),
    imagePipelines: createTable<ImagePipeline>('imagePipelines', journal, {}),
    pipelineExecutions: createTable<PipelineExecution, 'pipeline' | 'active'>('pipelineExecutions', journal, {
      pipeline: (execution) => execution.pipelineId,
      active: (execution) => (isActive(execution) ? execution.pipelineId : undefined),
    }),
    tasks: createTable<Task>('tasks', journal, {}),
    networkInterfaces: createTable<
      NetworkInterface,
      'vpc' | 'vSwitch' | 'securityGroup' | 'instance' | 'address' | 'prefix' | 'ipv6' | 'tag'
    >(
      'networkInterfaces',
      journal,
      {
        vpc: (eni) => eni.vpcId,
        vSwitch: (eni) => eni.vSwitchId,
        securityGroup: (eni) => eni.securityGroupIds,
        instance: (eni) => eni.instanceId || undefined,
        address: (eni) => [eni.primaryIpAddress, ...eni.secondaryAddresses].map((address) => `${eni.vSwitchId}/${address}`),
        prefix: (eni) => eni.ipv4Prefixes?.map((prefix) => `${eni.vSwitchId}/${prefix}`),
        ipv6: (eni) => ipv6Keys(eni, eni.vSwitchId),
        tag: (eni) => tagKeys(eni.tags),
      },
      { freed },
    ),
    interfacePermissions: createTable<InterfacePermission, 'networkInterface'>('interfacePermissions', journal, {
      networkInterface: (permission) => permission.networkInterfaceId,
    }),
    systemEvents: createTable<SystemEvent, 'instance'>('systemEvents', journal, { instance: (event) => event.instanceId }),
    storageChannels: createTable<StorageChannel, 'instance'>('storageChannels', journal, { instance: (channel) => channel.instanceId }),
    planWindows: createTable<PlanWindow>('planWindows', journal, {}),
    commands: createTable<Command>('commands', journal, {}),
    invocations: createTable<Invocation, 'kind' | 'command' | 'day'>('invocations', journal, {
      kind: (invocation) => (invocation.file ? 'file' : 'command'),
      command: (invocation) => invocation.execution?.commandId,
      day: (invocation) => dayOf(invocation, invocation.createdAt),
    }),
    invocationRuns: createTable<Run, 'kind' | 'invocation' | 'instance' | 'active' | 'boot'>('invocationRuns', journal, {
      kind: (run) => (run.invokeId.startsWith('f-') ? 'file' : 'command'),
      invocation: (run) => run.invokeId,
      instance: (run) => run.instanceId,
      active: (run) => (hasEnded(run.status) ? undefined : run.instanceId),
      /** Those that wait for the instance to start. */
      boot: (run) => (run.atBoot ? run.instanceId : undefined),
    }),
    activations: createTable<Activation>('activations', journal, {}),
    managedInstances: createTable<ManagedInstance>('managedInstances', journal, {}),
    terminalSessions: createTable<TerminalSession, 'instance'>('terminalSessions', journal, {
      instance: (session) => session.connections.map((connection) => connection.instanceId),
    }),
    assistantSettings: createTable<AssistantSettings>('assistantSettings', journal, {}),
    metricSets: createTable<MetricSet>('metricSets', journal, {}),
    diagnosticReports: createTable<DiagnosticReport, 'resource'>('diagnosticReports', journal, { resource: (report) => report.resourceId }),
    keyPairs: createTable<KeyPair>('keyPairs', journal, {}),
    eips: createTable<Eip, 'address' | 'boundTo' | 'package'>('eips', journal, {
      address: (eip) => eip.ipAddress,
      boundTo: (eip) => eip.instanceId || undefined,
      /** The id of the bandwidth that it shares. */
      package: (eip) => eip.shared?.packageId,
    }),
  }
  const all: readonly Table<Row>[] = [transitions, ...Object.values(tables)]
  const byName = new Map(all.map((table) => [table.name, table]))
  return {
    ...tables,
    /** All tables there are. */
    tables: all,
    journal,
    addresses,
    agenda: createAgenda(transitions),
    /** When each AccessKey was used last, milliseconds, since this cloud was started: not worth a row that every call would change. */
    keyUses: new Map<string, number>(),
    /** The scripts that the user's own function runs; undefined where they are simulated. */
    executions,
    /** Makes what was changed since the last commit final, and tells it. */
    commit(): readonly Change[] {
      const changes = journal.take()
      if (keep !== undefined && changes.length > 0) keep(changes)
      // Of the tables that were changed alone: there are a hundred.
      if (keep === undefined) for (const { table } of changes) byName.get(table)?.sweep()
      executions?.committed(changes)
      return changes
    },
    /** Closes holes in the tables, when nothing is left that may be taken back. */
    sweep() {
      for (const table of all) table.sweep()
    },
  }
}

export type State = ReturnType<typeof createState>

/** System policies belong to no account, so the type is part of the key. */
const policyKey = (attached: { readonly policyType: string; readonly policyName: string }) =>
  `${attached.policyType}/${attached.policyName}`

/** Each policy once, though it may be attached for several resource groups. */
const policyKeys = (attached: readonly Parameters<typeof policyKey>[0][]) => [...new Set(attached.map(policyKey))]

/** An image's name is there once within an account and region. */
export const imageKey = ({ accountId, regionId, imageName }: Pick<Image, 'accountId' | 'regionId' | 'imageName'>): string =>
  `${accountId}/${regionId}/${imageName}`

/** A key pair's name is its id within an account and region. */
export const keyPairKey = ({ accountId, regionId }: { readonly accountId: string; readonly regionId: string }, name: string): string =>
  `${accountId}/${regionId}/${name}`
