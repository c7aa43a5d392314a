import { instances } from '../instances/instance.ts'
import { deedCommand } from '../safety/command.ts'
import { isIn, memberDeed, states } from './members.ts'

/** `tanxing security-groups join`: puts instances into a group besides those they are in. */
export const command = {
  ...deedCommand({
    ...memberDeed,
    verb: { en: 'add to the group', zh: '加入安全组' },
    done: { en: 'added', zh: '已加入' },
    action: ({ InstanceId }, { SecurityGroupId }) => ({ action: 'JoinSecurityGroup', input: { InstanceId, SecurityGroupId } }),
    seen: { idOf: instances.id, states, there: (state, _, input) => isIn(state, input) },
  }),
  usage: 'INSTANCE… --security-group ID|NAME [OPTIONS]',
}
