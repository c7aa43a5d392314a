import type { State } from '../state.ts'
import type { Tag } from '../vpc/records.ts'
import type { Conditions } from './conditions.ts'

interface Tagged {
  readonly accountId: string
  readonly tags: readonly Tag[]
}

/** Where the tags of a resource are, by the type in its ARN. A type with tags needs a line here. */
const tagged = new Map<string, (state: State, id: string) => Tagged | undefined>([
  ['instance', (state, id) => state.instances.get(id)],
  ['disk', (state, id) => state.disks.get(id)],
  ['snapshot', (state, id) => state.snapshots.get(id)],
  ['snapshotgroup', (state, id) => state.snapshotGroups.get(id)],
  ['securitygroup', (state, id) => state.securityGroups.get(id)],
  ['vpc', (state, id) => state.vpcs.get(id)],
  ['vswitch', (state, id) => state.vSwitches.get(id)],
])

/** The tags of the resource an ARN names, as condition keys: `ecs:tag/<key>`, or `vpc:tag/<key>` for those of VPC. */
export function tagsOf(state: State, accountId: string, arn: string): Conditions {
  const [, service = '', , , relative = ''] = arn.split(':')
  const [type = '', id = ''] = relative.split('/')
  const row = tagged.get(type)?.(state, id)
  if (row?.accountId !== accountId) return {}
  return Object.fromEntries(row.tags.map(({ key, value }) => [`${service}:tag/${key}`, value]))
}
