import { type Command, connection } from '../command.ts'
import { connect } from '../connect.ts'
import { CommandError, exit } from '../errors.ts'
import { openOutput, outputOptions } from '../output.ts'
import { groupOf, rulesIn } from './given.ts'
import { ruleListing } from './listing.ts'

const directions = { in: 'ingress', out: 'egress', all: 'all' } as const

/** `tanxing security-groups rules`: what a security group lets through, in a short form. */
export const command: Command = {
  usage: 'ID|NAME [OPTIONS]',
  takesRest: true,
  options: {
    ...connection,
    ...outputOptions,
    direction: { type: 'string', choices: Object.keys(directions), default: 'all', help: { en: 'which way', zh: '规则方向' } },
  },
  async run(invocation) {
    const { world, values, rest } = invocation
    const [which, ...more] = rest
    if (which === undefined || more.length > 0) throw new CommandError({ en: 'name one security group', zh: '请指定一个安全组' })
    const print = await openOutput(ruleListing, invocation)
    const connected = await connect(invocation)
    const group = await groupOf(which, connected, world.signal)
    const way = values.text('direction') as keyof typeof directions
    await print(await rulesIn(group, connected, world.signal, directions[way]))
    return exit.done
  },
}
