import { createRandom, type Random } from '../engine/random.ts'
import type { Product } from '../../api/products.ts'
import { type FaultEffect, type FaultMatch, type FaultRule, readRule } from './rule.ts'
import { add, stillCounts, type Tampering, untouched } from './tampering.ts'

/** A rule as it stands. */
export interface ListedRule extends FaultRule {
  readonly id: string
  /** How many calls it was for. */
  readonly matched: number
  /** How often it did something. */
  readonly injected: number
}

/** One thing that a rule did to one call. */
export interface InjectedFault {
  /** Milliseconds since 1970, on the machine's clock. */
  readonly at: number
  readonly ruleId: string
  readonly requestId: string
  readonly action: string
  readonly effect: FaultEffect
}

/** The rules by which calls go wrong. Calls that are not signed or not permitted never reach them. */
export interface Faults {
  /** Adds a rule after those there are and returns its id. RangeError for one that is not understood, or one too many (1000). */
  add(rule: FaultRule): string
  /** In the order they were added, which is the order they are asked in. */
  list(): ListedRule[]
  /** True when there was such a rule. */
  remove(id: string): boolean
  /** Removes every rule; what was injected stays listed. */
  clear(): void
  /** The last things injected, newest first; the last 1000 are kept. */
  injected(limit: number): InjectedFault[]
}

/** A call as the rules see it. */
export interface Call {
  readonly startedAt: number
  readonly requestId: string
  readonly product: Product
  readonly action: string
  readonly regionId: string
  readonly accountId: string
  readonly input: Readonly<Record<string, unknown>>
}

/** The rules as the gateway sees them. */
export interface FaultBook extends Faults {
  /** How many rules there are. */
  readonly size: number
  /** Asks every rule, in order; undefined when none does anything. */
  strike(call: Call): Tampering | undefined
  /** No rules, nothing injected, ids and chance from the beginning. */
  reset(): void
}

interface Standing {
  readonly id: string
  readonly rule: FaultRule
  readonly random: Random
  matched: number
  injected: number
}

const mostRules = 1000
const mostInjected = 1000

/** No recursion: an input that is JSON may be nested deeper than the stack is. */
function occurs(id: string, input: object): boolean {
  const open: unknown[] = [input]
  while (open.length > 0) {
    const value = open.pop()
    if (value === id) return true
    if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) open.push(part)
  }
  return false
}

const fits = ({ product, action, region, account, resource }: FaultMatch, call: Call): boolean =>
  (action === undefined || action === call.action) &&
  (product === undefined || product === call.product) &&
  (region === undefined || region === call.regionId) &&
  (account === undefined || account === call.accountId) &&
  (resource === undefined || occurs(resource, call.input))

/** Whether the rule's turn has come, now that one more call has matched. */
function due({ rule: { nth, every, odds, times }, random, matched, injected }: Standing): boolean {
  // Drawn for every call that matches, so that what one rule spends changes nothing in what comes later.
  const drawn = odds === undefined || random.integer(1 << 24) / (1 << 24) < odds
  const turn = (nth === undefined || matched === nth) && (every === undefined || matched % every === 0)
  return drawn && turn && (times === undefined || injected < times)
}

/** @param seed Of the cloud. Each rule draws from a stream of its own, so that no rule changes another's chance or any id. */
export function createFaults(seed?: string): FaultBook {
  let rules: Standing[] = []
  let log: InjectedFault[] = []
  let made = 0
  const note = (entry: InjectedFault) => {
    log.push(entry)
    if (log.length >= 2 * mostInjected) log = log.slice(-mostInjected)
  }
  return {
    get size() {
      return rules.length
    },
    add(given) {
      const rule = readRule(given)
      if (rules.length >= mostRules) throw new RangeError(`there are ${mostRules} fault rules, which is all there can be`)
      const id = `fault-${++made}`
      rules.push({ id, rule, random: createRandom(seed === undefined ? undefined : `${seed}/${id}`), matched: 0, injected: 0 })
      return id
    },
    list: () => rules.map(({ id, rule, matched, injected }) => ({ id, ...rule, matched, injected })),
    remove(id) {
      const before = rules.length
      rules = rules.filter((standing) => standing.id !== id)
      return rules.length < before
    },
    clear() {
      rules = []
    },
    injected: (limit) => log.slice(-mostInjected).reverse().slice(0, limit),
    strike(call) {
      let tampering = untouched
      for (const standing of rules) {
        const { id, rule } = standing
        if (!fits(rule.match ?? {}, call) || !stillCounts(rule.effect, tampering)) continue
        standing.matched++
        if (!due(standing)) continue
        standing.injected++
        tampering = { ...add(tampering, rule.effect), ruleIds: [...tampering.ruleIds, id] }
        note({ at: call.startedAt, ruleId: id, requestId: call.requestId, action: call.action, effect: rule.effect })
      }
      return tampering === untouched ? undefined : tampering
    },
    reset() {
      rules = []
      log = []
      made = 0
    },
  }
}
