import type { Invocation } from '../command.ts'
import { harmless } from '../table.ts'
import { isOver, type Outcome } from './outcomes.ts'

/** Escapes and control characters would rule the terminal; lines and tabs are what output is made of. */
const forTerminal = (text: string) => text.replace(/(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '')

/** Where two texts part. */
function commonLength(one: string, other: string): number {
  const most = Math.min(one.length, other.length)
  let at = 0
  while (at < most && one[at] === other[at]) at++
  return at
}

/**
 * Prints output as it comes, line by line: of one instance as it is, of several with the instance's name before each line. A line
 * that is not complete waits for its rest. A terminal gets no control characters; a pipe gets everything.
 */
export function openStream({ world }: Pick<Invocation, 'world'>, several: boolean): (outcome: Outcome) => void {
  const shown = new Map<string, string>()
  const watched = world.columns !== undefined
  return (outcome) => {
    const { InstanceId, Name, Output } = outcome
    const key = `${outcome.InvokeId}/${InstanceId}`
    const before = shown.get(key) ?? ''
    // Where the service dropped the middle of it, what is left goes on from where the texts part.
    const fresh = Output.slice(commonLength(before, Output))
    const over = isOver(outcome)
    const text = over ? fresh : fresh.slice(0, fresh.lastIndexOf('\n') + 1)
    if (text === '') return
    shown.set(key, Output.slice(0, Output.length - fresh.length + text.length))
    const whole = over && (several || watched) && !text.endsWith('\n') ? `${text}\n` : text
    const label = `${harmless(Name || InstanceId)}: `
    const lines = several ? whole.replace(/^(?!$(?![\s\S]))/gm, label) : whole
    world.stdout(watched ? forTerminal(lines) : lines)
  }
}
