import { expect, test } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

test('an instance starts on open capacity until another choice is made', async () => {
  const { running, call } = await cloudWithNetwork()
  const InstanceId = await running()
  const read = async () => (await call('DescribeInstanceAttachmentAttributes', { InstanceIds: [InstanceId] })).Instances.Instance
  expect(await read()).toEqual([{ InstanceId, PrivatePoolOptionsMatchCriteria: 'Open', PrivatePoolOptionsId: '' }])
  await call('ModifyInstanceAttachmentAttributes', { InstanceId, PrivatePoolOptions: { MatchCriteria: 'Target', Id: 'eap-bp1' } })
  expect(await read()).toEqual([{ InstanceId, PrivatePoolOptionsMatchCriteria: 'Target', PrivatePoolOptionsId: 'eap-bp1' }])
  await call('ModifyInstanceAttachmentAttributes', { InstanceId, PrivatePoolOptions: { MatchCriteria: 'None' } })
  expect(await read()).toEqual([{ InstanceId, PrivatePoolOptionsMatchCriteria: 'None', PrivatePoolOptionsId: '' }])
})

test('a pool goes with the criteria Target alone, and criteria are one of three', async () => {
  const { running, refusal } = await cloudWithNetwork()
  const InstanceId = await running()
  for (const PrivatePoolOptions of [{ MatchCriteria: 'Target' }, { MatchCriteria: 'Open', Id: 'eap-bp1' }, { MatchCriteria: 'Dance' }])
    expect(await refusal('ModifyInstanceAttachmentAttributes', { InstanceId, PrivatePoolOptions })).toMatchObject({
      code: 'InvalidParameter',
    })
})

test('attributes of an instance that is not there are refused', async () => {
  const { running, refusal } = await cloudWithNetwork()
  const InstanceIds = [await running(), 'i-none']
  const notFound = { code: 'InvalidInstanceIds.NotFound', status: 404 }
  expect(await refusal('DescribeInstanceAttachmentAttributes', { InstanceIds })).toMatchObject(notFound)
  const many = { InstanceIds: Array.from({ length: 101 }, (_, at) => `i-${at}`) }
  expect(await refusal('DescribeInstanceAttachmentAttributes', many)).toMatchObject({ code: 'InvalidInstanceIds.Malformed' })
})
