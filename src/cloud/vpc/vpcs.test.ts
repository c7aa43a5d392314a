import { describe, expect, it } from 'vitest'
import { testCloud } from '../testing.ts'

const vpc = { product: 'vpc' } as const

async function cloud() {
  const { call, refusal, clock } = await testCloud()
  const create = async (input: object = {}): Promise<string> => (await call('CreateVpc', input, vpc)).VpcId
  const attribute = (VpcId: string) => call('DescribeVpcAttribute', { VpcId }, vpc)
  return { call, refusal, clock, create, attribute }
}

describe('a VPC', () => {
  it('is Pending when made and Available some seconds later', async () => {
    const { call, clock, attribute } = await cloud()
    const made = await call('CreateVpc', { CidrBlock: '10.0.0.0/8', VpcName: 'net', Description: 'of tests' }, vpc)
    expect(made).toMatchObject({ VpcId: expect.stringMatching(/^vpc-bp1\w{18}$/), VRouterId: expect.stringMatching(/^vrt-/) })
    const shown = { VpcName: 'net', Description: 'of tests', CidrBlock: '10.0.0.0/8', IsDefault: false, VRouterId: made.VRouterId }
    expect(await attribute(made.VpcId)).toMatchObject({ ...shown, Status: 'Pending' })
    clock.advance(10_000)
    expect(await attribute(made.VpcId)).toMatchObject({ ...shown, Status: 'Available', VSwitchIds: { VSwitchId: [] } })
  })

  it('gets a block of its own when none is asked for', async () => {
    const { create, attribute } = await cloud()
    expect((await attribute(await create())).CidrBlock).toBe('172.16.0.0/12')
  })

  it.each([
    [{ CidrBlock: '10.0.0.0' }, 'InvalidParameter'],
    [{ CidrBlock: '10.0.0.7/16' }, 'InvalidParameter'],
    [{ CidrBlock: '10.0.0.0/29' }, 'InvalidParameter'],
    [{ CidrBlock: '169.254.0.0/16' }, 'InvalidParameter'],
    [{ VpcName: 'http://x' }, 'InvalidVpcName.Malformed'],
    [{ Description: 'x'.repeat(257) }, 'InvalidVpcDiscription.Malformed'],
    [{ Tag: [{ Key: 'acs:x', Value: '' }] }, 'InvalidTagKey.Malformed'],
    [{ Ipv4CidrMask: 16 }, 'InvalidParameter'],
  ])('is not made from %j: %s', async (input, code) => {
    const { refusal } = await cloud()
    expect(await refusal('CreateVpc', input, vpc)).toMatchObject({ code, status: 400 })
  })

  it('is the tenth and last of its region', async () => {
    const { create, refusal, call } = await cloud()
    for (let made = 0; made < 10; made++) await create()
    expect(await refusal('CreateVpc', {}, vpc)).toMatchObject({ code: 'QuotaExceeded.Vpc', status: 400 })
    await call('CreateVpc', {}, { ...vpc, regionId: 'cn-beijing' })
  })

  it('is listed by id, name and tag, newest first and a page at a time', async () => {
    const { create, call } = await cloud()
    const a = await create({ VpcName: 'vpc-a', Tag: [{ Key: 'env', Value: 'test' }] })
    const b = await create({ VpcName: 'vpc-b' })
    const c = await create({ VpcName: 'vpc-c' })
    const list = async (input: object) => {
      const { Vpcs, TotalCount } = await call('DescribeVpcs', input, vpc)
      return [TotalCount, ...Vpcs.Vpc.map((row: { VpcId: string }) => row.VpcId)]
    }
    expect(await list({})).toEqual([3, c, b, a])
    expect(await list({ PageSize: 2, PageNumber: 2 })).toEqual([3, a])
    expect(await list({ VpcId: `${a},${b}` })).toEqual([2, b, a])
    expect(await list({ VpcName: 'vpc-b' })).toEqual([1, b])
    expect(await list({ Tag: [{ Key: 'env' }] })).toEqual([1, a])
    expect(await list({ EnableIpv6: true })).toEqual([0])
    expect(await list({ VpcId: 'vpc-none' })).toEqual([0])
  })

  it('shows its tags as Key and Value', async () => {
    const { create, attribute } = await cloud()
    const VpcId = await create({ Tag: [{ Key: 'env', Value: 'test' }] })
    expect((await attribute(VpcId)).Tags).toEqual({ Tag: [{ Key: 'env', Value: 'test' }] })
  })

  it('takes another name and description, and keeps what is not given', async () => {
    const { create, call, attribute } = await cloud()
    const VpcId = await create({ VpcName: 'before', Description: 'kept' })
    await call('ModifyVpcAttribute', { VpcId, VpcName: 'after' }, vpc)
    expect(await attribute(VpcId)).toMatchObject({ VpcName: 'after', Description: 'kept' })
  })

  it('is gone once deleted, and unknown from then on', async () => {
    const { create, call, refusal, clock } = await cloud()
    const VpcId = await create()
    expect(await refusal('DeleteVpc', { VpcId }, vpc)).toMatchObject({ code: 'IncorrectVpcStatus', status: 400 })
    clock.advance(10_000)
    await call('DeleteVpc', { VpcId }, vpc)
    for (const action of ['DescribeVpcAttribute', 'ModifyVpcAttribute', 'DeleteVpc'])
      expect(await refusal(action, { VpcId }, vpc)).toMatchObject({ code: 'InvalidVpcId.NotFound', status: 404 })
  })

  it('is not deleted while a security group is in it', async () => {
    const { create, call, refusal, clock } = await cloud()
    const VpcId = await create()
    clock.advance(10_000)
    const { SecurityGroupId } = await call('CreateSecurityGroup', { VpcId })
    expect(await refusal('DeleteVpc', { VpcId }, vpc)).toMatchObject({ code: 'DependencyViolation.SecurityGroup', status: 400 })
    await call('DeleteSecurityGroup', { SecurityGroupId })
    await call('DeleteVpc', { VpcId }, vpc)
  })

  it('is found by its id alone from no region, and not from another one', async () => {
    const { create, call, refusal, clock } = await cloud()
    const VpcId = await create()
    clock.advance(10_000)
    expect((await refusal('DeleteVpc', { VpcId }, { ...vpc, regionId: 'cn-beijing' })).code).toBe('InvalidVpcId.NotFound')
    await call('DeleteVpc', { VpcId, RegionId: undefined }, vpc)
  })

  it('answers the old operations of ECS too', async () => {
    const { call, clock } = await cloud()
    const { VpcId } = await call('CreateVpc', { CidrBlock: '10.0.0.0/16' })
    clock.advance(10_000)
    const { VSwitchId } = await call('CreateVSwitch', { VpcId, ZoneId: 'cn-hangzhou-h', CidrBlock: '10.0.1.0/24' })
    clock.advance(10_000)
    expect((await call('DescribeVpcs', { VpcId })).Vpcs.Vpc).toMatchObject([{ VpcId, VSwitchIds: { VSwitchId: [VSwitchId] } }])
    expect((await call('DescribeVSwitches', { VpcId })).VSwitches.VSwitch).toMatchObject([{ VSwitchId, Status: 'Available' }])
  })
})
