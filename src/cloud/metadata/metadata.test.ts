import { describe, expect, test } from 'vitest'
import type { Credentials } from '../../api/wire.ts'
import { cloudWithNetwork, testCloud } from '../testing.ts'

const ram = { product: 'ram' } as const
const trust = (Service: string) =>
  JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: [Service] } }] })

const address = 'http://100.100.100.200/latest'
const credentialsPath = 'meta-data/ram/security-credentials'

/** A running instance with the role `web`, which may read ECS, and its metadata service. */
async function guest(launch: object = {}) {
  const cloud = await cloudWithNetwork()
  await cloud.call('CreateRole', { RoleName: 'web', AssumeRolePolicyDocument: trust('ecs.aliyuncs.com') }, ram)
  const policy = { PolicyType: 'System', PolicyName: 'AliyunECSReadOnlyAccess', RoleName: 'web' }
  await cloud.call('AttachPolicyToRole', policy, ram)
  const id = await cloud.running({ RamRoleName: 'web', ...launch })
  const metadata = cloud.cloud.metadata(id)
  const ask = async (path: string, init?: RequestInit) => {
    const answer = await metadata.fetch(path.startsWith('http') ? path : `${address}/${path}`, init)
    return { status: answer.status, text: await answer.text() }
  }
  const item = async (path: string) => (await ask(path)).text
  const token = async (seconds = '21600') =>
    ask('api/token', { method: 'PUT', headers: { 'X-aliyun-ecs-metadata-token-ttl-seconds': seconds } })
  const askWith = (secret: string, path: string) => ask(path, { headers: { 'X-aliyun-ecs-metadata-token': secret } })
  const credentials = async (): Promise<Credentials & { expiration: string }> => {
    const told = JSON.parse(await item(`${credentialsPath}/web`))
    return {
      accessKeyId: told.AccessKeyId,
      accessKeySecret: told.AccessKeySecret,
      securityToken: told.SecurityToken,
      expiration: told.Expiration,
    }
  }
  return { ...cloud, id, metadata, ask, item, token, askWith, credentials, policy }
}

