/** A local cloud with many instances in every region, in a process of its own, for bench/inventory.ts. */
import { createThrottle } from '../src/cloud/faults/throttle.ts'
import { createFaults } from '../src/cloud/faults/faults.ts'
import { createClock } from '../src/cloud/engine/clock.ts'
import type { Instance } from '../src/cloud/ecs/records.ts'
import { handle } from '../src/cloud/gateway/index.ts'
import { createLog } from '../src/cloud/gateway/log.ts'
import { listen } from '../src/cloud/listen.ts'
import { start } from '../src/cloud/start.ts'

export interface LargeCloud {
  readonly regionIds: readonly string[]
  readonly perRegion: number
  /** DescribeInstances calls that each region allows in a second. */
  readonly perSecond: number
  /** Until an answer leaves, in milliseconds. */
  readonly roundTripMs: number
}

export interface Started {
  readonly url: string
  readonly credentials: { readonly accessKeyId: string; readonly accessKeySecret: string }
}

const credentials = { accessKeyId: 'LTAI5tBenchKeyOf24Chars00', accessKeySecret: 'benchSecretOfThirtyCharacters0' }

/** What all instances of a region have alike. Copies of one object of a fixed shape are small; put together from parts they would be five times as large. */
const likeAll = (regionId: string, accountId: string, createdAt: number): Instance => ({
  id: '',
  accountId,
  regionId,
  zoneId: `${regionId}-a`,
  status: 'Running',
  instanceType: 'ecs.g7.large',
  imageId: 'aliyun_3_x64_20G_alibase_20241218.vhd',
  instanceName: '',
  hostName: '',
  description: '',
  serialNumber: '',
  vpcId: `vpc-${regionId}`,
  vSwitchId: `vsw-${regionId}`,
  privateIpAddress: '',
  macAddress: '00:16:3e:00:00:01',
  securityGroupIds: [`sg-${regionId}`],
  publicIpAddress: '',
  internetChargeType: 'PayByTraffic',
  internetMaxBandwidthIn: 10,
  internetMaxBandwidthOut: 0,
  instanceChargeType: 'PostPaid',
  createdAt,
  startedAt: createdAt,
  expiresAt: undefined,
  autoReleaseAt: undefined,
  keyPairName: '',
  userData: '',
  ramRoleName: '',
  resourceGroupId: '',
  spotStrategy: 'NoSpot',
  spotPriceLimit: 0,
  spotDuration: 0,
  spotInterruptionBehavior: '',
  creditSpecification: '',
  deletionProtection: false,
  stoppedMode: '',
  httpEndpoint: '',
  httpTokens: '',
  tags: [],
})

function* instances(regionId: string, accountId: string, count: number, createdAt: number): Generator<Instance> {
  const alike = likeAll(regionId, accountId, createdAt)
  const prefix = `i-bench${regionId.replaceAll('-', '')}`
  for (let number = 0; number < count; number++) {
    const name = number.toString(36).padStart(8, '0')
    const privateIpAddress = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`
    const instanceName = `web-${name}`
    yield {
      ...alike,
      id: prefix + name,
      instanceName,
      hostName: instanceName,
      serialNumber: name,
      privateIpAddress,
    }
  }
}

async function serve({ regionIds, perRegion, perSecond, roundTripMs }: LargeCloud): Promise<Started> {
  const faults = createFaults('bench')
  const throttle = createThrottle({ perSecond, burst: perSecond })
  const options = { seed: 'bench', keys: [credentials] }
  const machine = start({
    options,
    clock: createClock('manual'),
    faults,
    throttle,
    log: createLog(),
    keep: undefined,
    saved: () => undefined,
  })
  for (const regionId of regionIds) {
    for (const instance of instances(regionId, machine.accountId, perRegion, machine.clock.now())) machine.state.instances.put(instance)
    machine.state.commit()
  }
  faults.add({ effect: { delay: roundTripMs } })
  const fail = (error: unknown) => {
    throw error
  }
  const { url } = await listen(async (request) => handle(request, machine, fail))
  return { url, credentials }
}

process.on('message', (order: LargeCloud) => {
  void serve(order).then((started) => process.send?.(started))
})
process.on('disconnect', () => process.exit())
