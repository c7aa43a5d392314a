/** Whether a reopened cloud holds what was acknowledged, and nothing half done. */
import { type Basics, type Launch, launched, launchInput, type Ledger, note } from './load.ts'
import type { Server, Told } from './process.ts'

interface Rows {
  readonly [table: string]: readonly Told[] | undefined
}

/** Every wrong thing in words. */
function wrongs({ launches, instances }: Ledger, tables: Rows): string[] {
  const rows = new Map((tables.instances ?? []).map((row): [string, Told] => [row.id, row]))
  const disks = tables.disks ?? []
  const subjects = new Set((tables.transitions ?? []).map((row) => String(row.subject)))
  const found: string[] = []
  for (const { id, statuses, tag, gone } of instances.values()) {
    const row = rows.get(id)
    if (row === undefined && gone === 'no') found.push(`${id} was acknowledged and is not there`)
    if (row === undefined) continue
    // A running one takes a while to go.
    if (gone === 'yes' && row.releasing !== true) found.push(`${id} was released and is there`)
    if (row.releasing === true) continue
    if (!statuses.includes(row.status)) found.push(`${id} is ${row.status}, and was left ${statuses.join(' or ')}`)
    const turn = (row.tags as Told[]).find(({ key }) => key === 'turn')?.value
    if (!tag.includes(turn)) found.push(`${id} has the tag ${String(turn)} instead of ${tag.join(' or ')}`)
  }
  const addresses = new Set<string>()
  for (const [id, row] of rows) {
    const own = disks.filter((disk) => disk.instanceId === id && disk.type === 'system')
    if (own.length !== 1) found.push(`${id} has ${own.length} system disks`)
    const address = `${row.vSwitchId}/${row.privateIpAddress}`
    if (addresses.has(address)) found.push(`${address} is taken twice`)
    addresses.add(address)
    if (['Pending', 'Starting', 'Stopping'].includes(row.status) && !subjects.has(id)) found.push(`${id} is ${row.status} for ever`)
  }
  for (const disk of disks)
    if (disk.instanceId !== '' && !rows.has(disk.instanceId)) found.push(`the disk ${disk.id} is of ${disk.instanceId}, which is not there`)
  for (const launch of launches) {
    if (launch.ids !== undefined) continue
    const there = [...rows.values()].filter((row) => row.instanceName === launch.token).length
    if (there !== 0 && there !== launch.amount) found.push(`${launch.token} is half done: ${there} of ${launch.amount}`)
  }
  return found
}

/** Repeats a launch: it must answer as before, or, when no answer had come, make up for it exactly once. */
async function repeat(server: Server, ledger: Ledger, basics: Basics, launch: Launch): Promise<void> {
  const answer = await server.call('RunInstances', launchInput(basics, launch))
  if (answer?.status !== 200) throw new Error(`repeating ${launch.token}: ${JSON.stringify(answer?.body)}`)
  note(ledger, answer.body)
  const ids = answer.body.InstanceIdSets.InstanceIdSet as string[]
  launched(ledger, launch, ids)
  const { tables } = await server.ask('GET', 'state')
  const there = (tables.instances as Told[]).filter((row) => row.instanceName === launch.token).map((row): string => row.id)
  const lost = ids.filter((id) => !there.includes(id) && ledger.instances.get(id)?.gone === 'no')
  if (lost.length > 0 || there.some((id) => !ids.includes(id)))
    throw new Error(`${launch.token} answers ${String(ids)}, and there is ${String(there)}`)
}

/** So often what a cloud tells is held together: time goes on between two questions, and what is being released is gone meanwhile. */
const mostLooks = 5

/** The instances as the state, the health and a list count them. */
async function counts(server: Server, ledger: Ledger): Promise<readonly number[]> {
  const [{ tables }, { resources }] = [await server.ask('GET', 'state'), await server.ask('GET', 'health')]
  const listed = await server.call('DescribeInstances', { PageSize: 100 })
  note(ledger, listed?.body)
  return [(tables.instances as unknown[]).length, resources.instances as number, listed?.body.TotalCount as number]
}

/** Looks at a cloud that has come up again after a kill. @throws with everything that is wrong */
export async function check(server: Server, ledger: Ledger, basics: Basics): Promise<void> {
  const { tables } = await server.ask('GET', 'state')
  const found = wrongs(ledger, tables as Rows)
  let told = await counts(server, ledger)
  for (let look = 1; new Set(told).size > 1 && look < mostLooks; look++) told = await counts(server, ledger)
  if (new Set(told).size > 1) found.push(`counts differ: ${told.join(', ')}`)
  if (found.length > 0) throw new Error(found.join('\n'))
  // What an unanswered call did to an instance is known from here on.
  const rows = new Map((tables.instances as Told[]).map((row): [string, Told] => [row.id, row]))
  for (const one of ledger.instances.values()) {
    const row = rows.get(one.id)
    if (one.gone === 'maybe') one.gone = row === undefined || row.releasing === true ? 'yes' : 'no'
    if (row !== undefined) one.tag = [(row.tags as Told[]).find(({ key }) => key === 'turn')?.value]
  }
  const unanswered = ledger.launches.filter((launch) => launch.ids === undefined)
  for (const launch of [...unanswered, ...ledger.launches.slice(-3)]) await repeat(server, ledger, basics, launch)
}
