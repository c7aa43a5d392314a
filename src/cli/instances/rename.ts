import { type Command, connection } from '../command.ts'
import { connect } from '../connect.ts'
import { CommandError, exit } from '../errors.ts'
import { say } from '../language.ts'
import { named } from '../select/select.ts'
import { instances } from './instance.ts'

/** `tanxing instances rename`: gives one instance another name. */
export const command: Command = {
  usage: 'ID|NAME NEW-NAME [OPTIONS]',
  takesRest: true,
  options: { ...connection },
  async run(invocation) {
    const { world, rest, language } = invocation
    const [which, InstanceName, ...more] = rest
    if (which === undefined || InstanceName === undefined || more.length > 0)
      throw new CommandError({
        en: 'name one instance and its new name: tanxing instances rename web-1 web-2',
        zh: '请给出一台实例及其新名称：tanxing instances rename web-1 web-2',
      })
    const connected = await connect(invocation)
    const { ecs } = connected
    const [instance] = await named([which], instances, connected, world.signal)
    const InstanceId = instance?.InstanceId ?? which
    await ecs.modifyInstanceAttribute({ InstanceId, InstanceName }, { signal: world.signal })
    // What the service now calls it, not what it was asked to.
    const [renamed] = await named([InstanceId], instances, connected, world.signal)
    const said = { en: `${InstanceId} is named ${renamed?.InstanceName}`, zh: `${InstanceId} 现名为 ${renamed?.InstanceName}` }
    world.stderr(`${say(said, language)}\n`)
    return exit.done
  },
}
