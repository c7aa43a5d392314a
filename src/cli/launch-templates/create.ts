import type { Command, Invocation, Options } from '../command.ts'
import { CommandError } from '../errors.ts'
import { type Like, likelyOptions, likeOf, located } from '../instances/launch.ts'
import { makeCommand } from '../make.ts'
import { named } from '../select/select.ts'
import { launchTemplates } from './template.ts'

/** @throws CommandError when it is not one name, when it says nothing, or names what a template cannot */
async function read(invocation: Invocation): Promise<{ readonly name: string; readonly like: Like }> {
  const { rest, values } = invocation
  const [name, ...more] = rest
  if (name === undefined || more.length > 0)
    throw new CommandError({
      en: 'name one launch template: tanxing launch-templates create web --type ecs.c7.large',
      zh: '请给出一个启动模板名称：tanxing launch-templates create web --type ecs.c7.large',
    })
  if (values.text('image')?.startsWith('family:'))
    throw new CommandError({ en: 'a launch template takes the id of an image, no family', zh: '启动模板只接受镜像 ID，不接受镜像族系' })
  const like = await likeOf(invocation)
  const says = [...Object.values(like.input), like.vSwitch, ...like.groups].some((value) => value !== undefined)
  if (says) return { name, like }
  throw new CommandError({ en: 'say at least one thing of a launch, e.g. --type', zh: '请至少指定一项启动配置，例如 --type' })
}

const own: Options = {
  ...likelyOptions,
  description: { type: 'string', value: 'TEXT', help: { en: 'description of the version', zh: '版本描述' } },
}

const common = {
  noun: launchTemplates,
  usage: 'NAME [OPTIONS]',
  options: own,
  idsOf: ({ LaunchTemplateId }: Readonly<Record<string, unknown>>) => [String(LaunchTemplateId)],
  // Neither operation has a DryRun.
  dryRuns: false,
  read,
} as const

/** What the version says, as a call that makes one takes it. */
async function dataOf(like: Like, connected: Parameters<typeof located>[1], { world, values }: Invocation) {
  const { SystemDisk, ...input } = await located(like, connected, world.signal)
  const size = SystemDisk?.Size
  return {
    ...input,
    ...(SystemDisk && { SystemDisk: { ...SystemDisk, ...(size !== undefined && { Size: Number(size) }) } }),
    VersionDescription: values.text('description'),
  }
}

const template = makeCommand({
  ...common,
  verb: { en: 'create', zh: '创建' },
  done: { en: 'created', zh: '已创建' },
  action: 'CreateLaunchTemplate',
  makings: async ({ name, like }, connected, invocation) => [
    { name, input: { ...(await dataOf(like, connected, invocation)), LaunchTemplateName: name } },
  ],
  what: () => ({ en: 'launch template', zh: '启动模板' }),
})

const version = makeCommand({
  ...common,
  verb: { en: 'add', zh: '添加' },
  done: { en: 'added', zh: '已添加' },
  action: 'CreateLaunchTemplateVersion',
  makings: async ({ name, like }, connected, invocation) => {
    const [found] = await named([name], launchTemplates, connected, invocation.world.signal)
    return [{ name, input: { ...(await dataOf(like, connected, invocation)), LaunchTemplateId: found?.LaunchTemplateId } }]
  },
  what: () => ({ en: 'version of a launch template', zh: '启动模板版本' }),
})

/** `tanxing launch-templates create`: keeps the options of `tanxing instances create` as a launch template, or as another version of one. */
export const command: Command = {
  ...template,
  options: {
    ...template.options,
    'new-version': { type: 'boolean', help: { en: 'another version of the template of this name', zh: '为同名启动模板添加新版本' } },
  },
  run: (invocation) => (invocation.values.flag('new-version') ? version : template).run(invocation),
}
