import { describe, expect, it } from 'vitest'
import { testCloud } from '../../testing.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')
const hello = { Name: 'hello', Type: 'RunShellScript', CommandContent: base64('echo hello') }

describe('a command', () => {
  it('is kept with the defaults and listed with its content as Base64, or plain', async () => {
    const { call } = await testCloud()
    const { CommandId } = await call('CreateCommand', { ...hello, Tag: [{ Key: 'team', Value: 'a' }] })
    expect(CommandId).toMatch(/^c-hz0[0-9a-z]{12}$/)
    const { Commands, TotalCount } = await call('DescribeCommands', { CommandId })
    expect(TotalCount).toBe(1)
    expect(Commands.Command[0]).toMatchObject({
      CommandId,
      Name: 'hello',
      Type: 'RunShellScript',
      CommandContent: base64('echo hello'),
      Timeout: 60,
      EnableParameter: false,
      InvokeTimes: 0,
      Tags: { Tag: [{ TagKey: 'team', TagValue: 'a' }] },
    })
    const plain = await call('DescribeCommands', { CommandId, ContentEncoding: 'PlainText' })
    expect(plain.Commands.Command[0].CommandContent).toBe('echo hello')
  })

  it('takes its content as plain text when asked in any case, and as Base64 otherwise', async () => {
    const { call } = await testCloud()
    await call('CreateCommand', { ...hello, ContentEncoding: 'Rot13' })
    await call('CreateCommand', { ...hello, CommandContent: 'echo plain', ContentEncoding: 'plaintext' })
    const { Commands } = await call('DescribeCommands', { ContentEncoding: 'PlainText' })
    expect(Commands.Command.map((one: { CommandContent: string }) => one.CommandContent)).toEqual(['echo plain', 'echo hello'])
  })

  it('names the parameters of its content', async () => {
    const { call } = await testCloud()
    const CommandContent = 'echo {{greeting}} {{ who }} {{greeting}} {{ACS::InstanceId}}'
    await call('CreateCommand', { ...hello, CommandContent, ContentEncoding: 'PlainText', EnableParameter: true })
    const { Commands } = await call('DescribeCommands')
    expect(Commands.Command[0].ParameterNames.ParameterName).toEqual(['greeting', 'who'])
  })

  it('is found by name with an asterisk, type, description and tag, page by page', async () => {
    const { call } = await testCloud()
    for (const Name of ['web-start', 'web-stop', 'db-start'])
      await call('CreateCommand', { ...hello, Name, Tag: [{ Key: 'n', Value: Name }] })
    await call('CreateCommand', { ...hello, Name: 'bat', Type: 'RunBatScript', Description: 'for windows' })
    const names = async (input: object) => (await call('DescribeCommands', input)).Commands.Command.map((one: { Name: string }) => one.Name)
    expect(await names({ Name: 'web-*' })).toEqual(['web-stop', 'web-start'])
    expect(await names({ Type: 'RunBatScript' })).toEqual(['bat'])
    expect(await names({ Description: 'for*' })).toEqual(['bat'])
    expect(await names({ Tag: [{ Key: 'n', Value: 'db-start' }] })).toEqual(['db-start'])
    expect(await names({ PageSize: 3, PageNumber: 2 })).toEqual(['web-start'])
    expect(await names({ Provider: 'AlibabaCloud.ECS' })).toEqual([])
    expect(await names({ Latest: true, Provider: 'User' })).toHaveLength(4)
  })

  it('can be changed and deleted', async () => {
    const { call, refusal } = await testCloud()
    const { CommandId } = await call('CreateCommand', hello)
    await call('ModifyCommand', {
      CommandId,
      Name: 'bye',
      CommandContent: base64('echo bye'),
      Timeout: 100,
      WorkingDir: '/tmp',
      Description: '',
    })
    const { Commands } = await call('DescribeCommands', { CommandId, ContentEncoding: 'PlainText' })
    expect(Commands.Command[0]).toMatchObject({ Name: 'bye', CommandContent: 'echo bye', Timeout: 100, WorkingDir: '/tmp' })
    await call('DeleteCommand', { CommandId })
    expect(await refusal('DeleteCommand', { CommandId })).toMatchObject({ code: 'InvalidCmdId.NotFound', status: 404 })
  })

  it.each([
    [{ CommandContent: 'not base64!' }, 'Invalid.CommandContent', 400],
    [{ CommandContent: 'a'.repeat(14 * 1024), ContentEncoding: 'PlainText' }, 'CmdContent.ExceedLimit', 403],
    [{ Name: 'n'.repeat(129) }, 'CmdName.ExceedLimit', 403],
    [{ Description: 'd'.repeat(513) }, 'CmdDesc.ExceedLimit', 403],
    [{ Type: 'RunPython' }, 'InvalidCmdType.NotFound', 404],
    [{ Timeout: 9 }, 'InvalidParameter', 400],
    [{ Launcher: 'bash' }, 'InvalidParameter', 400],
    [{ ContentEncoding: 'PlainText', CommandContent: 'echo {{}}', EnableParameter: true }, 'CmdParam.EmptyKey', 403],
    [{ ContentEncoding: 'PlainText', CommandContent: 'echo {{a b}}', EnableParameter: true }, 'CmdParam.InvalidParamName', 403],
    [{ ContentEncoding: 'PlainText', CommandContent: `{{${'p'.repeat(65)}}}`, EnableParameter: true }, 'CmdParamName.ExceedLimit', 403],
  ])('that is not well formed is refused (%#)', async (input, code, status) => {
    const { refusal } = await testCloud()
    expect(await refusal('CreateCommand', { ...hello, ...input })).toMatchObject({ code, status })
  })

  it('counts against the quota of the account', async () => {
    const { call, refusal, cloud } = await testCloud()
    cloud.market.set([{ quota: { name: 'max-axt-command-count', value: 1 } }])
    await call('CreateCommand', hello)
    expect(await refusal('CreateCommand', hello)).toMatchObject({ code: 'CmdCount.ExceedQuota', status: 403 })
  })

  it('carries tags', async () => {
    const { call } = await testCloud()
    const { CommandId } = await call('CreateCommand', hello)
    await call('TagResources', { ResourceType: 'command', ResourceId: [CommandId], Tag: [{ Key: 'a', Value: 'b' }] })
    const { Commands } = await call('DescribeCommands', { Tag: [{ Key: 'a' }] })
    expect(Commands.Command).toHaveLength(1)
  })

  it.each([
    [{ PageNumber: 0 }, 'InvalidParam.PageNumber'],
    [{ PageSize: 51 }, 'InvalidParam.PageSize'],
  ])('is not listed with %j', async (input, code) => {
    const { refusal } = await testCloud()
    expect(await refusal('DescribeCommands', input)).toMatchObject({ code, status: 403 })
  })
})