describe("an instance's metadata", () => {
  test('tells the instance of itself', async () => {
    const { item, id, instances, VpcId, VSwitchId, basics, cloud } = await guest()
    const [instance] = await instances({ InstanceIds: [id] })
    expect(await item('meta-data/instance-id')).toBe(id)
    expect(await item('meta-data/region-id')).toBe('cn-hangzhou')
    expect(await item('meta-data/zone-id')).toBe('cn-hangzhou-h')
    expect(await item('meta-data/image-id')).toBe(basics.ImageId)
    expect(await item('meta-data/vpc-id')).toBe(VpcId)
    expect(await item('meta-data/vswitch-id')).toBe(VSwitchId)
    expect(await item('meta-data/hostname')).toBe(instance.HostName)
    expect(await item('meta-data/instance/instance-type')).toBe('ecs.g7.large')
    expect(await item('meta-data/owner-account-id')).toBe(cloud.accountId)
    const [face] = instance.NetworkInterfaces.NetworkInterface
    expect(await item('meta-data/private-ipv4')).toBe(face.PrimaryIpAddress)
    expect(await item('meta-data/mac')).toBe(face.MacAddress)
    const macs = 'meta-data/network/interfaces/macs'
    expect(await item(`${macs}/`)).toBe(`${face.MacAddress}/`)
    expect(await item(`${macs}/${face.MacAddress}/network-interface-id`)).toBe(face.NetworkInterfaceId)
    expect(await item(`${macs}/${encodeURIComponent(face.MacAddress)}/netmask`)).toBe('255.255.255.0')
    expect(await item(`${macs}/${face.MacAddress}/gateway`)).toBe('10.0.0.253')
    expect(JSON.parse(await item('dynamic/instance-identity/document'))).toMatchObject({
      'instance-id': id,
      'owner-account-id': cloud.accountId,
      'private-ipv4': face.PrimaryIpAddress,
    })
  })

  test('lists what is in a directory', async () => {
    const { item } = await guest()
    expect((await item('')).split('\n')).toEqual(['dynamic/', 'meta-data/'])
    expect((await item('meta-data/')).split('\n')).toEqual(expect.arrayContaining(['instance-id', 'instance/', 'ram/', 'zone-id']))
    expect((await item('meta-data/instance')).split('\n')).toEqual(expect.arrayContaining(['instance-name', 'instance-type']))
    expect(await item('http://100.100.100.200/')).toBe('2016-01-01/\nlatest/')
  })

  test('tells of secondary interfaces while they are attached', async () => {
    const { item, call, clock, id, basics } = await guest()
    const { VSwitchId, SecurityGroupId } = basics
    const secondary = { VSwitchId, SecurityGroupId, PrivateIpAddress: ['10.0.0.70'] }
    const { NetworkInterfaceId, MacAddress } = await call('CreateNetworkInterface', { ...secondary, PrimaryIpAddress: '10.0.0.69' })
    const macs = async () => (await item('meta-data/network/interfaces/macs/')).split('\n')
    expect(await macs()).toHaveLength(1)
    await call('AttachNetworkInterface', { InstanceId: id, NetworkInterfaceId })
    clock.advance(60_000)
    expect(await macs()).toHaveLength(2)
    expect((await macs())[1]).toBe(`${MacAddress}/`)
    const of = (name: string) => item(`meta-data/network/interfaces/macs/${MacAddress}/${name}`)
    expect(await of('network-interface-id')).toBe(NetworkInterfaceId)
    expect(await of('primary-ip-address')).toBe('10.0.0.69')
    expect(await of('private-ipv4s')).toBe('["10.0.0.69","10.0.0.70"]')
    expect(await of('vswitch-id')).toBe(VSwitchId)
    await call('DetachNetworkInterface', { InstanceId: id, NetworkInterfaceId })
    clock.advance(60_000)
    expect(await macs()).toHaveLength(1)
  })

  test('tells the key of its key pair, its bandwidths, its public address and where it gets time and packages', async () => {
    const { item, call, running, cloud, instances } = await guest()
    await call('CreateKeyPair', { KeyPairName: 'made' })
    const id = await running({ KeyPairName: 'made', InternetMaxBandwidthOut: 5 })
    const of = async (path: string) => (await cloud.metadata(id).fetch(`${address}/meta-data/${path}`)).text()
    expect(await of('public-keys/')).toBe('0/')
    expect(await of('public-keys/0/openssh-key')).toMatch(/^ssh-rsa AAAA/)
    const [{ PublicIpAddress }] = await instances({ InstanceIds: [id] })
    expect(await of('public-ipv4')).toBe(PublicIpAddress.IpAddress[0])
    expect(await of('instance/max-netbw-egress')).toBe('2048000')
    expect(await of('instance/max-netbw-ingress')).toBe('2048000')
    expect(await of('ntp-conf/ntp-servers')).toContain('.aliyun.com')
    expect(await of('source-address')).toMatch(/^http:/)
    expect(await item('meta-data/public-keys/')).toBe('not found\n')
  })

  test('tells of its disks, its system and where that is updated', async () => {
    const { item, ask, disks, running, cloud, id, call } = await guest({ DataDisk: [{ Size: 40, DiskName: 'logs' }] })
    const attached = await disks({ InstanceId: id })
    expect((await item('meta-data/disks/')).split('\n').toSorted()).toEqual(attached.map((disk) => `${disk.SerialNumber}/`).toSorted())
    const data = attached.find((disk) => disk.Type === 'data')
    expect(await item(`meta-data/disks/${data.SerialNumber}/id`)).toBe(data.DiskId)
    expect(await item(`meta-data/disks/${data.SerialNumber}/name`)).toBe('logs')
    expect(await item('meta-data/instance/virtualization-solution')).toBe('ECS Virt')
    expect(await item('meta-data/hibernation/configured')).toBe('false')
    expect(await item('meta-data/dns-conf/nameservers')).toBe('100.100.2.136\r\n100.100.2.138')
    expect((await ask('meta-data/kms-server')).status).toBe(404)
    const { Images } = await call('DescribeImages', { OSType: 'windows' })
    const windows = cloud.metadata(await running({ ImageId: Images.Image[0].ImageId }))
    const ofWindows = async (path: string) => (await windows.fetch(`${address}/meta-data/${path}`)).text()
    expect(await ofWindows('kms-server')).toBe('kms.cloud.aliyuncs.com')
    expect(await ofWindows('wsus-server/wu-status-server')).toBe('http://update.cloud.aliyuncs.com')
    expect(await ofWindows('source-address')).toBe('not found\n')
  })

  test('tells of secondary addresses, prefixes and IPv6', async () => {
    const { item, call, VpcId, VSwitchId, id } = await guest()
    const vpc = { product: 'vpc' } as const
    await call('ModifyVpcAttribute', { VpcId, EnableIPv6: true }, vpc)
    await call('ModifyVSwitchAttribute', { VSwitchId, EnableIPv6: true, Ipv6CidrBlock: 7 }, vpc)
    const { NetworkInterfaceSets } = await call('DescribeNetworkInterfaces', { InstanceId: id })
    const [{ NetworkInterfaceId, MacAddress }] = NetworkInterfaceSets.NetworkInterfaceSet
    expect(await item('meta-data/sub-private-ipv4-list')).toBe('')
    await call('AssignPrivateIpAddresses', { NetworkInterfaceId, PrivateIpAddress: ['10.0.0.77'] })
    await call('AssignPrivateIpAddresses', { NetworkInterfaceId, Ipv4PrefixCount: 1 })
    await call('AssignIpv6Addresses', { NetworkInterfaceId, Ipv6AddressCount: 1 })
    const of = (name: string) => item(`meta-data/network/interfaces/macs/${MacAddress}/${name}`)
    expect(await item('meta-data/sub-private-ipv4-list')).toBe('10.0.0.77')
    expect(await of('ipv4-prefixes')).toMatch(/^10\.0\.0\.\d+\/28$/)
    const block = await of('vswitch-ipv6-cidr-block')
    expect(await of('ipv6-gateway')).toBe(block.replace('::/64', ':ffff:ffff:ffff:fff7'))
    expect(await of('ipv6s')).toMatch(/^\[2001:db8:[0-9a-f:]+\]$/)
    expect(await of('vpc-ipv6-cidr-blocks')).toMatch(/^\[2001:db8:[0-9a-f:]+\/56\]$/)
  })

  test('is told whole as JSON, as cloud-init reads it, without credentials being made for that', async () => {
    const { item, id } = await guest()
    const all = JSON.parse(await item('meta-data/all'))
    expect(all).toMatchObject({ 'instance-id': id, 'dns-conf': { nameservers: '100.100.2.136\r\n100.100.2.138' }, 'network-type': 'vpc' })
    expect(Object.keys(all.network.interfaces.macs)).toEqual([all.mac])
    expect(all.ram).toEqual({ 'security-credentials': {} })
    expect(await item('http://100.100.100.200/2016-01-01/meta-data/all')).toBe(JSON.stringify(all))
    expect((await item('meta-data/')).split('\n')).not.toContain('all')
    expect(JSON.stringify(all)).not.toContain('STS.')
  })

  test('gives user data back as it was before base64', async () => {
    const { item } = await guest({ UserData: Buffer.from('#!/bin/sh\necho 你好\n').toString('base64') })
    expect(await item('user-data')).toBe('#!/bin/sh\necho 你好\n')
    expect(await item('http://100.100.100.200/2016-01-01/user-data')).toContain('echo')
  })

  test.each([
    'meta-data/none',
    'meta-data/instance-id/more',
    'meta-data/constructor',
    'meta-data/__proto__/toString',
    'user-data',
    'meta-data/ram/security-credentials/other',
    'meta-data/%E0%A4%A',
    'http://100.100.100.200/1.0/meta-data/',
  ])('has nothing at %s', async (path) => {
    const { ask } = await guest()
    expect((await ask(path)).status).toBe(404)
  })

  test.each(['POST', 'DELETE', 'PUT'])('is not there to %s', async (method) => {
    const { ask } = await guest()
    expect((await ask('meta-data/instance-id', { method })).status).toBe(405)
  })

  test('ends with the instance, and is there for no other', async () => {
    const { ask, call, id, cloud, clock } = await guest()
    await call('DeleteInstance', { InstanceId: id, Force: true })
    clock.advance(60_000)
    expect((await ask('meta-data/instance-id')).status).toBe(404)
    expect((await cloud.metadata('i-none').fetch(`${address}/meta-data/`)).status).toBe(404)
  })

  test('is refused where its endpoint is disabled', async () => {
    const { ask, token } = await guest({ HttpEndpoint: 'disabled' })
    expect((await ask('meta-data/instance-id')).status).toBe(403)
    expect((await token()).status).toBe(403)
  })
})

