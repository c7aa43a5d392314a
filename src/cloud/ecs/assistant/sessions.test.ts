import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../api/catalogue.ts'
import { strays } from '../../strays.ts'
import { cloudWithNetwork, type TestAnswer } from '../../testing.ts'

async function cloudWithInstance() {
  const cloud = await cloudWithNetwork()
  const id = await cloud.running()
  const start = (input: object = {}): Promise<TestAnswer> => cloud.call('StartTerminalSession', { InstanceId: [id], ...input })
  const sessions = async (input: object = {}): Promise<TestAnswer[]> =>
    (await cloud.call('DescribeTerminalSessions', input)).Sessions.Session
  return { ...cloud, id, start, sessions }
}

describe('a session', () => {
  it('has an address that nobody answers at, and is listed as connecting', async () => {
    const { start, sessions, id, cloud } = await cloudWithInstance()
    const { SessionId, SecurityToken, WebSocketUrl } = await start({ TargetServer: '10.0.0.9', PortNumber: 22, Username: 'admin' })
    expect(SessionId).toMatch(/^s-hz0/)
    expect(WebSocketUrl).toBe(`wss://cn-hangzhou.axt.aliyuncs.com/session?sessionId=${SessionId}&token=${SecurityToken}`)
    expect(await sessions()).toEqual([
      {
        SessionId,
        ClientIP: '127.0.0.1',
        CreationTime: '2026-01-01T00:02:20Z',
        IdentityType: 'Account',
        PrincipalId: cloud.accountId,
        Username: 'admin',
        TargetServer: '10.0.0.9',
        PortNumber: 22,
        Connections: {
          Connection: [
            { InstanceId: id, Status: 'Connecting', StartTime: '2026-01-01T00:02:20Z', EndTime: '', ClosedReason: '', FailedDetail: '' },
          ],
        },
      },
    ])
  })

  it('is ended, or fails when its address has expired, and is forgotten after 30 days', async () => {
    const { start, sessions, call, clock, refusal } = await cloudWithInstance()
    const ended = await start()
    const expired = await start()
    await call('EndTerminalSession', { SessionId: ended.SessionId })
    clock.advance(600_000)
    const of = async (SessionId: string) => (await sessions({ SessionId }))[0].Connections.Connection[0]
    expect(await of(ended.SessionId)).toMatchObject({ Status: 'Terminated', ClosedReason: 'ClientClosed' })
    expect(await of(expired.SessionId)).toMatchObject({ Status: 'Failed', ClosedReason: 'DeliveryTimeout' })
    clock.advance(30 * 86_400_000)
    expect(await sessions()).toEqual([])
    expect(await refusal('EndTerminalSession', { SessionId: ended.SessionId })).toMatchObject({
      code: 'InvalidSessionId.NotFound',
      status: 404,
    })
  })

  it('is one of 20 that are open on an instance', async () => {
    const { start, refusal, call, id, sessions } = await cloudWithInstance()
    const first = await start()
    for (let count = 1; count < 20; count++) await start()
    expect(await refusal('StartTerminalSession', { InstanceId: [id] })).toMatchObject({ code: 'SessionCount.ExceedLimit', status: 403 })
    await call('EndTerminalSession', { SessionId: first.SessionId })
    await start()
    expect(await sessions({ MaxResults: 100, InstanceId: id })).toHaveLength(21)
  })

  it('is refused while the account has disabled them, in any region', async () => {
    const { start, refusal, call, id } = await cloudWithInstance()
    const set = (SessionManagerEnabled: boolean) =>
      call(
        'ModifyCloudAssistantSettings',
        { SettingType: 'SessionManagerConfig', SessionManagerConfig: { SessionManagerEnabled } },
        { regionId: 'cn-beijing' },
      )
    await set(false)
    expect(await refusal('StartTerminalSession', { InstanceId: [id] })).toMatchObject({
      code: 'UserBehavior.SessionManagerDisabled',
      status: 403,
    })
    await set(true)
    await start()
  })

  it.each([
    [{ InstanceId: ['i-none'] }, 'InvalidInstance.NotFound', 404],
    [{ InstanceId: Array.from({ length: 11 }, (_, at) => `i-${at}`) }, 'InstanceIds.ExceedLimit', 403],
    [{ ConnectionType: 'Vpn' }, 'InvalidParameter.ConnectionType', 400],
    [{ PortNumber: 70_000 }, 'PortNumber.Invalid', 400],
    [{ CommandLine: 'ls', PortNumber: 22 }, 'InvalidCommandLine.Conflict', 403],
    [{ TargetServer: '10.0.0.1' }, 'InvalidTargetServer.MissingPortNumber', 403],
    [{ CommandLine: 'x'.repeat(513) }, 'InvalidCommandLine.LengthLimitExceeded', 403],
    [{ TargetServer: 'x'.repeat(129), PortNumber: 1 }, 'InvalidTargetServer.LengthLimitExceeded', 403],
    [{ PasswordName: 'x'.repeat(256) }, 'InvalidPasswordName.LengthLimitExceeded', 403],
    [{ Username: 'x'.repeat(256) }, 'Username.ExceedLimit', 403],
    [{ InstanceId: ['i-1', 'i-2'], CommandLine: 'ls' }, 'InvalidInstanceIds.CountLimitExceeded', 403],
    [{ EncryptionOptions: { Enabled: false, Mode: 'Kms' } }, 'InvalidParameter', 400],
  ])('with %j is refused', async (input, code, status) => {
    const { refusal, id } = await cloudWithInstance()
    expect(await refusal('StartTerminalSession', { InstanceId: [id], ...input })).toMatchObject({ code, status })
  })

  it('needs an instance that runs', async () => {
    const { refusal, call, clock, id } = await cloudWithInstance()
    await call('StopInstance', { InstanceId: id })
    clock.advance(20_000)
    expect(await refusal('StartTerminalSession', { InstanceId: [id] })).toMatchObject({ code: 'InvalidInstanceStatus', status: 400 })
    expect(await refusal('DescribeTerminalSessions', { MaxResults: 101 })).toMatchObject({
      code: 'InvalidParameter.MaxResults',
      status: 400,
    })
  })
})

