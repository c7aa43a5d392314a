import type { Command, Invocation } from '../command.ts'
import { CommandError, exit } from '../errors.ts'
import { type Listing, openOutput, outputOptions } from '../output.ts'
import { harmless } from '../table.ts'
import { ask, controlOptions, millisecondsOf, numberOf } from './control.ts'

interface Clock {
  readonly now: string
  readonly mode: string
  readonly scale?: number
  /** With `next`: what happened by itself. */
  readonly happened?: readonly { readonly at: string; readonly kind: string; readonly subject: string }[]
}

/** Of what happened so much is told. */
const mostTold = 20

const listing: Listing<Clock> = {
  id: ({ now }) => now,
  columns: [
    { head: { en: 'TIME', zh: '时间' }, cell: ({ now }) => now },
    { head: { en: 'MODE', zh: '模式' }, cell: ({ mode }) => mode },
    { head: { en: 'SCALE', zh: '倍率' }, cell: ({ scale }) => scale },
  ],
}

/** What is to be done to the clock; undefined when it is only read. @throws CommandError for more than one thing */
function change({ values }: Invocation): object | undefined {
  const [advance, set, scale] = ['advance', 'set', 'scale'].map((name) => values.text(name))
  const changes = [
    ...(advance === undefined ? [] : [{ advance: millisecondsOf(advance, 'advance') }]),
    ...(set === undefined ? [] : [{ set }]),
    ...(scale === undefined ? [] : [{ scale: numberOf(scale, 'scale') }]),
    ...['freeze', 'next'].filter((name) => values.flag(name)).map((name) => ({ [name]: true })),
  ]
  if (changes.length > 1)
    throw new CommandError({
      en: 'give one of --advance, --set, --freeze, --scale, --next',
      zh: '--advance、--set、--freeze、--scale、--next 只能使用其一',
    })
  return changes[0]
}

/** `tanxing local clock`: what time it is in the local cloud; and what time it shall be. What is due by then happens. */
export const command: Command = {
  options: {
    advance: { type: 'string', value: 'TIME', help: { en: 'jump ahead: 90s, 1h30m, 2d', zh: '向前跳：90s、1h30m、2d' } },
    set: {
      type: 'string',
      value: 'TIME',
      help: { en: 'jump to 2026-01-01T00:00:00Z, forwards only', zh: '跳到 2026-01-01T00:00:00Z，只能向前' },
    },
    freeze: { type: 'boolean', help: { en: 'stop: from here on time moves by hand', zh: '暂停时钟，此后只能手动推进' } },
    scale: {
      type: 'string',
      value: 'N',
      help: { en: 'let time pass N times as fast; 1 for as it is', zh: '时间以 N 倍速流逝；1 为正常速度' },
    },
    next: { type: 'boolean', help: { en: 'jump to what happens next by itself', zh: '跳到下一个定时变化' } },
    ...controlOptions,
    ...outputOptions,
  },
  async run(invocation) {
    const wanted = change(invocation)
    const print = await openOutput(listing, invocation)
    const reply = await (wanted === undefined ? ask(invocation, 'GET', 'clock') : ask(invocation, 'POST', 'clock', wanted))
    const clock = reply as unknown as Clock
    const { happened = [] } = clock
    for (const { at, kind, subject } of happened.slice(0, mostTold)) invocation.world.stderr(`${harmless(`${at} ${kind} ${subject}`)}\n`)
    if (happened.length > mostTold) invocation.world.stderr(`… ${happened.length - mostTold}\n`)
    await print([clock])
    return exit.done
  },
}