describe('the role of an instance', () => {
  test('is named, whatever the case of the path', async () => {
    const { item } = await guest()
    expect(await item(`${credentialsPath}/`)).toBe('web')
    expect(await item('meta-data/Ram/security-credentials/')).toBe('web')
  })

  test("gives credentials that do what the role may, in a session of the instance's name", async () => {
    const { item, credentials, call, refusal, id } = await guest()
    const as = await credentials()
    expect(JSON.parse(await item(`${credentialsPath}/web`))).toMatchObject({
      Code: 'Success',
      Expiration: '2026-01-01T06:02:20Z',
      LastUpdated: '2026-01-01T00:02:20Z',
    })
    expect((await call('DescribeRegions', {}, { as })).Regions.Region.length).toBeGreaterThan(0)
    expect((await refusal('StopInstance', { InstanceId: id }, { as })).code).toBe('Forbidden.RAM')
    expect((await call('GetCallerIdentity', {}, { product: 'sts', as })).Arn).toMatch(new RegExp(`/vm-ram-${id}$`))
  })

  test('keeps its credentials until they are near their end, and renews them before it', async () => {
    const { credentials, clock, call } = await guest()
    const first = await credentials()
    clock.advance(5 * 3_600_000)
    expect(await credentials()).toEqual(first)
    clock.advance(40 * 60_000)
    const second = await credentials()
    expect(second.accessKeyId).not.toBe(first.accessKeyId)
    expect(second.expiration).toBe('2026-01-01T11:42:20Z')
    await expect(call('DescribeRegions', {}, { as: first })).resolves.toBeDefined()
    await expect(call('DescribeRegions', {}, { as: second })).resolves.toBeDefined()
  })

  test('is not there for an instance without one, nor once the role is deleted or lets ECS in no more', async () => {
    const { ask, call, cloud, running, policy } = await guest()
    const bare = cloud.metadata(await running())
    expect((await bare.fetch(`${address}/${credentialsPath}/`)).status).toBe(404)
    await call('UpdateRole', { RoleName: 'web', NewAssumeRolePolicyDocument: trust('fc.aliyuncs.com') }, ram)
    expect((await ask(`${credentialsPath}/`)).status).toBe(404)
    await call('UpdateRole', { RoleName: 'web', NewAssumeRolePolicyDocument: trust('ecs.aliyuncs.com') }, ram)
    expect((await ask(`${credentialsPath}/`)).status).toBe(200)
    await call('DetachPolicyFromRole', policy, ram)
    await call('DeleteRole', { RoleName: 'web' }, ram)
    expect((await ask(`${credentialsPath}/web`)).status).toBe(404)
  })

  test('is one of the account that the instance is in', async () => {
    const accounts = [{ id: '1000000000000001' }, { id: '1000000000000002' }]
    const { cloud, call } = await testCloud({ seed: 'demo', accounts })
    const as = cloud.accounts[1]?.credentials ?? cloud.credentials
    await call('CreateRole', { RoleName: 'web', AssumeRolePolicyDocument: trust('ecs.aliyuncs.com') }, { ...ram, as })
    const [{ InstanceId }] = (await call('DescribeInstances', { PageSize: 1 }, { as })).Instances.Instance
    await call('AttachInstanceRamRole', { InstanceIds: [InstanceId], RamRoleName: 'web' }, { as })
    const ask = async (path: string) => (await cloud.metadata(InstanceId).fetch(`${address}/${path}`)).text()
    expect(await ask('meta-data/owner-account-id')).toBe('1000000000000002')
    const told = JSON.parse(await ask(`${credentialsPath}/web`))
    const session = { accessKeyId: told.AccessKeyId, accessKeySecret: told.AccessKeySecret, securityToken: told.SecurityToken }
    expect(await call('GetCallerIdentity', {}, { product: 'sts', as: session })).toMatchObject({ AccountId: '1000000000000002' })
  })

  test('gets other credentials when it is made anew', async () => {
    const { credentials, call, policy } = await guest()
    const first = await credentials()
    await call('DetachPolicyFromRole', policy, ram)
    await call('DeleteRole', { RoleName: 'web' }, ram)
    await call('CreateRole', { RoleName: 'web', AssumeRolePolicyDocument: trust('ecs.aliyuncs.com') }, ram)
    expect((await credentials()).accessKeyId).not.toBe(first.accessKeyId)
  })
})