describe('the settings of Cloud Assistant', () => {
  const all = ['SessionManagerDelivery', 'InvocationDelivery', 'AgentUpgradeConfig', 'SessionManagerConfig', 'ResourceUsageConfig']

  it('have their defaults, and only those asked for are told', async () => {
    const { call } = await cloudWithNetwork()
    const settings = await call('DescribeCloudAssistantSettings', { SettingType: all })
    expect(settings).toMatchObject({
      AgentUpgradeConfig: { Enabled: false, BootstrapUpgrade: true, DisableUpgrade: false, TimeZone: 'UTC' },
      SessionManagerConfig: { SessionManagerEnabled: true },
      ResourceUsageConfig: { CpuLimit: 20, MemoryLimit: '50MB', OverloadLimit: 3, LogSizeLimit: '100MB', LogFileCountLimit: 30 },
    })
    expect(settings.OssDeliveryConfigs.OssDeliveryConfig.map((one: TestAnswer) => one.DeliveryType)).toEqual(all.slice(0, 2))
    expect(strays(settings, catalogue('ecs').get('DescribeCloudAssistantSettings')?.output, '')).toEqual([])
    expect(await call('DescribeCloudAssistantSettings', { SettingType: ['SessionManagerConfig'] })).not.toHaveProperty('AgentUpgradeConfig')
  })

  it('are changed field by field, per region', async () => {
    const { call } = await cloudWithNetwork()
    const set = (input: object) => call('ModifyCloudAssistantSettings', input)
    await set({ SettingType: 'InvocationDelivery', OssDeliveryConfig: { Enabled: true, BucketName: 'logs', Prefix: 'a/b' } })
    await set({
      SettingType: 'InvocationDelivery',
      OssDeliveryConfig: { Prefix: '' },
      SlsDeliveryConfig: { ProjectName: 'proj', LogstoreName: 'store' },
    })
    await set({
      SettingType: 'AgentUpgradeConfig',
      AgentUpgradeConfig: { Enabled: true, AllowedUpgradeWindow: ['02:00-03:00'], TimeZone: 'Asia/Shanghai' },
    })
    await set({ SettingType: 'ResourceUsageConfig', ResourceUsageConfig: { CpuLimit: 50, MemoryLimit: '40960KB' } })
    const told = (regionId: string) => call('DescribeCloudAssistantSettings', { SettingType: all }, { regionId })
    const here = await told('cn-hangzhou')
    expect(here.OssDeliveryConfigs.OssDeliveryConfig[1]).toMatchObject({ Enabled: true, BucketName: 'logs', Prefix: '' })
    expect(here.SlsDeliveryConfigs.SlsDeliveryConfig[1]).toMatchObject({ Enabled: false, ProjectName: 'proj', LogstoreName: 'store' })
    expect(here.AgentUpgradeConfig).toMatchObject({ Enabled: true, AllowedUpgradeWindows: { AllowedUpgradeWindow: ['02:00-03:00'] } })
    expect(here.ResourceUsageConfig).toMatchObject({ CpuLimit: 50, MemoryLimit: '40960KB', OverloadLimit: 3 })
    expect((await told('cn-beijing')).OssDeliveryConfigs.OssDeliveryConfig[1]).toMatchObject({ Enabled: false, BucketName: '' })
  })

  it.each([
    [{ SettingType: 'Colour' }, 'InvalidParameter.SettingType', 400],
    [{ OssDeliveryConfig: { Enabled: true } }, 'InvalidParameter.OssBucketName', 400],
    [{ OssDeliveryConfig: { BucketName: 'No' } }, 'InvalidParameter.OssBucketName', 400],
    [{ OssDeliveryConfig: { Prefix: '/a' } }, 'InvalidParameter.OssPrefix', 400],
    [{ OssDeliveryConfig: { EncryptionType: 'Rot13' } }, 'InvalidParameter.OssEncryptionType', 400],
    [{ OssDeliveryConfig: { EncryptionAlgorithm: 'DES' } }, 'InvalidParameter.OssEncryptionAlgorithm', 400],
    [{ OssDeliveryConfig: { EncryptionKeyId: 'k' } }, 'InvalidParameter.OssEncryptionKeyId', 400],
    [{ SlsDeliveryConfig: { Enabled: true, LogstoreName: 'store' } }, 'InvalidParameter.SlsProjectName', 400],
    [{ SlsDeliveryConfig: { LogstoreName: '-' } }, 'InvalidParameter.SlsLogstoreName', 400],
    [{ AgentUpgradeConfig: { Enabled: true } }, 'InvalidAllowedUpgradeWindow.Required', 400],
    [{ AgentUpgradeConfig: { AllowedUpgradeWindow: ['2:00-3:00'] } }, 'InvalidParameter.AllowedUpgradeWindow', 400],
    [{ AgentUpgradeConfig: { AllowedUpgradeWindow: ['02:00-02:30'] } }, 'InvalidAllowedUpgradeWindow.DurationTooShort', 400],
    [
      { AgentUpgradeConfig: { AllowedUpgradeWindow: Array.from({ length: 6 }, () => '02:00-03:00') } },
      'InvalidAllowedUpgradeWindow.CountLimitExceeded',
      403,
    ],
    [{ AgentUpgradeConfig: { TimeZone: 'Mars' } }, 'InvalidParameter.TimeZone', 400],
    [{ ResourceUsageConfig: { CpuLimit: 96 } }, 'InvalidParameter', 400],
    [{ ResourceUsageConfig: { MemoryLimit: '34MB' } }, 'InvalidParameter', 400],
  ])('take no %j', async (input, code, status) => {
    const { refusal } = await cloudWithNetwork()
    const [field = ''] = Object.keys(input)
    const SettingType = field.endsWith('DeliveryConfig') ? 'InvocationDelivery' : field
    expect(await refusal('ModifyCloudAssistantSettings', { SettingType, ...input })).toMatchObject({ code, status })
  })
})

