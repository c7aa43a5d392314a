import { expect, test } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

test('metadata options change what is given, and the metadata service obeys at once', async () => {
  const { running, call, instances, cloud } = await cloudWithNetwork()
  const InstanceId = await running()
  const shown = async (input: object = {}) => (await instances({ AdditionalAttributes: ['META_OPTIONS'], ...input }))[0]?.MetadataOptions
  const read = async () => (await cloud.metadata(InstanceId).fetch('http://100.100.100.200/latest/meta-data/instance-id')).status
  expect(await read()).toBe(200)
  await call('ModifyInstanceMetadataOptions', { InstanceId, HttpEndpoint: 'enabled', HttpTokens: 'required', HttpPutResponseHopLimit: 3 })
  expect(await read()).toBe(403)
  await call('ModifyInstanceMetadataOptions', { InstanceId, HttpEndpoint: 'disabled', InstanceMetadataTags: 'enabled' })
  const changed = { HttpEndpoint: 'disabled', HttpTokens: 'required', HttpPutResponseHopLimit: 3, InstanceMetadataTags: 'enabled' }
  expect(await shown()).toEqual(changed)
  expect(await shown({ HttpPutResponseHopLimit: 3 })).toEqual(changed)
  expect(await shown({ HttpPutResponseHopLimit: 2 })).toBeUndefined()
})

test('a guest reads its tags once they are opened to it', async () => {
  const { running, call, cloud } = await cloudWithNetwork()
  const InstanceId = await running({ Tag: [{ Key: 'env', Value: 'dev' }] })
  const read = async () => {
    const answer = await cloud.metadata(InstanceId).fetch('http://100.100.100.200/latest/meta-data/tags/instance/env')
    return answer.ok ? answer.text() : answer.status
  }
  expect(await read()).toBe(404)
  await call('ModifyInstanceMetadataOptions', { InstanceId, HttpEndpoint: 'enabled', InstanceMetadataTags: 'enabled' })
  expect(await read()).toBe('dev')
})

test.each([
  [{ HttpEndpoint: 'ajar' }, 'InvalidHttpEndpoint.NotSupported'],
  [{ HttpTokens: 'golden' }, 'InvalidHttpTokens.NotSupported'],
  [{ HttpPutResponseHopLimit: 0 }, 'InvalidHttpPutResponseHopLimit.NotSupported'],
  [{ HttpPutResponseHopLimit: 65 }, 'InvalidHttpPutResponseHopLimit.NotSupported'],
  [{ InstanceMetadataTags: 'some' }, 'InvalidParameter'],
  [{ InstanceId: 'i-none' }, 'InvalidInstanceId.NotFound'],
  [{ InstanceId: undefined }, 'MissingParameter'],
])('metadata options refuse %j by %s', async (wrong, code) => {
  const { running, refusal } = await cloudWithNetwork()
  const asked = { InstanceId: await running(), HttpEndpoint: 'enabled', ...wrong }
  expect(await refusal('ModifyInstanceMetadataOptions', asked)).toMatchObject({ code })
})
