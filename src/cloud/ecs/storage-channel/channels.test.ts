import { describe, expect, it } from 'vitest'
import { cloudWithNetwork, type TestAnswer } from '../../testing.ts'

async function withInstance() {
  const cloud = await cloudWithNetwork()
  const InstanceId = await cloud.running()
  const list = async (input: object = {}): Promise<TestAnswer[]> => (await cloud.call('DescribeVscs', input)).Vscs
  return { ...cloud, InstanceId, list }
}

describe('a storage channel', () => {
  it('is attached to an instance, listed, and deleted', async () => {
    const { call, refusal, clock, list, InstanceId } = await withInstance()
    const asked = { InstanceId, VscName: 'files', Description: 'for training', ResourceGroupId: 'rg-x', Tag: [{ Key: 'a', Value: 'b' }] }
    const { VscId } = await call('CreateVsc', asked)
    expect(VscId).toMatch(/^vsc-bp1/)
    expect(await list()).toEqual([
      {
        VscId,
        VscName: 'files',
        Description: 'for training',
        VscType: 'Primary',
        InstanceId,
        Status: 'Attaching',
        ResourceGroupId: 'rg-x',
        Tags: [{ TagKey: 'a', TagValue: 'b' }],
      },
    ])
    expect(await refusal('DeleteVsc', { VscId })).toMatchObject({ code: 'OperationDenied', status: 403 })
    clock.advance(10_000)
    for (const filter of [
      { Status: 'In_use' },
      { Status: 'All' },
      { VscIds: [VscId] },
      { InstanceId },
      { ResourceGroupId: 'rg-x' },
      { Tag: [{ Key: 'a' }] },
    ])
      expect(await list(filter)).toHaveLength(1)
    for (const filter of [{ Status: 'Detaching' }, { VscIds: ['vsc-none'] }, { InstanceId: 'i-none' }, { ResourceGroupId: 'rg-y' }])
      expect(await list(filter)).toHaveLength(0)
    await call('DeleteVsc', { VscId })
    expect((await list())[0].Status).toBe('Detaching')
    clock.advance(10_000)
    expect(await list()).toEqual([])
    expect(await refusal('DeleteVsc', { VscId })).toMatchObject({ code: 'InvalidParameter' })
  })

  it('is the only Primary one of its instance, and one of sixteen', async () => {
    const { call, refusal, InstanceId } = await withInstance()
    await call('CreateVsc', { InstanceId })
    const denied = { code: 'OperationDenied', status: 403 }
    expect(await refusal('CreateVsc', { InstanceId, VscType: 'Primary' })).toMatchObject(denied)
    for (let made = 1; made < 16; made++) await call('CreateVsc', { InstanceId, VscType: 'Standard' })
    expect(await refusal('CreateVsc', { InstanceId, VscType: 'Standard' })).toMatchObject(denied)
    const { NextToken, Vscs } = await call('DescribeVscs', { MaxResults: 10 })
    expect(Vscs).toHaveLength(10)
    expect((await call('DescribeVscs', { NextToken, MaxResults: 10 })).Vscs).toHaveLength(6)
  })

  it('goes with its instance', async () => {
    const { call, clock, list, InstanceId } = await withInstance()
    await call('CreateVsc', { InstanceId })
    await call('DeleteInstance', { InstanceId, Force: true })
    clock.advance(60_000)
    expect(await list()).toEqual([])
  })

  it('is refused for what there is not', async () => {
    const { call, refusal, InstanceId } = await withInstance()
    const refused = async (input: object) => (await refusal('CreateVsc', { InstanceId, ...input })).code
    expect(await refused({ InstanceId: 'i-none' })).toBe('InvalidInstanceId.NotFound')
    expect(await refused({ VscType: 'Third' })).toBe('InvalidParameter')
    expect(await refused({ VscName: 'x' })).toBe('InvalidParameter')
    expect(await refused({ ResourceGroupId: 'x' })).toBe('InvalidResourceGroup.NotFound')
    expect(await refusal('DescribeVscs', { Status: 'x' })).toMatchObject({ code: 'InvalidParameter' })
    await call('StopInstance', { InstanceId })
    expect(await refused({})).toBe('IncorrectInstanceStatus')
  })
})
