import type { Disk, Instance, SecurityGroup } from './ecs/records.ts'
import { createJournal } from './engine/journal.ts'
import { createTable } from './engine/table.ts'
import { createAgenda, type Transition } from './engine/transitions.ts'
import type { Replay } from './gateway/replay.ts'
import type { AccessKey, Policy, Role, Session, User } from './ram/records.ts'
import type { OidcProvider } from './sts/oidc-provider.ts'
import type { VSwitch, Vpc } from './vpc/records.ts'

/** Every table of the cloud and the indexes its queries need. */
export function createState() {
  const journal = createJournal()
  const transitions = createTable<Transition>('transitions', journal, {})
  const tables = {
    replays: createTable<Replay>('replays', journal, {}),
    users: createTable<User, 'policy'>('users', journal, { policy: (user) => user.attached.map(policyKey) }),
    accessKeys: createTable<AccessKey, 'user'>('accessKeys', journal, { user: (key) => `${key.accountId}/${key.userName}` }),
    policies: createTable<Policy>('policies', journal, {}),
    roles: createTable<Role, 'policy'>('roles', journal, { policy: (role) => role.attached.map(policyKey) }),
    sessions: createTable<Session, 'instance'>('sessions', journal, { instance: (session) => session.instanceId }),
    oidcProviders: createTable<OidcProvider>('oidcProviders', journal, {}),
    vpcs: createTable<Vpc>('vpcs', journal, {}),
    vSwitches: createTable<VSwitch, 'vpc'>('vSwitches', journal, { vpc: (vSwitch) => vSwitch.vpcId }),
    securityGroups: createTable<SecurityGroup, 'vpc' | 'peer'>('securityGroups', journal, {
      vpc: (group) => group.vpcId,
      peer: (group) => group.rules.map((rule) => rule.sourceGroupId || rule.destGroupId).filter((id) => id !== ''),
    }),
    instances: createTable<Instance, 'vpc' | 'vSwitch' | 'securityGroup' | 'address' | 'publicAddress' | 'tag'>('instances', journal, {
      vpc: (instance) => instance.vpcId,
      vSwitch: (instance) => instance.vSwitchId,
      securityGroup: (instance) => instance.securityGroupIds,
      /** `<vSwitch>/<address>`: an address is taken once within its vSwitch. */
      address: (instance) => `${instance.vSwitchId}/${instance.privateIpAddress}`,
      publicAddress: (instance) => instance.publicIpAddress || undefined,
      tag: (instance) => instance.tags.map((tag) => `${tag.key}=${tag.value}`),
    }),
    disks: createTable<Disk, 'instance'>('disks', journal, { instance: (disk) => disk.instanceId || undefined }),
  }
  return {
    ...tables,
    journal,
    agenda: createAgenda(transitions),
    /** Makes what was changed since the last commit final. */
    commit() {
      journal.take()
      for (const table of [transitions, ...Object.values(tables)]) table.sweep()
    },
  }
}

export type State = ReturnType<typeof createState>

/** System policies belong to no account, so the type is part of the key. */
const policyKey = (attached: { readonly policyType: string; readonly policyName: string }) =>
  `${attached.policyType}/${attached.policyName}`
