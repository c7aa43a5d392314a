import { type Command, connection } from '../command.ts'
import { connect } from '../connect.ts'
import { CommandError, exit } from '../errors.ts'
import { wholeNumber } from '../numbers.ts'
import { type Listing, openOutput, outputOptions } from '../output.ts'
import { named } from '../select/select.ts'
import { launchTemplates, saidBy, type Version, versionsOf } from './template.ts'

const listing: Listing<Version> = {
  id: ({ VersionNumber }) => String(VersionNumber),
  columns: [
    { head: { en: 'VERSION', zh: '版本' }, cell: ({ VersionNumber }) => VersionNumber },
    { head: { en: 'DEFAULT', zh: '默认' }, cell: ({ DefaultVersion }) => (DefaultVersion ? '*' : '') },
    { head: { en: 'TYPE', zh: '规格' }, cell: (version) => saidBy(version).InstanceType },
    { head: { en: 'IMAGE', zh: '镜像' }, cell: (version) => saidBy(version).ImageId },
    { head: { en: 'VSWITCH', zh: '交换机' }, cell: (version) => saidBy(version).VSwitchId },
    { head: { en: 'GROUPS', zh: '安全组' }, cell: (version) => saidBy(version).groups.join(' ') },
    { head: { en: 'DESCRIPTION', zh: '描述' }, cell: ({ VersionDescription }) => VersionDescription },
    { head: { en: 'CREATED', zh: '创建时间' }, cell: ({ CreateTime }) => CreateTime, extra: true },
  ],
}

/** `tanxing launch-templates versions`: the versions of a launch template; `--default` says which is launched. */
export const command: Command = {
  usage: 'ID|NAME [OPTIONS]',
  takesRest: true,
  options: {
    ...connection,
    ...outputOptions,
    default: { type: 'string', value: 'VERSION', help: { en: 'make this version the default', zh: '将该版本设为默认版本' } },
  },
  async run(invocation) {
    const { world, rest } = invocation
    const { signal } = world
    const [which, ...more] = rest
    if (which === undefined || more.length > 0) throw new CommandError({ en: 'name one launch template', zh: '请指定一个启动模板' })
    const DefaultVersionNumber = wholeNumber(invocation, 'default', 999_999)
    const print = await openOutput(listing, invocation)
    const connected = await connect(invocation)
    const [template] = await named([which], launchTemplates, connected, signal)
    const LaunchTemplateId = template?.LaunchTemplateId ?? which
    if (DefaultVersionNumber !== undefined)
      await connected.ecs.modifyLaunchTemplateDefaultVersion({ LaunchTemplateId, DefaultVersionNumber }, { signal })
    await print(await versionsOf({ LaunchTemplateId }, connected, signal))
    return exit.done
  },
}
