import { type Instance, instances, ownPublicIps } from '../instances/instance.ts'
import type { Loss } from '../safety/deed.ts'
import { factsOf, filled, lookUp } from './facts.ts'
import type { Kind, Step } from './kind.ts'
import type { Item } from './recipe.ts'

interface Facts {
  readonly Status: string
  readonly PublicIpAddress: readonly string[]
}

const publicIp = { en: 'public IP, if the stop gave it back', zh: '公网 IP（如停机时已释放）' } as const

function stepOf(item: Item, there: Instance | undefined): Step {
  const { Status = 'Running', PublicIpAddress = [] } = factsOf<Facts>(item)
  if (there === undefined) return { item, instead: { en: 'is gone', zh: '已不存在' }, lost: [] }
  if (Status !== 'Running' && Status !== 'Starting')
    return { item, instead: { en: `was ${Status} before`, zh: `此前即处于 ${Status} 状态` }, lost: [] }
  if (there.Status === 'Running' || there.Status === 'Starting')
    return { item, instead: { en: `is ${there.Status}`, zh: `处于 ${there.Status} 状态` }, lost: [] }
  const now = new Set(ownPublicIps(there))
  const lost = PublicIpAddress.filter((ip) => !now.has(ip)).map((what): Loss => ({ kind: publicIp, what }))
  return { item, does: { en: `start (${there.Status})`, zh: `启动（${there.Status}）` }, lost }
}

/** Instances that were stopped: those that ran are started. */
export const stopped: Kind = {
  one: instances.one,
  many: instances.many,
  verb: { en: 'start', zh: '启动' },
  done: { en: 'started', zh: '已启动' },
  dryRuns: true,
  goal: 'Running',
  async record(ids, connection, signal) {
    const found = await lookUp(ids, (some) => instances.read(connection, instances.withIds(some), signal))
    return found.map((one) => ({
      Id: one.InstanceId,
      Name: one.InstanceName,
      Facts: filled({ Status: one.Status, PublicIpAddress: ownPublicIps(one) }),
    }))
  },
  async plan(items, connection, signal) {
    const ids = items.map(({ Id }) => Id)
    const found = await lookUp(ids, (some) => instances.read(connection, instances.withIds(some), signal))
    const byId = new Map(found.map((one) => [one.InstanceId, one]))
    return items.map((item) => stepOf(item, byId.get(item.Id)))
  },
  async rebuild({ item: { Id } }, { connection: { ecs }, signal, dry }) {
    await ecs.startInstance({ InstanceId: Id, ...(dry && { DryRun: true }) }, { signal })
    return { id: Id, notes: [] }
  },
}
