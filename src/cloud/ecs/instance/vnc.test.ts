import { expect, test } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

const conflict = { code: 'IncorrectInstanceStatus', status: 403 }

test('a VNC address is an encoded WebSocket address that differs each time and leads nowhere', async () => {
  const { running, call } = await cloudWithNetwork()
  const InstanceId = await running()
  const first = (await call('DescribeInstanceVncUrl', { InstanceId })).VncUrl
  expect(decodeURIComponent(first)).toMatch(/^wss:\/\/vncproxy\.cn-hangzhou\.invalid\/websockify\/\?s=[0-9a-z]{64}$/)
  expect((await call('DescribeInstanceVncUrl', { InstanceId })).VncUrl).not.toBe(first)
})

test('a VNC address is given of a running instance only', async () => {
  const { running, launch, call, refusal } = await cloudWithNetwork()
  const [young] = await launch()
  expect(await refusal('DescribeInstanceVncUrl', { InstanceId: young })).toMatchObject({ code: 'InstanceNotReady', status: 403 })
  const InstanceId = await running()
  await call('StopInstance', { InstanceId })
  expect(await refusal('DescribeInstanceVncUrl', { InstanceId })).toMatchObject(conflict)
  expect(await refusal('DescribeInstanceVncUrl', { InstanceId: 'i-none' })).toMatchObject({
    code: 'InvalidInstanceId.NotFound',
    status: 404,
  })
})

test('a VNC password has six letters and digits of all three kinds', async () => {
  const { running, launch, call, refusal } = await cloudWithNetwork()
  const InstanceId = await running()
  await call('ModifyInstanceVncPasswd', { InstanceId, VncPassword: 'aB3dE6' })
  const malformed = { code: 'IncorrectVncPassword.Malformed', status: 400 }
  for (const VncPassword of ['aB3dE', 'aB3dE67', 'ab3de6', 'AB3DE6', 'aBcdEf', 'aB3d-6'])
    expect(await refusal('ModifyInstanceVncPasswd', { InstanceId, VncPassword })).toMatchObject(malformed)
  const [young] = await launch()
  expect(await refusal('ModifyInstanceVncPasswd', { InstanceId: young, VncPassword: 'aB3dE6' })).toMatchObject(conflict)
})
