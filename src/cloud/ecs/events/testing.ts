import { toSeconds } from '../../../api/time.ts'
import { cloudWithNetwork, type TestAnswer } from '../../testing.ts'

export const hourMs = 3_600_000

/** For the tests of events: a cloud with one running instance. */
export async function cloudWithInstance() {
  const cloud = await cloudWithNetwork()
  const InstanceId = await cloud.running()
  const { call, clock } = cloud
  const inAnHour = () => toSeconds(clock.now() + hourMs)
  const simulate = async (input: object = {}): Promise<string> => {
    const asked = { EventType: 'SystemMaintenance.Reboot', InstanceId: [InstanceId], NotBefore: inAnHour(), ...input }
    return (await call('CreateSimulatedSystemEvents', asked)).EventIdSet.EventId[0] as string
  }
  const history = async (input: object = {}): Promise<TestAnswer[]> =>
    (await call('DescribeInstanceHistoryEvents', input)).InstanceSystemEventSet.InstanceSystemEventType
  const full = async (input: object = {}): Promise<TestAnswer[]> =>
    (await call('DescribeInstancesFullStatus', input)).InstanceFullStatusSet.InstanceFullStatusType
  const status = async () => (await cloud.instances())[0].Status as string
  const cycleOf = async (EventId: string) => {
    const InstanceEventCycleStatus = ['Inquiring', 'Scheduled', 'Executing', 'Executed', 'Avoided', 'Canceled']
    return (await history({ EventId: [EventId], InstanceEventCycleStatus }))[0]?.EventCycleStatus.Name as string | undefined
  }
  return { ...cloud, InstanceId, inAnHour, simulate, history, full, status, cycleOf }
}
