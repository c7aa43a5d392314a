import { actionsOf, operationOf } from '../../api/operation.ts'
import { type Product, productNames, products } from '../../api/products.ts'
import type { Operation } from '../../api/shape.ts'
import { CommandError } from '../errors.ts'
import { nearest } from '../nearest.ts'

/** An operation of the catalogue and whose it is. */
export interface Found {
  readonly action: string
  readonly product: Product
  readonly operation: Operation
}

function unknown(action: string, among: readonly Product[]): CommandError {
  const meant = nearest(action.replaceAll('-', ''), [...new Set(among.flatMap((product) => actionsOf(product)))])
  const [only] = among
  const whose = among.length === 1 && only !== undefined ? products[only].name : undefined
  return new CommandError({
    en: `${whose ?? 'no product'} has ${whose ? 'no' : 'an'} operation ${action}${meant ? `; did you mean ${meant}?` : ''}`,
    zh: `${whose ? `${whose} 没有` : '没有'} API ${action}${meant ? `；是否想用 ${meant}？` : ''}`,
  })
}

/**
 * The operation of that name: of the product named, else of the first product that has it and does not call it deprecated.
 * @throws CommandError when there is none, with the near one suggested
 */
export function findOperation(action: string, product?: string): Found {
  const among = product === undefined ? productNames : productNames.filter((name) => name === product)
  const found = among.flatMap((name): Found[] => {
    const operation = operationOf(name, action)
    return operation === undefined ? [] : [{ action, product: name, operation }]
  })
  const best = found.find(({ operation }) => !operation.deprecated) ?? found[0]
  if (best === undefined) throw unknown(action, among)
  return best
}