describe('in hardened mode', () => {
  test('nothing is told without a token, and everything with one until it ends', async () => {
    const { ask, token, askWith, clock, id } = await guest({ HttpTokens: 'required' })
    expect((await ask('meta-data/instance-id')).status).toBe(403)
    expect((await ask(`${credentialsPath}/web`)).status).toBe(403)
    const { text: secret } = await token('60')
    expect(await askWith(secret, 'meta-data/instance-id')).toEqual({ status: 200, text: id })
    clock.advance(60_000)
    expect((await askWith(secret, 'meta-data/instance-id')).status).toBe(401)
  })

  test('a token of another instance, or one that was changed, is refused', async () => {
    const { cloud, running, token, askWith } = await guest({ HttpTokens: 'required' })
    const other = cloud.metadata(await running())
    const init = { method: 'PUT', headers: { 'x-aliyun-ecs-metadata-token-ttl-seconds': '60' } }
    const foreign = await (await other.fetch(`${address}/api/token`, init)).text()
    expect((await askWith(foreign, 'meta-data/instance-id')).status).toBe(401)
    const { text: own } = await token()
    const longer = Buffer.from(own, 'base64url')
    longer.writeUInt8(longer.readUInt8(2) + 1, 2)
    expect((await askWith(longer.toString('base64url'), 'meta-data/instance-id')).status).toBe(401)
    expect((await askWith('x'.repeat(100_000), 'meta-data/instance-id')).status).toBe(401)
  })

  test('no token is given to a request that was forwarded, and a wrong one is refused in either mode', async () => {
    const { ask, askWith } = await guest()
    const headers = { 'x-aliyun-ecs-metadata-token-ttl-seconds': '60', 'x-forwarded-for': '203.0.113.1' }
    expect((await ask('api/token', { method: 'PUT', headers })).status).toBe(403)
    expect((await askWith('aaa', 'meta-data/')).status).toBe(401)
  })

  test.each(['0', '21601', '-1', '1.5', 'x', ''])('a token for %j seconds is refused', async (seconds) => {
    const { token } = await guest()
    expect((await token(seconds)).status).toBe(400)
  })
})

