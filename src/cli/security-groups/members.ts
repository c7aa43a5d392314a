import type { Invocation } from '../command.ts'
import type { Connection } from '../connect.ts'
import { instanceDeed } from '../instances/deeds.ts'
import { type Instance, instances } from '../instances/instance.ts'
import { demanded } from '../numbers.ts'
import { statesOf } from '../safety/carry-out.ts'
import type { Deed } from '../safety/deed.ts'
import { named } from '../select/select.ts'
import { securityGroups } from './security-group.ts'

/** The groups an instance is in. */
export const groupsOf = ({ SecurityGroupIds }: Instance): readonly string[] => SecurityGroupIds?.SecurityGroupId ?? []

/** What joining a security group and leaving one have in common: the words are instances, an option names the group. */
export const memberDeed = {
  ...instanceDeed,
  dryRuns: false,
  options: {
    'security-group': { type: 'string', value: 'ID|NAME', help: { en: 'the security group', zh: '安全组' } },
  },
  input: (invocation: Invocation) => {
    demanded(invocation, 'security-group', 'security-groups list')
    return {}
  },
  look: async (_: readonly Instance[], connected: Connection, invocation: Invocation) => {
    const [group] = await named([demanded(invocation, 'security-group')], securityGroups, connected, invocation.world.signal)
    return { SecurityGroupId: group?.SecurityGroupId }
  },
  about: (instance: Instance) => `${instance.Status}  ${groupsOf(instance).join(' ')}`,
} as const satisfies Partial<Deed<Instance>>

/** The groups of each, as read back. */
export const states = statesOf(instances, (instance) => groupsOf(instance).join(' '))

/** Whether an instance is seen in the group of the input. */
export const isIn = (state: string | undefined, { SecurityGroupId }: Readonly<Record<string, unknown>>): boolean =>
  (state ?? '').split(' ').includes(String(SecurityGroupId))
