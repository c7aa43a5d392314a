import type { Started } from '../../src/cloud/start.ts'
import type { Draw } from './draw.ts'

/** Names of parameters that are not those of their tables. The first that fits counts. */
const tables: readonly (readonly [RegExp, keyof Started['state']])[] = [
  [/InstanceIds?$|ResourceIds?$/, 'instances'],
  [/^SourceDiskIds?$|VolumeId/, 'disks'],
  [/SnapshotGroupId/, 'snapshotGroups'],
  [/^GroupIds?$/, 'securityGroups'],
  [/RouteTableId/, 'vpcs'],
  [/AllocationIds?$/, 'eips'],
  [/EventIds?$/, 'systemEvents'],
  [/UserAccessKeyId$/, 'accessKeys'],
]

/** `launchtemplate` for the parameter LaunchTemplateId as for the table launchTemplates. */
const kindOf = (name: string) =>
  name
    .replace(/(?:Ids?|Names?)$/, '')
    .replace(/s$/, '')
    .toLowerCase()

/** Parameters whose good values are known by their names. */
const words: readonly (readonly [RegExp, readonly string[]])[] = [
  [/RegionId$/, [...Array<string>(12).fill('cn-hangzhou'), 'cn-beijing', 'us-west-1']],
  [/ZoneId$/, ['cn-hangzhou-h', 'cn-hangzhou-i', 'cn-beijing-h', 'cn-hangzhou-zzz']],
  [/InstanceTypes?$/, ['ecs.g7.large', 'ecs.c7.large', 'ecs.r6.2xlarge', 'ecs.t1.none']],
  [/ImageId$/, ['aliyun_3_x64_20G_alibase_20241218.vhd', 'ubuntu_22_04_x64_20G_alibase_20240926.vhd', 'm-none']],
  [/Category$/, ['cloud_essd', 'cloud_efficiency', 'cloud_ssd', 'cloud_auto', 'cloud']],
  [/CidrBlock|CidrIp$/, ['10.0.0.0/16', '172.16.0.0/12', '192.168.1.0/24', '10.9.0.0/24', '0.0.0.0/0']],
  [/IpAddress(?:es)?$|PrivateIp/, ['10.0.0.9', '192.168.1.7', '172.16.3.4']],
  [/PortRange$/, ['22/22', '1/65535', '-1/-1', '80/443']],
  [/IpProtocol$/, ['tcp', 'udp', 'icmp', 'all', 'TCP']],
  [/ResourceType$/, ['instance', 'disk', 'vpc', 'VPC', 'eni', 'snapshot', 'securitygroup']],
  [/ChargeType$/, ['PrePaid', 'PostPaid', 'PayByTraffic']],
  [/PeriodUnit$/, ['Month', 'Week', 'Year']],
  [/Time$|^Timestamp/, ['2026-01-01T00:00:00Z', '2026-03-01T12:00Z', '2027-01-01T00:00:00Z']],
  [/Policy(?:Document)?$/, ['{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:Describe*","Resource":"*"}]}']],
  [/Password$/, ['Passw0rd!abc', 'short']],
  [/UserData$/, ['aGVsbG8=', 'not base64 !']],
  [/(?:^|\.)Key$/, ['team', 'env', 'acs:x', 'k1']],
  [/(?:^|\.)Value$/, ['shop', 'prod', '']],
  [/Token$/, ['token-1', 'token-2', 'token-3']],
  [/Status$/, ['Running', 'Stopped', 'Available', 'In_use', 'Active', 'Inactive']],
  [/Name$|Description$/, ['web', 'a-name', 'name with spaces', '名称']],
]

/** Where most calls go, so that what they name is there. */
const usual = 'cn-hangzhou'
const kept = 24

/** Good values for parameters: rows there are, and words that are taken. */
export interface Known {
  /** A value that may well be taken for the field; undefined when nothing is known of it. */
  word(draw: Draw, field: string): string | undefined
  /** Looks at the rows anew. */
  refresh(draw: Draw): void
}

/** Keys that calls are signed with are not among them. */
export function knownOf({ state }: Started, keys: readonly string[]): Known {
  let ids = new Map<string, readonly string[]>()
  return {
    word(draw, field) {
      const table = tables.find(([pattern]) => pattern.test(field))?.[1]
      const rows = ids.get(kindOf(table ?? (/(?:Ids?|Name)$/.test(field) ? field : ''))) ?? []
      if (rows.length > 0) return draw.pick(rows)
      const choices = words.find(([pattern]) => pattern.test(field))?.[1]
      return choices && draw.pick(choices)
    },
    refresh(draw) {
      ids = new Map(
        state.tables.map((table) => {
          const rows = table.all().filter(({ regionId }) => regionId === '' || regionId === usual || draw.chance(5))
          const from = draw.integer(Math.max(1, rows.length - kept))
          // The newest half, since they are the ones that were made in this run.
          const some = [...rows.slice(from, from + kept / 2), ...rows.slice(-kept / 2)]
          const names = some.map((row) => row.id.slice(row.id.lastIndexOf('/') + 1))
          return [kindOf(table.name), names.filter((id) => !keys.includes(id))]
        }),
      )
    },
  }
}
