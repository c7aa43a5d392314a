/** A cloud in memory with as many instances as asked for, each with a disk, an interface and two tags, in one region. */
import { createClock } from '../src/cloud/engine/clock.ts'
import { createFaults } from '../src/cloud/faults/faults.ts'
import { createThrottle } from '../src/cloud/faults/throttle.ts'
import type { Machine } from '../src/cloud/gateway/exchange.ts'
import { handle } from '../src/cloud/gateway/index.ts'
import { createLog } from '../src/cloud/gateway/log.ts'
import { type Listening, listen } from '../src/cloud/listen.ts'
import { start, type Started } from '../src/cloud/start.ts'

export const regionId = 'cn-hangzhou'
/** What the estate's instances have, for filters. */
export const vpcId = 'vpc-bench00000000000000'
export const vSwitchId = (number: number): string => `vsw-bench${String(number % 16).padStart(14, '0')}`
/** Groups hold a thousand at most. */
export const securityGroupId = (number: number): string => `sg-bench${String(Math.floor(number / 1000)).padStart(15, '0')}`
export const instanceId = (number: number): string => `i-bench${number.toString(36).padStart(15, '0')}`
const environments = ['prod', 'test', 'dev', 'demo']

const fail = (error: unknown) => {
  throw error
}

export function estate(count: number): Started {
  const machine = start({
    options: { seed: 'demo' },
    clock: createClock('manual'),
    faults: createFaults('bench'),
    throttle: createThrottle(),
    log: createLog(),
    keep: undefined,
    saved: () => undefined,
  })
  const { instances, disks } = machine.state
  const models = instances.select({ accountId: machine.accountId, regionId }).slice(0, 64)
  const system = models.map((model) => disks.by('instance', model.id).find((disk) => disk.type === 'system'))
  for (const { id } of instances.all()) {
    for (const disk of disks.by('instance', id)) disks.delete(disk.id)
    instances.delete(id)
  }
  for (let number = 0; number < count; number++) {
    const at = number % models.length
    const [model, disk] = [models[at], system[at]]
    if (model === undefined || disk === undefined) throw new Error('the demo estate has no instances to copy')
    const id = instanceId(number)
    const instanceName = `web-${String(number).padStart(7, '0')}`
    const tags = [
      { key: 'env', value: environments[number % 4] ?? '' },
      { key: 'app', value: `app-${number % 8}` },
    ]
    instances.put({
      ...model,
      id,
      instanceName,
      hostName: instanceName,
      serialNumber: id,
      vpcId,
      vSwitchId: vSwitchId(number),
      privateIpAddress: `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`,
      securityGroupIds: [securityGroupId(number)],
      status: number % 10 === 0 ? 'Stopped' : 'Running',
      publicIpAddress: '',
      tags,
    })
    disks.put({ ...disk, id: `d-${id.slice(2)}`, instanceId: id, tags })
    if (number % 1000 === 999) machine.state.commit()
  }
  machine.state.commit()
  return machine
}

/** Serves a machine; `before` each request something may be done to it. */
export const serve = (machine: Machine, before?: () => void): Promise<Listening> =>
  listen((request) => {
    before?.()
    return handle(request, machine, fail)
  })
