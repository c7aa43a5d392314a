import { parseTime } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { page } from '../../paging.ts'
import type { Disk } from '../records.ts'
import { tagTest } from '../tags.ts'
import { demandOneOf, passes } from '../values.ts'
import { mountsOf } from './find.ts'

/** The numbers beside the names (unconfirmed). */
const statusCodes: { readonly [status in Disk['status']]: number } = {
  In_use: 0,
  Available: 1,
  Attaching: 2,
  Detaching: 3,
  Creating: 4,
  ReIniting: 5,
}
const healthCodes = { Ok: 0, Initializing: 32, InsufficientData: 16, NotApplicable: 0, Warning: 64, Impaired: 128 } as const
const eventTypes = ['Degraded', 'SeverelyDegraded', 'Stalled', 'ErrorDetected']

const mostIds = 100
const weekMs = 7 * 86_400_000

/** Nothing goes wrong with disks here: they come into being, and then they are well. */
const healthOf = ({ status }: Disk): 'Initializing' | 'Ok' => (status === 'Creating' || status === 'ReIniting' ? 'Initializing' : 'Ok')

function fullStatusView(disk: Disk) {
  const [mount] = mountsOf(disk)
  const health = healthOf(disk)
  return {
    DiskId: disk.id,
    InstanceId: mount?.instanceId ?? '',
    Device: mount?.device ?? '',
    Status: { Code: statusCodes[disk.status], Name: disk.status },
    HealthStatus: { Code: healthCodes[health], Name: health },
    DiskEventSet: { DiskEventType: [] },
  }
}

function demandSpan({ Start, End }: { readonly Start?: string | undefined; readonly End?: string | undefined }, now: number): void {
  const moment = (text: string | undefined, name: string) => {
    const at = text ? parseTime(text) : undefined
    demand(!text || at !== undefined, 'InvalidParameter', `The specified EventTime.${name} is not valid.`, 403)
    return at
  }
  const [start, end] = [moment(Start, 'Start'), moment(End, 'End')]
  const ordered = start === undefined || end === undefined || start <= end
  demand(ordered, 'InvalidParameter.TimeEndBeforeStart', 'EventTime ends before it starts.', 403)
  demand(start === undefined || start >= now - weekMs, 'InvalidParameter', 'EventTime.Start is more than seven days ago.', 403)
}

/** Events of disks do not happen here: whoever asks for them finds no disk. */
export const DescribeDisksFullStatus = ecs(
  'DescribeDisksFullStatus',
  ['DiskId', 'EventId', 'EventType', 'EventTime', 'HealthStatus', 'Status', 'ResourceGroupId', 'Tag', 'PageNumber', 'PageSize'],
  (input, { state, accountId, regionId, now }) => {
    const { DiskId: ids = [], EventId: eventIds = [], EventType, EventTime = {}, HealthStatus, Status, ResourceGroupId } = input
    demand(ids.length <= mostIds, 'DiskIdLimitExceeded', `At most ${mostIds} DiskId can be given.`, 403)
    demand(eventIds.length <= mostIds, 'EventIdLimitExceeded', `At most ${mostIds} EventId can be given.`, 403)
    demandOneOf(EventType, eventTypes, 'EventType', 'InvalidParameter', 403)
    demandOneOf(HealthStatus, Object.keys(healthCodes), 'HealthStatus', 'InvalidParameter', 403)
    demandOneOf(Status, Object.keys(statusCodes), 'Status', 'InvalidParameter', 403)
    demandSpan(EventTime, now)
    const ofEvents = eventIds.length > 0 || EventType || EventTime.Start || EventTime.End
    const health: string | undefined = HealthStatus
    const where = passes<Disk>([
      ofEvents ? () => false : undefined,
      health ? (disk) => healthOf(disk) === health : undefined,
      Status ? (disk) => disk.status === Status : undefined,
      ResourceGroupId ? (disk) => disk.resourceGroupId === ResourceGroupId : undefined,
      tagTest(input.Tag),
    ])
    const found = state.disks.list({ accountId, regionId, ids: ids.length > 0 ? ids : undefined, where })
    const { rows, fields } = page(found, input, { maxSize: 100 })
    const { NextToken: _token, ...counts } = fields
    return { DiskFullStatusSet: { DiskFullStatusType: rows.map(fullStatusView) }, ...counts }
  },
)
