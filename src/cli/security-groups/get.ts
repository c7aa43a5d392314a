import { getCommand } from '../get.ts'
import { rulesIn } from './given.ts'
import { ruleText, shortOf } from './rule.ts'
import { securityGroups } from './security-group.ts'

/** `tanxing security-groups get`: all there is to know about security groups, their rules in the short form. */
export const command = getCommand(securityGroups, (groups, connected, signal) =>
  Promise.all(
    groups.map(async (group) => ({ ...group, Rules: (await rulesIn(group, connected, signal)).map((rule) => ruleText(shortOf(rule))) })),
  ),
)
