import { expect, it } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

it('the agent is there while its instance runs, and tells how often it was called', async () => {
  const { call, clock, running, refusal } = await cloudWithNetwork()
  const id = await running()
  await call('InstallCloudAssistant', { InstanceId: [id] })
  const file = { InstanceId: [id], Name: 'a.txt', TargetDir: '/tmp', Content: 'hi' }
  const { InvokeId } = await call('SendFile', file)
  const status = async () =>
    (await call('DescribeCloudAssistantStatus', { InstanceId: [id] })).InstanceCloudAssistantStatusSet.InstanceCloudAssistantStatus[0]
  expect(await status()).toMatchObject({ CloudAssistantStatus: 'true', OSType: 'Linux', ActiveTaskCount: 1, InvocationCount: 1 })
  clock.advance(10_000)
  const sent = async (invokeId: string) => (await call('DescribeSendFileResults', { InvokeId: invokeId })).Invocations.Invocation[0]
  expect(await sent(InvokeId)).toMatchObject({ InvocationStatus: 'Success', Name: 'a.txt', VmCount: 1, FileMode: '0644' })
  const again = await call('SendFile', { ...file, Tag: [{ Key: 'team', Value: 'a' }] })
  clock.advance(10_000)
  const { InvokeInstances, Tags } = await sent(again.InvokeId)
  expect(Tags.Tag).toEqual([{ TagKey: 'team', TagValue: 'a' }])
  expect(InvokeInstances.InvokeInstance).toMatchObject([{ InvocationStatus: 'Failed', ErrorCode: 'FileAlreadyExists' }])
  expect(await refusal('SendFile', { ...file, FileMode: '9' })).toMatchObject({ code: 'FileMode.Invalid', status: 403 })
  await call('StopInstance', { InstanceId: id })
  clock.advance(20_000)
  expect(await status()).toMatchObject({ CloudAssistantStatus: 'false', ActiveTaskCount: 0, InvocationCount: 2 })
  expect(await refusal('InstallCloudAssistant', { InstanceId: ['i-none'] })).toMatchObject({
    code: 'InvalidInstance.NotFound',
    status: 404,
  })
})
