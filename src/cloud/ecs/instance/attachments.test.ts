import { expect, test } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

test('an instance takes part in no reserved capacity until another choice is made', async () => {
  const { running, call } = await cloudWithNetwork()
  const InstanceId = await running()
  const read = async () => (await call('DescribeInstanceAttachmentAttributes', { InstanceIds: [InstanceId] })).Instances.Instance
  expect(await read()).toEqual([{ InstanceId, PrivatePoolOptionsMatchCriteria: 'None', PrivatePoolOptionsId: '' }])
  await call('ModifyInstanceAttachmentAttributes', { InstanceId, PrivatePoolOptions: { MatchCriteria: 'Open' } })
  expect(await read()).toEqual([{ InstanceId, PrivatePoolOptionsMatchCriteria: 'Open', PrivatePoolOptionsId: '' }])
  await call('ModifyInstanceAttachmentAttributes', { InstanceId, PrivatePoolOptions: { MatchCriteria: 'None' } })
  expect(await read()).toEqual([{ InstanceId, PrivatePoolOptionsMatchCriteria: 'None', PrivatePoolOptionsId: '' }])
})

test('a pool goes with the criteria Target alone, and criteria are one of three', async () => {
  const { running, refusal } = await cloudWithNetwork()
  const InstanceId = await running()
  const modify = (PrivatePoolOptions: object) => refusal('ModifyInstanceAttachmentAttributes', { InstanceId, PrivatePoolOptions })
  expect(await modify({ MatchCriteria: 'Target' })).toMatchObject({ code: 'MissingParameter.PrivatePoolOptions.Id', status: 400 })
  expect(await modify({ MatchCriteria: 'Open', Id: 'eap-bp1' })).toMatchObject({ code: 'Invalid.PrivatePoolOptions.Id' })
  expect(await modify({ MatchCriteria: 'Target', Id: 'eap-bp1' })).toMatchObject({ code: 'Invalid.PrivatePoolOptions.Id' })
  expect(await modify({ MatchCriteria: 'Dance' })).toMatchObject({ code: 'Invalid.PrivatePoolOptions.MatchCriteria' })
})

test('a spot instance takes part in none', async () => {
  const { running, refusal } = await cloudWithNetwork()
  const InstanceId = await running({ SpotStrategy: 'SpotAsPriceGo' })
  const open = { InstanceId, PrivatePoolOptions: { MatchCriteria: 'Open' } }
  expect(await refusal('ModifyInstanceAttachmentAttributes', open)).toMatchObject({ code: 'Invalid.InstanceId' })
})

test('attributes of an instance that is not there are refused', async () => {
  const { running, refusal } = await cloudWithNetwork()
  const InstanceIds = [await running(), 'i-none']
  const notFound = { code: 'InvalidInstanceIds.NotFound', status: 404 }
  expect(await refusal('DescribeInstanceAttachmentAttributes', { InstanceIds })).toMatchObject(notFound)
  const many = { InstanceIds: Array.from({ length: 101 }, (_, at) => `i-${at}`) }
  expect(await refusal('DescribeInstanceAttachmentAttributes', many)).toMatchObject({ code: 'InvalidInstanceIds.Malformed' })
})
