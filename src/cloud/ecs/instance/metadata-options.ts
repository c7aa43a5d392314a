import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { demandOneOf } from '../values.ts'
import { instanceOf } from './power.ts'

/** How the instance's own metadata service answers; it obeys at once. What is not given stays. */
export const ModifyInstanceMetadataOptions = ecs(
  'ModifyInstanceMetadataOptions',
  ['InstanceId', 'HttpEndpoint', 'HttpTokens', 'HttpPutResponseHopLimit', 'InstanceMetadataTags'],
  (input, context) => {
    const { InstanceId, HttpEndpoint, HttpTokens, HttpPutResponseHopLimit: hops, InstanceMetadataTags } = input
    demand(
      InstanceId,
      'MissingParameter',
      'The input parameter "InstanceId" that is mandatory for processing this request is not supplied.',
    )
    const instance = instanceOf(InstanceId, context)
    demandOneOf(HttpEndpoint, ['enabled', 'disabled'], 'HttpEndpoint', 'InvalidHttpEndpoint.NotSupported')
    demandOneOf(HttpTokens, ['optional', 'required'], 'HttpTokens', 'InvalidHttpTokens.NotSupported')
    const inRange = hops === undefined || (Number.isInteger(hops) && hops >= 1 && hops <= 64)
    demand(inRange, 'InvalidHttpPutResponseHopLimit.NotSupported', 'The specified HttpPutResponseHopLimit is not from 1 to 64.')
    demandOneOf(InstanceMetadataTags, ['enabled', 'disabled'], 'InstanceMetadataTags', 'InvalidParameter')
    context.state.instances.put({
      ...instance,
      httpEndpoint: HttpEndpoint || instance.httpEndpoint,
      httpTokens: HttpTokens || instance.httpTokens,
      ...(hops !== undefined && { httpPutResponseHopLimit: hops }),
      ...(InstanceMetadataTags && { instanceMetadataTags: InstanceMetadataTags }),
    })
    return {}
  },
)
