/** What the workers do to the cloud, and what they know of it: what was acknowledged must be there, what was not may be. */
import type { Random } from '../../src/cloud/engine/random.ts'
import type { Server, Told } from './process.ts'

export interface Launch {
  readonly token: string
  readonly amount: number
  /** Undefined as long as no answer has arrived. */
  ids: readonly string[] | undefined
}

/** What is known of an instance; a list holds every value that may be true. */
export interface Known {
  readonly id: string
  statuses: readonly string[]
  tag: readonly (string | undefined)[]
  gone: 'no' | 'maybe' | 'yes'
}

export interface Ledger {
  readonly launches: Launch[]
  readonly instances: Map<string, Known>
  readonly requestIds: Set<string>
  /** How many calls were acknowledged. */
  acknowledged: number
}

export const newLedger = (): Ledger => ({ launches: [], instances: new Map(), requestIds: new Set(), acknowledged: 0 })

export interface Basics {
  readonly ImageId: string
  readonly InstanceType: string
  readonly VSwitchId: string
  readonly SecurityGroupId: string
}

export const launchInput = (basics: Basics, { token, amount }: Launch) => ({
  ...basics,
  ClientToken: token,
  Amount: amount,
  InstanceName: token,
})

const rising = ['Pending', 'Starting', 'Running']
const falling = ['Stopping', 'Stopped']

/** Notes an answer's request id; it may never come twice. */
export function note(ledger: Ledger, body: Told): void {
  const id = String(body.RequestId)
  if (ledger.requestIds.has(id)) throw new Error(`the request id ${id} was given twice`)
  ledger.requestIds.add(id)
}

export function launched(ledger: Ledger, launch: Launch, ids: readonly string[]): void {
  if (ids.length !== launch.amount) throw new Error(`${launch.token} gave ${ids.length} instances instead of ${launch.amount}`)
  if (launch.ids !== undefined && String(launch.ids) !== String(ids))
    throw new Error(`${launch.token} gave ${String(ids)}, and ${String(launch.ids)} before`)
  if (launch.ids === undefined)
    for (const id of ids) ledger.instances.set(id, { id, statuses: [...rising, ...falling], tag: [undefined], gone: 'no' })
  launch.ids = ids
}

interface Worker {
  readonly server: Server
  readonly ledger: Ledger
  readonly basics: Basics
  readonly random: Random
  readonly name: string
  /** What this worker alone changes. */
  readonly own: Known[]
}

/** One call; returns false when the connection broke. */
async function step(worker: Worker, count: number): Promise<boolean> {
  const { server, ledger, basics, random, own, name } = worker
  const alive = own.filter((one) => one.gone === 'no')
  const one = alive[random.integer(Math.max(1, alive.length))]
  const dice = random.integer(10)
  const send = async (action: string, input: object) => {
    const answer = await server.call(action, input)
    if (answer === undefined) return undefined
    note(ledger, answer.body)
    if (answer.status >= 500) throw new Error(`${action}: ${JSON.stringify(answer.body)}`)
    ledger.acknowledged++
    return answer
  }
  if (one === undefined || (dice < 3 && alive.length < 12)) {
    const launch: Launch = { token: `${name}-${count}`, amount: 1 + random.integer(3), ids: undefined }
    ledger.launches.push(launch)
    const answer = await send('RunInstances', launchInput(basics, launch))
    if (answer?.status !== 200) {
      if (answer !== undefined) throw new Error(`RunInstances: ${JSON.stringify(answer.body)}`)
      return false
    }
    launched(ledger, launch, answer.body.InstanceIdSets.InstanceIdSet as string[])
    for (const id of launch.ids ?? []) own.push(ledger.instances.get(id) as Known)
    return true
  }
  if (dice < 5) {
    const earlier = ledger.launches[random.integer(ledger.launches.length)] as Launch
    if (earlier.ids === undefined) return true
    const answer = await send('RunInstances', launchInput(basics, earlier))
    if (answer !== undefined) launched(ledger, earlier, answer.body.InstanceIdSets.InstanceIdSet as string[])
    return answer !== undefined
  }
  if (dice < 7) {
    const value = `${name}-${count}`
    const before = one.tag
    one.tag = [...before, value]
    const answer = await send('TagResources', { ResourceType: 'instance', ResourceId: [one.id], Tag: [{ Key: 'turn', Value: value }] })
    if (answer !== undefined) one.tag = answer.status === 200 ? [value] : before
    return answer !== undefined
  }
  if (dice < 9 || alive.length < 8) {
    const stop = dice === 7
    const before = one.statuses
    const after = stop ? falling : rising
    one.statuses = [...before, ...after]
    const answer = await send(stop ? 'StopInstance' : 'StartInstance', { InstanceId: one.id })
    if (answer !== undefined) one.statuses = answer.status === 200 ? after : before
    return answer !== undefined
  }
  one.gone = 'maybe'
  const answer = await send('DeleteInstance', { InstanceId: one.id, Force: true })
  if (answer !== undefined) one.gone = answer.status === 200 ? 'yes' : 'no'
  return answer !== undefined
}

export interface Load {
  readonly server: Server
  readonly ledger: Ledger
  readonly basics: Basics
  readonly random: Random
  readonly round: number
  readonly workers: number
  /** Told after each acknowledged call. */
  readonly onStep: () => void
}

/** Calls from many workers until the connections break. @throws for anything that may never happen */
export async function work({ server, ledger, basics, random, round, workers, onStep }: Load): Promise<void> {
  const known = [...ledger.instances.values()]
  const one = async (at: number) => {
    const own = known.filter((_instance, index) => index % workers === at)
    const worker: Worker = { server, ledger, basics, random, own, name: `r${round}w${at}` }
    for (let count = 0; await step(worker, count); count++) onStep()
  }
  await Promise.all(Array.from({ length: workers }, (_none, at) => one(at)))
}
