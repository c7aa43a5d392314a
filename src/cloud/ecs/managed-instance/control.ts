import type { Cloud } from '../../cloud.ts'
import { line, readFields, readOneOf, readText } from '../../faults/read.ts'
import type { Machine } from '../../gateway/exchange.ts'
import { assistantId } from '../assistant/ids.ts'
import type { Activation } from './records.ts'
import { createBlockList, isIP } from '../../net.ts'

/** A server that registers: what its agent does with an activation, on the real cloud through an endpoint of its own. */
export interface Registration {
  readonly activationId: string
  readonly activationCode: string
  readonly hostname: string
  /** By default the activation's prefix and a number, or the host name. */
  readonly instanceName?: string | undefined
  readonly machineId?: string | undefined
  /** `linux` by default. */
  readonly osType?: 'windows' | 'linux' | 'FreeBSD' | undefined
  readonly osVersion?: string | undefined
  /** `10.0.0.1` by default. */
  readonly intranetIp?: string | undefined
  /** Has to be within the activation's range when it is given. */
  readonly internetIp?: string | undefined
}

/** Servers elsewhere that Cloud Assistant reaches, which no operation of ECS makes. */
export interface ManagedInstances {
  /** Registers a server and returns its id. RangeError when the activation does not let it. */
  register(server: Registration): string
  /** Its agent is heard of, or is not any more. RangeError when there is none of that id. */
  connect(instanceId: string, connected: boolean): void
}

/** Made up. */
const agentVersion = '2.2.3.1000'
const mostPerRegion = 10_000

function isWithin(address: string, range: string): boolean {
  const [start = '', length] = range.split('/')
  const family = isIP(start) === 6 ? 'ipv6' : 'ipv4'
  const list = createBlockList()
  if (length === undefined) list.addAddress(start, family)
  else list.addSubnet(start, Number(length), family)
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

function demandOpen(activation: Activation, { internetIp = '' }: Registration, now: number): void {
  if (activation.disabled) throw new RangeError('the activation is disabled')
  if (now >= activation.createdAt + activation.timeToLiveInHours * 3_600_000) throw new RangeError('the activation has expired')
  if (activation.registeredCount >= activation.instanceCount) throw new RangeError('the activation is used up')
  if (internetIp !== '' && isIP(internetIp) === 0) throw new RangeError('internetIp is no address')
  if (internetIp !== '' && !isWithin(internetIp, activation.ipAddressRange)) throw new RangeError('the activation is not for that address')
}

const nameOf = ({ instanceName, registeredCount, instanceCount }: Activation, hostname: string): string =>
  instanceName === '' ? hostname : `${instanceName}-${String(registeredCount + 1).padStart(String(instanceCount).length, '0')}`

/** `machine` is the one of now: a reset puts another in its place. */
export const createManagedInstances = (machine: () => Machine): ManagedInstances => ({
  register(server) {
    const current = machine()
    current.settle()
    const { state, random, clock } = current
    const activation = state.activations.get(server.activationId)
    if (activation === undefined || activation.code !== server.activationCode) throw new RangeError('there is no such activation')
    demandOpen(activation, server, clock.now())
    const { accountId, regionId, resourceGroupId, tags } = activation
    const held = state.managedInstances.list({ accountId, regionId }).length
    if (held >= mostPerRegion) throw new RangeError(`a region takes at most ${mostPerRegion} managed instances`)
    const { id } = state.managedInstances.put({
      id: assistantId('mi', regionId, random),
      accountId,
      regionId,
      activationId: activation.id,
      instanceName: server.instanceName ?? nameOf(activation, server.hostname),
      hostname: server.hostname,
      machineId: server.machineId ?? random.uuid().replaceAll('-', ''),
      osType: server.osType ?? 'linux',
      osVersion: server.osVersion ?? '',
      agentVersion,
      intranetIp: server.intranetIp ?? '10.0.0.1',
      internetIp: server.internetIp ?? '',
      connected: true,
      resourceGroupId,
      registeredAt: clock.now(),
      tags,
    })
    state.activations.put({ ...activation, registeredCount: activation.registeredCount + 1 })
    state.commit()
    return id
  },
  connect(instanceId, connected) {
    const current = machine()
    current.settle()
    const managed = current.state.managedInstances.get(instanceId)
    if (managed === undefined) throw new RangeError(`there is no managed instance ${JSON.stringify(instanceId)}`)
    current.state.managedInstances.put({ ...managed, connected })
    current.state.commit()
  },
})

type Route = (cloud: Cloud, body: Record<string, unknown>, query: URLSearchParams) => object

/** One line of at most 128 characters. */
const readLine = (value: unknown, what: string): string => readText(value, what, 128, line)
const readOptional = (value: unknown, what: string) => (value === undefined ? undefined : readLine(value, what))

/** The control plane's part for managed instances. RangeError for what is not understood. */
export const managedInstanceRoutes: { readonly [methodAndPath: string]: Route } = {
  'POST /_local/managed-instances': ({ managedInstances }, body) => {
    const optional = ['instanceName', 'machineId', 'osVersion', 'intranetIp', 'internetIp'] as const
    const fields = readFields(body, 'a managed instance', ['activationId', 'activationCode', 'hostname', 'osType', ...optional])
    const texts = Object.fromEntries(optional.map((name) => [name, readOptional(fields[name], name)]))
    const instanceId = managedInstances.register({
      ...texts,
      activationId: readLine(fields.activationId, 'activationId'),
      activationCode: readLine(fields.activationCode, 'activationCode'),
      hostname: readLine(fields.hostname, 'hostname'),
      osType: fields.osType === undefined ? undefined : readOneOf(fields.osType, 'osType', ['windows', 'linux', 'FreeBSD'] as const),
    })
    return { instanceId }
  },
  'PUT /_local/managed-instances': ({ managedInstances }, body) => {
    const { instanceId, connected } = readFields(body, 'a managed instance', ['instanceId', 'connected'])
    const asked = { instanceId: readLine(instanceId, 'instanceId'), connected: readOneOf(connected, 'connected', [true, false]) }
    managedInstances.connect(asked.instanceId, asked.connected)
    return asked
  },
}
