import { expect, it } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

it('a public address is released from the instance that has it', async () => {
  const { call, refusal, running, instances } = await cloudWithNetwork()
  const InstanceId = await running({ InternetMaxBandwidthOut: 5 })
  const other = await running()
  const address = async () => (await instances({ InstanceIds: [InstanceId] }))[0].PublicIpAddress.IpAddress[0] as string | undefined
  const PublicIpAddress = await address()
  const unknown = { code: 'InvalidIpAddress.NotFound', status: 404 }
  expect(await refusal('ReleasePublicIpAddress', { PublicIpAddress, InstanceId: other })).toMatchObject(unknown)
  expect(await refusal('ReleasePublicIpAddress', { PublicIpAddress: '198.18.0.1' })).toMatchObject(unknown)
  await call('ReleasePublicIpAddress', { PublicIpAddress, InstanceId, DryRun: true }).catch((error: { code: string }) => {
    expect(error.code).toBe('DryRunOperation')
  })
  expect(await address()).toBe(PublicIpAddress)
  await call('ReleasePublicIpAddress', { PublicIpAddress })
  expect(await address()).toBeUndefined()
  await call('AllocatePublicIpAddress', { InstanceId })
  const next = await address()
  await call('StopInstance', { InstanceId })
  expect(await refusal('ReleasePublicIpAddress', { PublicIpAddress: next })).toMatchObject({ code: 'IncorrectInstanceStatus' })
})
