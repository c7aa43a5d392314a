import { type Instance, instances } from '../instances/instance.ts'
import { demanded } from '../numbers.ts'
import { deedCommand } from '../safety/command.ts'
import { groupsOf, isIn, memberDeed, states } from './members.ts'

const kind = { en: 'rules of the group', zh: '安全组规则' } as const

/** `tanxing security-groups leave`: takes instances out of a group; the last one is kept. */
export const command = {
  ...deedCommand({
    ...memberDeed,
    verb: { en: 'take out of the group', zh: '移出安全组' },
    sentence: { en: 'leave the group', zh: '移出' },
    headed: { en: 'take … out of a security group', zh: '将 … 移出安全组' },
    done: { en: 'taken out', zh: '已移出' },
    limit: 50,
    losses: (items, _, invocation) => {
      const group = demanded(invocation, 'security-group')
      const lossOf = ({ InstanceId, InstanceName }: Instance) => ({ kind, what: `${group} (${InstanceName || InstanceId})` })
      return Promise.resolve(new Map(items.map((item) => [instances.id(item), [lossOf(item)]])))
    },
    refusal: (item) => (groupsOf(item).length === 1 ? { en: 'is in no other security group', zh: '没有加入其他安全组' } : undefined),
    action: ({ InstanceId }, { SecurityGroupId }) => ({ action: 'LeaveSecurityGroup', input: { InstanceId, SecurityGroupId } }),
    seen: { idOf: instances.id, states, there: (state, _, input) => !isIn(state, input) },
  }),
  usage: 'INSTANCE… --security-group ID|NAME [OPTIONS]',
}
