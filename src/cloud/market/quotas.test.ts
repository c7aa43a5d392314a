import { expect, it } from 'vitest'
import { cloudWithNetwork } from '../testing.ts'
import { type QuotaName, quotaNames } from './quotas.ts'

const zone = { ZoneId: 'cn-hangzhou-h' }
const spot = { SpotStrategy: 'SpotAsPriceGo' }
const script = { Type: 'RunShellScript', CommandContent: 'ZWNobw==', ContentEncoding: 'Base64' }

/** By quota: a call that needs some of it, and how it is refused when there is none. */
const refusals: { readonly [name in QuotaName]: readonly [action: string, input: object, code: string, status: number] } = {
  'max-security-groups': ['CreateSecurityGroup', {}, 'QuotaExceed.SecurityGroup', 403],
  'max-elastic-network-interfaces': ['CreateNetworkInterface', {}, 'MaxEniCountExceeded', 403],
  'max-postpaid-instance-vcpu-count': ['RunInstances', {}, 'QuotaExceed.ElasticQuota', 403],
  'max-spot-instance-vcpu-count': ['RunInstances', spot, 'QuotaExceed.ElasticQuota', 403],
  'max-postpaid-instance-count': ['RunInstances', {}, 'QuotaExceed.AfterpayInstance', 400],
  'max-postpaid-yundisk-capacity': ['CreateDisk', { ...zone, Size: 40 }, 'QuotaExceed.PostPaidDisk', 403],
  'max-dedicated-hosts': ['AllocateDedicatedHosts', { ...zone, DedicatedHostType: 'ddh.g6' }, 'QuotaExceed.AfterpayDedicatedHost', 400],
  'max-axt-command-count': ['CreateCommand', { ...script, Name: 'one' }, 'CmdCount.ExceedQuota', 403],
  'max-axt-invocation-daily': ['RunCommand', script, 'Invocation.ExceedQuota', 403],
  'max-cloud-assistant-activation-count': ['CreateActivation', {}, 'ActivationCount.ExceedLimit', 400],
}

it.each(quotaNames)('a script that leaves nothing of %s has an operation refused, until it leaves something', async (name) => {
  const { call, refusal, cloud, running, basics, VpcId } = await cloudWithNetwork()
  const instanceId = await running()
  const [action, more, code, status] = refusals[name]
  const { VSwitchId, SecurityGroupId } = basics
  const place = {
    RunInstances: basics,
    CreateNetworkInterface: { VSwitchId, SecurityGroupId },
    CreateSecurityGroup: { VpcId },
    RunCommand: { InstanceId: [instanceId] },
  }
  const input = { ...(place as Readonly<Record<string, object>>)[action], ...more }
  cloud.market.set([{ quota: { name, value: 0 } }])
  expect(await refusal(action, input)).toMatchObject({ code, status })
  cloud.market.set([{ quota: { name, value: 1_000_000 } }])
  await call(action, input)
})
