import type * as Ecs from '../../api/generated/ecs.ts'
import { inParts } from '../networks/in-parts.ts'
import type { Noun } from '../select/select.ts'
import { typeNames } from './script.ts'

/** A command of Cloud Assistant as DescribeCommands answers it. */
export type SavedCommand = Ecs.Items['DescribeCommands']

/** Commands that Cloud Assistant keeps, on the command line. */
export const savedCommands: Noun<SavedCommand> = {
  one: { en: 'command', zh: '云助手命令' },
  many: { en: 'commands', zh: '条云助手命令' },
  prefix: 'c-',
  id: ({ CommandId }) => CommandId,
  name: ({ Name }) => Name,
  columns: [
    { head: { en: 'ID', zh: '命令 ID' }, cell: ({ CommandId }) => CommandId },
    { head: { en: 'NAME', zh: '名称' }, cell: ({ Name }) => Name },
    { head: { en: 'TYPE', zh: '类型' }, cell: ({ Type, Launcher }) => typeNames(Type, Launcher) },
    { head: { en: 'TIMEOUT', zh: '超时（秒）' }, cell: ({ Timeout }) => Timeout },
    { head: { en: 'RUNS', zh: '执行次数' }, cell: ({ InvokeTimes }) => InvokeTimes },
    { head: { en: 'CREATED', zh: '创建时间' }, cell: ({ CreationTime }) => CreationTime },
    { head: { en: 'DESCRIPTION', zh: '描述' }, cell: ({ Description }) => Description },
    { head: { en: 'PARAMETERS', zh: '参数' }, cell: ({ ParameterNames }) => ParameterNames?.ParameterName?.join(','), extra: true },
    { head: { en: 'DIRECTORY', zh: '执行路径' }, cell: ({ WorkingDir }) => WorkingDir, extra: true },
  ],
  filters: {
    name: { parameter: 'Name' },
    type: { parameter: 'Type', choices: ['RunShellScript', 'RunPowerShellScript', 'RunBatScript'] },
    description: { parameter: 'Description' },
    provider: { parameter: 'Provider' },
    'resource-group': { parameter: 'ResourceGroupId' },
  },
  // A call takes one id.
  read: ({ ecs }, input, signal) =>
    inParts({ ContentEncoding: 'PlainText', ...input }, 'CommandId', 1, (part) => ecs.paginate('DescribeCommands', part, { signal })),
  withIds: (ids) => ({ CommandId: ids.join(',') }),
  withName: (Name) => ({ Name }),
}