describe('the metadata service', () => {
  test('answers on a socket of its own', async () => {
    const { metadata, id, cloud } = await guest()
    const { url } = await metadata.listen()
    expect(await (await fetch(`${url}/latest/meta-data/instance-id`)).text()).toBe(id)
    await cloud.close()
    await expect(fetch(`${url}/latest/meta-data/instance-id`)).rejects.toThrow()
  })

  test('answers on the main port too', async () => {
    const { cloud, id } = await guest()
    const { url } = await cloud.listen()
    const base = `${url}/_local/metadata/${id}/latest`
    expect(await (await fetch(`${base}/meta-data/instance-id`)).text()).toBe(id)
    const init = { method: 'PUT', headers: { 'x-aliyun-ecs-metadata-token-ttl-seconds': '60' } }
    expect((await fetch(`${base}/api/token`, init)).status).toBe(200)
    expect((await fetch(`${url}/_local/metadata/i-none/latest/meta-data/`)).status).toBe(404)
    await cloud.close()
  })

  test.each<Record<string, string>>([
    { host: 'evil.example.com' },
    { host: '127.0.0.1:1', 'sec-fetch-site': 'cross-site' },
    { host: '127.0.0.1:1', origin: 'http://evil.example.com' },
  ])('answers no web page: %j', async (headers) => {
    const { metadata, cloud, id } = await guest()
    const request = { method: 'GET', headers, body: new Uint8Array() }
    expect((await metadata.handle({ ...request, target: '/latest/meta-data/' })).status).toBe(403)
    expect((await cloud.handle({ ...request, target: `/_local/metadata/${id}/latest/meta-data/` })).status).toBe(403)
  })
})
