import type { State } from '../../state.ts'

/** How many instances and secondary network interfaces are in a group. */
export const memberCount = (groupId: string, { instances, networkInterfaces }: State): number =>
  instances.count('securityGroup', groupId) + networkInterfaces.count('securityGroup', groupId)
