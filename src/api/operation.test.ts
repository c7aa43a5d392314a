import { expect, it } from 'vitest'
import { catalogue } from './catalogue.ts'
import { actionsOf, operationOf } from './operation.ts'
import { productNames } from './products.ts'

it.each(productNames)('reads each operation of %s alone as it stands among all', (product) => {
  const all = catalogue(product)
  expect([...actionsOf(product)].sort()).toEqual([...all.keys()].sort())
  for (const [action, operation] of all) expect(operationOf(product, action)).toEqual(operation)
})

it('knows no operation of another name', () => {
  for (const action of ['', 'Describe', 'input', 'constructor', 'DescribeRegions": {']) expect(operationOf('ecs', action)).toBeUndefined()
})
