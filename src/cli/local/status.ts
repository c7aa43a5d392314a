import type { Text } from '../../api/text.ts'
import type { Command } from '../command.ts'
import { exit } from '../errors.ts'
import type { Language } from '../language.ts'
import { type Listing, openOutput, outputOptions } from '../output.ts'
import { ask, controlOptions, endpointOf } from './control.ts'
import { tableName } from './tables.ts'

interface Fact {
  readonly name: string
  readonly value: string | number
}

interface Health {
  readonly accountId: string
  readonly clock: { readonly now: string; readonly mode: string; readonly scale?: number }
  readonly resources: Readonly<Record<string, number>>
}

/** What is told beside the tables. */
const names: { readonly [name: string]: Text } = {
  endpoint: { en: 'endpoint', zh: '地址' },
  account: { en: 'account', zh: '账号' },
  time: { en: 'time', zh: '时间' },
  clock: { en: 'clock', zh: '时钟模式' },
  faultRules: { en: 'fault rules', zh: '故障规则' },
  throttle: { en: 'throttle', zh: '流控' },
}

const listingIn = (language: Language): Listing<Fact> => ({
  id: ({ name }) => name,
  columns: [
    {
      head: { en: 'NAME', zh: '名称' },
      cell: ({ name }) => (Object.hasOwn(names, name) ? names[name]?.[language] : tableName(name, language)),
    },
    { head: { en: 'VALUE', zh: '值' }, cell: ({ value }) => value },
  ],
})

/** `tanxing local status`: what time it is in the local cloud, how much is in it and what is set to go wrong. */
export const command: Command = {
  options: { ...controlOptions, ...outputOptions },
  async run(invocation) {
    const print = await openOutput(listingIn(invocation.language), invocation)
    const health = (await ask(invocation, 'GET', 'health')) as unknown as Health
    const { rules } = (await ask(invocation, 'GET', 'faults?limit=1')) as { readonly rules: readonly unknown[] }
    const { throttle } = await ask(invocation, 'GET', 'throttle')
    const { clock, accountId, resources } = health
    await print([
      { name: 'endpoint', value: endpointOf(invocation) },
      { name: 'account', value: accountId },
      { name: 'time', value: clock.now },
      { name: 'clock', value: clock.scale === undefined ? clock.mode : `${clock.mode} ${clock.scale}` },
      { name: 'faultRules', value: rules.length },
      { name: 'throttle', value: throttle === null ? 'off' : JSON.stringify(throttle) },
      ...Object.entries(resources).map(([name, value]) => ({ name, value })),
    ])
    return exit.done
  },
}
