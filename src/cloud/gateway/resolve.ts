import { operationOf } from '../../api/operation.ts'
import { productNames, products } from '../../api/products.ts'
import { demand } from '../fault.ts'
import type { Exchange, Step } from './exchange.ts'

const byVersion = new Map<string, (typeof productNames)[number]>(productNames.map((product) => [products[product].version, product]))

/** A common parameter: from the parameters, or from the `x-acs-` header that says the same. */
const common = ({ pairs, request }: Exchange, name: string, header: string): string =>
  pairs.find((pair) => pair[0] === name)?.[1] ?? request.headers[header] ?? ''

/** What a request calls its operation, whether there is one or not; empty unless it is a name. */
export function askedAction(exchange: Exchange): string {
  const action = common(exchange, 'Action', 'x-acs-action')
  return /^\w{1,128}$/.test(action) ? action : ''
}

/** Finds out which operation of which product is meant. Host does not tell: every product answers on one port. */
export const resolve: Step = (exchange) => {
  const action = common(exchange, 'Action', 'x-acs-action')
  const version = common(exchange, 'Version', 'x-acs-version')
  demand(action !== '', 'MissingAction', 'Action is mandatory for this action.')
  demand(version !== '', 'MissingVersion', 'Version is mandatory for this action.')
  const product = byVersion.get(version)
  demand(product !== undefined, 'InvalidVersion', 'Specified parameter Version is not valid.')
  const operation = operationOf(product, action)
  demand(operation !== undefined, 'InvalidAction.NotFound', 'Specified api is not found, please check your url and method.')
  exchange.product = product
  exchange.action = action
  exchange.operation = operation
}
