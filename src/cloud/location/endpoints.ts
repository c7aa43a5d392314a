import { endpointOf } from '../../api/endpoints.ts'
import type { Product } from '../../api/products.ts'
import { regionFacts } from '../../api/regions.ts'
import { demand } from '../fault.ts'
import { location } from '../operation.ts'

/** The service codes known here, and the product each one stands for. */
const services: ReadonlyMap<string, Product> = new Map([
  ['ecs', 'ecs'],
  ['vpc', 'vpc'],
  ['ram', 'ram'],
  ['sts', 'sts'],
])

const openApi = 'openAPI'

/**
 * The real host of a service in a region: `tanxing run` leads those hosts here. A service or type not known answers
 * an empty list, which the official clients read as "unknown" and look further. `SerivceCode` is the real spelling.
 */
export const DescribeEndpoints = location('DescribeEndpoints', ['Id', 'ServiceCode', 'Type'], (input) => {
  demand(regionFacts(input.Id) !== undefined, 'InvalidRegionId', 'The specified region does not exist.', 404)
  const product = services.get(input.ServiceCode.toLowerCase())
  const type = input.Type ?? openApi
  if (product === undefined || type !== openApi) return { Success: true, Endpoints: { Endpoint: [] } }
  const endpoint = {
    Protocols: { Protocols: ['HTTP', 'HTTPS'] },
    Type: type,
    Namespace: '',
    Id: input.Id,
    SerivceCode: input.ServiceCode,
    Endpoint: endpointOf(product, input.Id),
  }
  return { Success: true, Endpoints: { Endpoint: [endpoint] } }
})
