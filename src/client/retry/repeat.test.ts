import { describe, expect, it } from 'vitest'
import { catalogue } from '../../api/catalogue.ts'
import { EcsClient } from '../ecs.ts'
import { RamClient } from '../ram.ts'
import { repeatOf } from './repeat.ts'

const answer = (body: object, status = 200) => new Response(JSON.stringify({ RequestId: 'R', ...body }), { status })
const down = () => answer({ Code: 'ServiceUnavailable', Message: 'no' }, 503)
const lost = (): Response => {
  throw Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) })
}
const instance = (fields: object) => () => answer({ Instances: { Instance: [{ InstanceId: 'i-1', ...fields }] } })

let clients = 0

/** Clients whose answers come from a list, and the actions that were asked for. */
function scripted(answers: readonly (() => Response)[]) {
  const actions: (string | null)[] = []
  const left = [...answers]
  const options = {
    regionId: 'cn-hangzhou',
    endpoint: `repeat-${++clients}.test`,
    credentials: { accessKeyId: 'id', accessKeySecret: 'very-secret-indeed' },
    fetch: async (_url: unknown, init?: RequestInit) => {
      actions.push(new Headers(init?.headers).get('x-acs-action'))
      return (left.shift() as () => Response)()
    },
    sleep: async () => {},
  }
  return { ecs: new EcsClient(options), ram: new RamClient(options), actions }
}

describe('a change without a ClientToken whose answer was lost', () => {
  it('is done when looking shows its effect', async () => {
    const { ecs, actions } = scripted([lost, instance({ Status: 'Starting' })])
    expect(await ecs.startInstance({ InstanceId: 'i-1' })).toEqual({ RequestId: '' })
    expect(actions).toEqual(['StartInstance', 'DescribeInstances'])
  })

  it('is sent again when looking shows none', async () => {
    const { ecs, actions } = scripted([lost, instance({ Status: 'Stopped' }), () => answer({})])
    expect(await ecs.startInstance({ InstanceId: 'i-1' })).toEqual({ RequestId: 'R' })
    expect(actions).toEqual(['StartInstance', 'DescribeInstances', 'StartInstance'])
  })

  it('gives what the lost answer would have told', async () => {
    const { ecs } = scripted([down, instance({ PublicIpAddress: { IpAddress: ['47.1.2.3'] } })])
    expect(await ecs.allocatePublicIpAddress({ InstanceId: 'i-1' })).toEqual({ IpAddress: '47.1.2.3', RequestId: '' })
  })

  it('in a batch is done when all show its effect, each with its state', async () => {
    const { ecs } = scripted([lost, instance({ Status: 'Running' })])
    expect(await ecs.startInstances({ InstanceId: ['i-1'] })).toMatchObject({
      InstanceResponses: { InstanceResponse: [{ InstanceId: 'i-1', CurrentStatus: 'Running' }] },
    })
  })

  it('is done when the repeated one is refused for what the first did', async () => {
    const gone = () => answer({ Code: 'InvalidDiskId.NotFound', Message: 'no' }, 404)
    await expect(scripted([lost, gone]).ecs.deleteDisk({ DiskId: 'd-1' })).resolves.toEqual({ RequestId: 'R' })
    await expect(scripted([gone]).ecs.deleteDisk({ DiskId: 'd-1' })).rejects.toMatchObject({ code: 'InvalidDiskId.NotFound' })
    const attached = () => answer({ Code: 'EntityAlreadyExists.User.Policy', Message: 'no' }, 409)
    const input = { PolicyType: 'System', PolicyName: 'AliyunECSFullAccess', UserName: 'alice' } as const
    await expect(scripted([lost, attached]).ram.attachPolicyToUser(input)).resolves.toEqual({ RequestId: 'R' })
  })

  it('is never sent twice when there is no way to tell', async () => {
    const { ecs, actions } = scripted([lost])
    await expect(ecs.rebootInstance({ InstanceId: 'i-1' })).rejects.toMatchObject({ code: 'ECONNRESET', attempts: 1, effectUnknown: true })
    expect(actions).toHaveLength(1)
  })
})

it('the table names operations that exist, change something, and take no ClientToken', () => {
  for (const product of ['ecs', 'ram', 'sts'] as const)
    for (const [action, { input, readOnly }] of catalogue(product)) {
      if (repeatOf(product, action) === undefined) continue
      expect({ action, readOnly, token: 'ClientToken' in input }).toEqual({ action, readOnly: undefined, token: false })
    }
  for (const action of ['RebootInstance', 'toString', 'constructor']) expect(repeatOf('ecs', action)).toBeUndefined()
})
