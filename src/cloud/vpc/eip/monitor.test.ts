import { describe, expect, it } from 'vitest'
import { toSeconds } from '../../../api/time.ts'
import { cloudWithNetwork } from '../../testing.ts'

const hourMs = 3_600_000

describe('the figures of an elastic address', () => {
  it('are those of the instance that it is bound to: both operations of ECS tell the same as VPC', async () => {
    const { call, clock, running } = await cloudWithNetwork()
    const InstanceId = await running()
    const { AllocationId } = await call('AllocateEipAddress', { Bandwidth: '5' }, { product: 'vpc' })
    const asked = () => ({ AllocationId, StartTime: toSeconds(clock.now() - hourMs), EndTime: toSeconds(clock.now()), Period: 300 })
    clock.advance(hourMs)
    expect((await call('DescribeEipMonitorData', asked())).EipMonitorDatas.EipMonitorData).toEqual([])
    await call('AssociateEipAddress', { AllocationId, InstanceId }, { product: 'vpc' })
    clock.set(Date.UTC(2026, 0, 2, 12))
    const points = (await call('DescribeEipMonitorData', asked())).EipMonitorDatas.EipMonitorData
    expect(points).toHaveLength(12)
    for (const { EipRX, EipTX, EipFlow, EipBandwidth, EipPackets } of points) {
      expect(EipFlow).toBe(EipRX + EipTX)
      expect(EipBandwidth).toBe(Math.round(EipFlow / 300))
      expect(EipPackets).toBeGreaterThan(0)
    }
    const { StartTime, EndTime } = asked()
    const own = (await call('DescribeInstanceMonitorData', { InstanceId, StartTime, EndTime, Period: 60 })).MonitorData.InstanceMonitorData
    const minutes = (await call('DescribeEipMonitorData', { ...asked(), Period: 60 })).EipMonitorDatas.EipMonitorData
    expect(minutes[0].EipTX).toBe((own[0].InternetTX * 1000) / 8)
    for (const [action, settings] of [
      ['DescribeNewProjectEipMonitorData', {}] as const,
      ['DescribeEipMonitorData', { product: 'vpc' }] as const,
    ])
      expect((await call(action, asked(), settings)).EipMonitorDatas.EipMonitorData).toEqual(points)
  })

  it('are asked for by an address and a time that are there', async () => {
    const { call, clock, refusal } = await cloudWithNetwork()
    const { AllocationId } = await call('AllocateEipAddress', {}, { product: 'vpc' })
    const [StartTime, EndTime] = [toSeconds(clock.now() - hourMs), toSeconds(clock.now())]
    const code = async (input: object) => (await refusal('DescribeEipMonitorData', { AllocationId, StartTime, EndTime, ...input })).code
    expect(await code({ AllocationId: 'eip-none' })).toBe('InvalidAllocationId.NotFound')
    expect(await code({ Period: 7 })).toBe('InvalidPeriod.ValueNotSupported')
    expect(await code({ StartTime: EndTime, EndTime: StartTime })).toBe('InvalidStartTime.ValueNotSupported')
  })
})
