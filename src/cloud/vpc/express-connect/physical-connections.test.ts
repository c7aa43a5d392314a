import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../api/catalogue.ts'
import { strays } from '../../strays.ts'
import { cloudWithLines, inVpc, minute } from './testing.ts'

describe('a physical connection', () => {
  it('is applied for, approved, allotted a port and confirmed on the clock, and then enabled by its owner', async () => {
    const { call, clock, apply, connection, code } = await cloudWithLines()
    const id = await apply()
    const seen = [(await connection(id)).Status]
    for (let second = 0; second < 700; second++) {
      clock.advance(1_000)
      const { Status } = await connection(id)
      if (Status !== seen.at(-1)) seen.push(Status)
    }
    expect(seen).toEqual(['Initial', 'Approved', 'Allocating', 'Allocated', 'Confirmed'])
    await call('EnablePhysicalConnection', { PhysicalConnectionId: id }, inVpc)
    expect(await connection(id)).toMatchObject({ Status: 'Confirmed', EnabledTime: '' })
    expect(await code('EnablePhysicalConnection', { PhysicalConnectionId: id })).toBe('INSTANCE.STATUS.NOT.ALLOW')
    clock.advance(minute)
    expect(await connection(id)).toMatchObject({ Status: 'Enabled', EnabledTime: expect.stringMatching(/Z$/) as string })
    await call('EnablePhysicalConnection', { PhysicalConnectionId: id }, inVpc)
  })

  it('is confirmed by who ordered it before the clock does, and enabled at once where no order is asked for', async () => {
    const { call, clock, apply, connection, code } = await cloudWithLines()
    const PhysicalConnectionId = await apply()
    expect(await code('ConfirmPhysicalConnection', { PhysicalConnectionId })).toBe('Forbidden.NotAllowedInState')
    clock.advance(minute)
    expect(await code('EnablePhysicalConnection', { PhysicalConnectionId })).toBe('Forbidden.NotAllowedInState')
    await call('ConfirmPhysicalConnection', { PhysicalConnectionId }, inVpc)
    expect((await connection(PhysicalConnectionId)).Status).toBe('Confirmed')
    await call('EnablePhysicalConnection', { PhysicalConnectionId, ByPassSp: true }, inVpc)
    expect((await connection(PhysicalConnectionId)).Status).toBe('Enabled')
    clock.advance(60 * minute)
    expect((await connection(PhysicalConnectionId)).Status).toBe('Enabled')
  })

  it('shows what it was applied for with, in both products alike, and is found by it', async () => {
    const { call, apply, connection, filtered, code } = await cloudWithLines()
    const spare = await apply()
    const id = await apply({
      Description: 'to the office',
      CircuitCode: 'longtel001',
      PortType: '10GBase-LR',
      OpticalModuleModel: 'SFP-10G-LR-SM1310,10KM',
      DeviceAdvancedCapacity: ['MacSec'],
      bandwidth: 500,
      Tag: [{ Key: 'team', Value: 'net' }],
    })
    expect(id).toMatch(/^pc-bp1\w{18}$/)
    expect(await connection(id)).toMatchObject({
      Name: 'office',
      Description: 'to the office',
      CircuitCode: 'longtel001',
      PortType: '10GBase-LR',
      Spec: '10G',
      Bandwidth: 500,
      LineOperator: 'CT',
      PeerLocation: 'Zhejiang',
      AccessPointId: 'ap-cn-hangzhou-yh-B',
      DeviceFeaturesSelected: 'MacSec',
      Tags: { tags: [{ Key: 'team', Value: 'net' }] },
    })
    expect(await connection(spare)).toMatchObject({ Spec: '1G and below', Bandwidth: 1_000 })
    for (const filter of [
      filtered('Spec', '10G'),
      { Filter: [{ Key: 'Status', Value: ['Initial'] }], Tags: [{ Key: 'team', Value: 'net' }] },
    ]) {
      const { TotalCount, PhysicalConnectionSet } = await call('DescribePhysicalConnections', filter, inVpc)
      expect([TotalCount, PhysicalConnectionSet.PhysicalConnectionType[0].PhysicalConnectionId]).toEqual([1, id])
    }
    const pages = await call('DescribePhysicalConnections', { PageSize: 1, PageNumber: 2, Filter: [{ Key: 'Type', Value: ['VPC'] }] })
    expect(pages).toMatchObject({ TotalCount: 2, PageNumber: 2, PageSize: 1 })
    expect(pages.PhysicalConnectionSet.PhysicalConnectionType).toHaveLength(1)
    expect(await code('DescribePhysicalConnections', filtered('Colour', 'red'))).toBe('InvalidParameter')
    const six = Array.from({ length: 6 }, () => ({ Key: 'Name', Value: ['office'] }))
    expect(await code('DescribePhysicalConnections', { Filter: six })).toBe('InvalidParameter')
    const answer = await call('DescribePhysicalConnections', { IncludeReservationData: true }, inVpc)
    expect(strays(answer, catalogue('vpc').get('DescribePhysicalConnections')?.output, 'connections')).toEqual([])
  })

  it('is rejected for a carrier of elsewhere, and applied for again when that is changed', async () => {
    const { call, clock, apply, connection } = await cloudWithLines()
    const PhysicalConnectionId = await apply({ LineOperator: 'Other' })
    clock.advance(minute)
    expect((await connection(PhysicalConnectionId)).Status).toBe('Rejected')
    await call('ModifyPhysicalConnectionAttribute', { PhysicalConnectionId, LineOperator: 'CO' }, inVpc)
    expect((await connection(PhysicalConnectionId)).Status).toBe('Initial')
    clock.advance(minute)
    expect((await connection(PhysicalConnectionId)).Status).toBe('Allocated')
  })

  it('fails where the access point has no such port', async () => {
    const { clock, apply, connection, code, call } = await cloudWithLines()
    const PhysicalConnectionId = await apply({ AccessPointId: 'ap-cn-hangzhou-yh-C', PortType: '100GBase-LR' })
    clock.advance(minute)
    expect((await connection(PhysicalConnectionId)).Status).toBe('Allocation Failed')
    expect(await code('ModifyPhysicalConnectionAttribute', { PhysicalConnectionId, Name: 'again' })).toBe('Forbidden.NotAllowedInState')
    await call('DeletePhysicalConnection', { PhysicalConnectionId })
    expect(await connection(PhysicalConnectionId)).toBeUndefined()
  })

  it('is cancelled before it is enabled, but not while a port is sought, and terminated after', async () => {
    const { call, clock, apply, connection, code, enabled } = await cloudWithLines()
    const PhysicalConnectionId = await apply()
    clock.advance(20_000)
    expect((await connection(PhysicalConnectionId)).Status).toBe('Allocating')
    expect(await code('CancelPhysicalConnection', { PhysicalConnectionId })).toBe('Forbidden.NotAllowedInState')
    expect(await code('DeletePhysicalConnection', { PhysicalConnectionId })).toBe('Forbidden.NotInAllowDeleteStatus')
    clock.advance(minute)
    await call('CancelPhysicalConnection', { PhysicalConnectionId })
    clock.advance(60 * minute)
    expect((await connection(PhysicalConnectionId)).Status).toBe('Canceled')
    const used = await enabled()
    expect(await code('CancelPhysicalConnection', { PhysicalConnectionId: used })).toBe('Forbidden.NotAllowedInState')
    expect(await code('DeletePhysicalConnection', { PhysicalConnectionId: used })).toBe('Forbidden.NotInAllowDeleteStatus')
    await call('TerminatePhysicalConnection', { PhysicalConnectionId: used })
    expect((await connection(used)).Status).toBe('Terminating')
    clock.advance(minute)
    expect((await connection(used)).Status).toBe('Terminated')
    expect(await code('TerminatePhysicalConnection', { PhysicalConnectionId: used })).toBe('Forbidden.NotAllowedInState')
    await call('DeletePhysicalConnection', { PhysicalConnectionId: used }, inVpc)
    expect(await connection(used)).toBeUndefined()
  })

  it('keeps its spec from when it is approved until it is enabled', async () => {
    const { call, clock, apply, connection, code, enabled } = await cloudWithLines()
    const redundant = await enabled()
    const PhysicalConnectionId = await apply()
    const change = (input: object) => call('ModifyPhysicalConnectionAttribute', { PhysicalConnectionId, ...input }, inVpc)
    await change({ PortType: '10GBase-T', RedundantPhysicalConnectionId: redundant })
    expect(await connection(PhysicalConnectionId)).toMatchObject({ Bandwidth: 10_000, RedundantPhysicalConnectionId: redundant })
    clock.advance(minute)
    await change({ Name: 'spare', Description: 'the other one', DownDelayTime: 300, PeerLocation: 'Jiangsu', CircuitCode: 'x1' })
    expect(await connection(PhysicalConnectionId)).toMatchObject({ Name: 'spare', DownDelayTime: 300, PeerLocation: 'Jiangsu' })
    for (const input of [{ PortType: '1000Base-T' }, { bandwidth: 100 }, { RedundantPhysicalConnectionId: redundant }])
      expect(await code('ModifyPhysicalConnectionAttribute', { PhysicalConnectionId, ...input })).toBe('Forbidden.NotAllowedInState')
    clock.advance(15 * minute)
    await call('EnablePhysicalConnection', { PhysicalConnectionId, ClientToken: 'once' })
    clock.advance(minute)
    await change({ bandwidth: 2_000 })
    expect((await connection(PhysicalConnectionId)).Bandwidth).toBe(2_000)
    for (const DownDelayTime of [50, 10_100])
      expect(await code('ModifyPhysicalConnectionAttribute', { PhysicalConnectionId, DownDelayTime })).toBe('InvalidParameter')
  })

  it('is applied for at most five at a time, once for a token', async () => {
    const { call, apply, enabled, code, line } = await cloudWithLines()
    await enabled()
    const token = { ...line, ClientToken: 'one' }
    const first = await call('CreatePhysicalConnection', token, inVpc)
    expect((await call('CreatePhysicalConnection', token, inVpc)).PhysicalConnectionId).toBe(first.PhysicalConnectionId)
    for (let number = 0; number < 4; number++) await apply()
    expect(await code('CreatePhysicalConnection', line)).toBe('QuotaExceeded')
  })

  it.each([
    [{ AccessPointId: 'ap-none' }, 'InvalidAccessPointId.NotFound'],
    [{ AccessPointId: 'ap-cn-beijing-ft-A' }, 'InvalidAccessPointId.NotFound'],
    [{ AccessPointId: 'ap-cn-hangzhou-xs-B' }, 'InvalidAccessPointId.NotEnabled'],
    [{ AccessPointId: 'ap-cn-hangzhou-yh-E' }, 'InvalidAccessPointId.NotEnabled'],
    [{ Type: 'Road' }, 'InvalidType.Malformd'],
    [{ LineOperator: 'Pigeon' }, 'InvalidLineOperator.Malformd'],
    [{ PortType: 'USB' }, 'InvalidPortType.Malformd'],
    [{ PeerLocation: 'x'.repeat(257) }, 'InvalidPeerLocation.Malformd'],
    [{ CircuitCode: 'x'.repeat(65) }, 'InvalidCircuitCode.Malformed'],
    [{ Name: '1' }, 'InvalidName.Malformed'],
    [{ Description: 'http://x' }, 'InvalidDescription.Malformed'],
    [{ bandwidth: 1 }, 'InvalidParameter'],
    [{ OpticalModuleModel: 'SFP-10G-LR-SM1310,10KM' }, 'InvalidParameter'],
    [{ DeviceAdvancedCapacity: ['a b'] }, 'InvalidParameter'],
    [{ RedundantPhysicalConnectionId: 'pc-none' }, 'InvalidRedundantPhysicalConnection.NotFound'],
    [{ ResourceGroupId: 'home' }, 'InvalidResourceGroup.NotFound'],
  ])('is not applied for with %j', async (input, expected) => {
    const { code, line, call } = await cloudWithLines()
    expect(await code('CreatePhysicalConnection', { ...line, ...input })).toBe(expected)
    expect((await call('DescribePhysicalConnections', {}, inVpc)).TotalCount).toBe(0)
  })

  it('has a redundant one that is in use, and is its owner’s alone', async () => {
    const { call, apply, code, line, other } = await cloudWithLines()
    const PhysicalConnectionId = await apply()
    expect(await code('CreatePhysicalConnection', { ...line, RedundantPhysicalConnectionId: PhysicalConnectionId })).toBe('Invalid.Status')
    expect(await code('CancelPhysicalConnection', { PhysicalConnectionId }, other)).toBe('InvalidPhysicalConnectionId.NotFound')
    expect((await call('DescribePhysicalConnections', {}, other)).TotalCount).toBe(0)
    expect((await call('DescribePhysicalConnections', {}, { ...inVpc, regionId: 'cn-beijing' })).TotalCount).toBe(0)
  })
})
