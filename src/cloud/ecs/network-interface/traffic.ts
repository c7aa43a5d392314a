import { demand } from '../../fault.ts'
import type { EnhancedNetwork, InterfaceSettings } from './records.ts'
import { demandOneOf } from '../values.ts'

interface QueueInput {
  readonly QueueNumber?: number | undefined
  readonly QueuePairNumber?: number | undefined
  readonly RxQueueSize?: number | undefined
  readonly TxQueueSize?: number | undefined
  readonly NetworkInterfaceTrafficMode?: string | undefined
}

/** How an interface carries what passes it, as calls tell it: one by one, in a group, or both. */
export interface TrafficInput extends QueueInput {
  readonly NetworkInterfaceTrafficConfig?: QueueInput | undefined
  readonly EnhancedNetwork?:
    | {
        readonly EnableExpress?: boolean | undefined
        readonly EnableRss?: boolean | undefined
        readonly EnableSriov?: boolean | undefined
        readonly VirtualFunctionQuantity?: number | undefined
        readonly VirtualFunctionTotalQueueNumber?: number | undefined
      }
    | undefined
}

type Traffic = Pick<InterfaceSettings, 'queueNumber' | 'rdma' | 'queuePairs' | 'rxQueueSize' | 'txQueueSize' | 'enhanced'>

const mostQueues = 2048

const isCount = (value: number | undefined) => value === undefined || (Number.isInteger(value) && value >= 1)

/** What the virtual functions are is said only while there are such (unconfirmed, as are the codes). */
function enhancedOf(asked: NonNullable<TrafficInput['EnhancedNetwork']>, before: EnhancedNetwork = {}): EnhancedNetwork {
  const { EnableExpress, EnableRss, EnableSriov, VirtualFunctionQuantity, VirtualFunctionTotalQueueNumber } = asked
  const counted = isCount(VirtualFunctionQuantity) && isCount(VirtualFunctionTotalQueueNumber)
  demand(counted, 'InvalidParameter', 'The specified number of virtual functions or of their queues is not valid.')
  const [functions, queues] = [VirtualFunctionQuantity ?? before.functions, VirtualFunctionTotalQueueNumber ?? before.functionQueues]
  const sriov = EnableSriov ?? before.sriov
  const virtual = functions !== undefined || queues !== undefined
  demand(sriov || !virtual, 'InvalidParameter', 'Virtual functions need EnhancedNetwork.EnableSriov.')
  const [express, rss] = [EnableExpress ?? before.express, EnableRss ?? before.rss]
  return {
    ...(express !== undefined && { express }),
    ...(rss !== undefined && { rss }),
    ...(sriov !== undefined && { sriov }),
    ...(functions !== undefined && { functions }),
    ...(queues !== undefined && { functionQueues: queues }),
  }
}

/** Depths of queues: from 8,192 to 16,384, a power of two, the same in both directions. */
const sizes = [8_192, 16_384]

/**
 * How an interface carries what passes it, once what a call says is changed.
 * @throws Fault InvalidParameter.InvalidEniQueueNumber, and InvalidParameter, whose use here is unconfirmed
 */
export function trafficOf(input: TrafficInput, before: Traffic = { queueNumber: undefined }): Traffic {
  const { NetworkInterfaceTrafficConfig: group = {}, EnhancedNetwork } = input
  const queueNumber = input.QueueNumber ?? group.QueueNumber ?? before.queueNumber
  const queued = isCount(queueNumber) && (queueNumber ?? 0) <= mostQueues
  demand(queued, 'InvalidParameter.InvalidEniQueueNumber', 'The specified QueueNumber is not valid.')
  const mode = input.NetworkInterfaceTrafficMode || group.NetworkInterfaceTrafficMode
  demandOneOf(mode, ['Standard', 'HighPerformance'], 'NetworkInterfaceTrafficMode', 'InvalidParameter')
  const rdma = mode ? mode === 'HighPerformance' : before.rdma === true
  const pairs = input.QueuePairNumber ?? group.QueuePairNumber
  demand(isCount(pairs), 'InvalidParameter', 'The specified QueuePairNumber is not valid.')
  demand(rdma || pairs === undefined, 'InvalidParameter', 'QueuePairNumber is for network interfaces in HighPerformance mode.')
  const queuePairs = rdma ? (pairs ?? before.queuePairs) : undefined
  const rxQueueSize = input.RxQueueSize ?? group.RxQueueSize ?? before.rxQueueSize
  const txQueueSize = input.TxQueueSize ?? group.TxQueueSize ?? before.txQueueSize
  const sized = rxQueueSize === txQueueSize && (rxQueueSize === undefined || sizes.includes(rxQueueSize))
  demand(sized, 'InvalidParameter', 'RxQueueSize and TxQueueSize have to be the same: 8192 or 16384.')
  const enhanced = EnhancedNetwork ? enhancedOf(EnhancedNetwork, before.enhanced) : before.enhanced
  return {
    queueNumber,
    ...(rdma && { rdma: true as const }),
    ...(queuePairs !== undefined && { queuePairs }),
    ...(rxQueueSize !== undefined && { rxQueueSize, txQueueSize: rxQueueSize }),
    ...(enhanced && { enhanced }),
  }
}

/** An interface without what it was told of its traffic, for what takes its place. */
export function withoutTraffic<T extends Traffic>(eni: T): Omit<T, keyof Traffic> {
  const { queueNumber: _queues, rdma: _rdma, queuePairs: _pairs, rxQueueSize: _rx, txQueueSize: _tx, enhanced: _enhanced, ...rest } = eni
  return rest
}

/** As DescribeNetworkInterfaceAttribute shows it, beside the number of queues; what was never said is left out. */
export const modeOf = ({ rdma }: Pick<Traffic, 'rdma'>): string => (rdma ? 'HighPerformance' : 'Standard')
export const pairsView = ({ queuePairs }: Pick<Traffic, 'queuePairs'>) => (queuePairs === undefined ? {} : { QueuePairNumber: queuePairs })
export const enhancedView = ({ enhanced }: Pick<Traffic, 'enhanced'>) =>
  enhanced
    ? {
        EnhancedNetwork: {
          EnableExpress: enhanced.express ?? false,
          EnableRss: enhanced.rss ?? false,
          EnableSriov: enhanced.sriov ?? false,
          ...(enhanced.functions !== undefined && { VirtualFunctionQuantity: enhanced.functions }),
          ...(enhanced.functionQueues !== undefined && { VirtualFunctionTotalQueueNumber: enhanced.functionQueues }),
        },
      }
    : {}