describe('plugins', () => {
  it('are installed nowhere', async () => {
    const { call, refusal, id, launch, clock } = await cloudWithInstance()
    await launch()
    clock.advance(20_000)
    const listed = async (input: object) => (await call('ListPluginStatus', input)).InstancePluginStatusSet.InstancePluginStatus
    expect(await listed({ InstanceId: [id] })).toEqual([{ InstanceId: id, PluginStatusSet: { PluginStatus: [] } }])
    expect(await listed({ Name: 'any' })).toHaveLength(2)
    expect((await listed({ Name: 'any', InstanceId: [id] }))[0].PluginStatusSet.PluginStatus).toMatchObject([
      { PluginName: 'any', PluginStatus: 'NotInstalled' },
    ])
    expect(await refusal('ListPluginStatus')).toMatchObject({ code: 'PluginName.MissingValue', status: 400 })
    expect(await refusal('ListPluginStatus', { InstanceId: ['i-none'] })).toMatchObject({ code: 'InvalidInstance.NotFound', status: 404 })
    const many = Array.from({ length: 51 }, (_, at) => `i-${at}`)
    expect(await refusal('ListPluginStatus', { Name: 'any', InstanceId: many })).toMatchObject({
      code: 'InstanceIds.ExceedLimit',
      status: 400,
    })
    const answer = await call('ListPluginStatus', { Name: 'any' })
    expect(strays(answer, catalogue('ecs').get('ListPluginStatus')?.output, '')).toEqual([])
  })
})
