import { toSeconds } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { quotaOf } from '../../market/quotas.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { assistantId } from '../assistant/ids.ts'
import { assistantPage } from '../assistant/paging.ts'
import { demandResourceGroup } from '../instance/places.ts'
import { newTags, shownTags, tagTest } from '../tags.ts'
import { equalities, named, passes } from '../values.ts'
import { contentLimits, demandSize, decoded, parameterNames, readContent, shownText } from './content.ts'
import type { Command, Script } from './records.ts'
import { demandDescription, demandLauncher, demandName, demandTimeout, demandWorkingDir, scriptOf } from './script.ts'

/** The caller's command. @throws Fault InvalidCmdId.NotFound */
export function commandOf(id: string, context: Pick<Context, 'state' | 'accountId' | 'regionId'>): Command {
  const command = owned(context.state.commands.get(id), context)
  demand(command, 'InvalidCmdId.NotFound', 'The specified CommandId does not exist.')
  return command
}

interface Kept {
  readonly ResourceGroupId?: string | undefined
  readonly Tag?: Parameters<typeof newTags>[0]
}

/** Stores a script as a command of the caller's. @throws Fault CmdCount.ExceedQuota, and those of tags and resource groups */
export function storeCommand(script: Script, { ResourceGroupId, Tag }: Kept, context: Context): Command {
  const { state, accountId, regionId, random, now } = context
  const held = state.commands.list({ accountId, regionId }).length
  demand(held < quotaOf('max-axt-command-count', context), 'CmdCount.ExceedQuota', 'The number of commands exceeds the quota.')
  return state.commands.put({
    ...script,
    id: assistantId('c', regionId, random),
    accountId,
    regionId,
    resourceGroupId: demandResourceGroup(ResourceGroupId),
    createdAt: now,
    invokeTimes: 0,
    tags: newTags(Tag),
  })
}

export const CreateCommand = ecs(
  'CreateCommand',
  [
    'CommandContent',
    'ContentEncoding',
    'Description',
    'EnableParameter',
    'Launcher',
    'Name',
    'ResourceGroupId',
    'Tag',
    'Timeout',
    'Type',
    'WorkingDir',
  ],
  (input, context) => {
    const content = readContent(input.CommandContent, input.ContentEncoding, 'Base64', contentLimits.stored)
    return { CommandId: storeCommand(scriptOf(input, content), input, context).id }
  },
)

/** Content is given as Base64, as there is no ContentEncoding here; text that is not Base64 is taken as it is (unconfirmed). */
export const ModifyCommand = ecs(
  'ModifyCommand',
  ['CommandId', 'CommandContent', 'Description', 'Launcher', 'Name', 'Timeout', 'WorkingDir'],
  (input, context) => {
    const command = commandOf(input.CommandId, context)
    const { CommandContent: given, Name, Description, WorkingDir, Launcher, Timeout } = input
    const content = given ? (decoded(given) ?? given) : command.content
    demandSize(content, contentLimits.stored)
    if (command.enableParameter) parameterNames(content)
    if (Name !== undefined) demandName(Name)
    if (Description !== undefined) demandDescription(Description)
    if (WorkingDir !== undefined) demandWorkingDir(WorkingDir)
    if (Launcher !== undefined) demandLauncher(Launcher)
    context.state.commands.put({
      ...command,
      content,
      name: Name ?? command.name,
      description: Description ?? command.description,
      workingDir: WorkingDir ?? command.workingDir,
      launcher: Launcher ?? command.launcher,
      timeout: Timeout === undefined ? command.timeout : demandTimeout(Timeout),
    })
    return {}
  },
)

/** What was begun with it goes on. */
export const DeleteCommand = ecs('DeleteCommand', ['CommandId'], ({ CommandId }, context) => {
  context.state.commands.delete(commandOf(CommandId, context).id)
  return {}
})

/** Category, Provider, Version and Latest are about the commands that Alibaba Cloud gives to all; for own ones they are unconfirmed. */
const view = (command: Command, encoding: string | undefined) => ({
  CommandId: command.id,
  Name: command.name,
  Type: command.type,
  Description: command.description,
  CommandContent: shownText(command.content, encoding),
  WorkingDir: command.workingDir,
  Timeout: command.timeout,
  Launcher: command.launcher,
  EnableParameter: command.enableParameter,
  ParameterNames: { ParameterName: command.enableParameter ? parameterNames(command.content) : [] },
  ParameterDefinitions: { ParameterDefinition: [] },
  InvokeTimes: command.invokeTimes,
  CreationTime: toSeconds(command.createdAt),
  Category: 'User',
  Provider: 'User',
  Version: 1,
  Latest: true,
  ResourceGroupId: command.resourceGroupId,
  Tags: shownTags(command.tags),
})

/** There are no commands but the account's own: asked for another Provider, or for what is not the latest, none is there. */
export const DescribeCommands = ecs(
  'DescribeCommands',
  [
    'CommandId',
    'ContentEncoding',
    'Description',
    'Latest',
    'MaxResults',
    'Name',
    'NextToken',
    'PageNumber',
    'PageSize',
    'Provider',
    'ResourceGroupId',
    'Tag',
    'Type',
  ],
  (input, { state, accountId, regionId }) => {
    const where = passes<Command>([
      named(input.Name, (command) => command.name),
      named(input.Description, (command) => command.description),
      tagTest(input.Tag),
      ...equalities<Command, typeof input>(input, {
        Type: (command) => command.type,
        ResourceGroupId: (command) => command.resourceGroupId,
        Provider: () => 'User',
        Latest: () => true,
      }),
    ])
    const ids = input.CommandId ? [input.CommandId] : undefined
    const { rows, fields } = assistantPage(state.commands.list({ accountId, regionId, ids, where }), input)
    return { ...fields, Commands: { Command: rows.map((command) => view(command, input.ContentEncoding)) } }
  },
)
