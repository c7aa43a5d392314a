import { leaves } from '../api/leaves.ts'
import { actionsOf, operationOf } from '../api/operation.ts'
import { type Product, productNames, products } from '../api/products.ts'
import { readFields, readOneOf } from './faults/read.ts'
import { loadHandler } from './handlers.ts'
import { honouredBy, refusedOf } from './honoured.ts'

/** How far the local cloud emulates one operation of the catalogue. */
export interface OperationCoverage {
  readonly product: Product
  readonly action: string
  readonly emulated: boolean
  /** How many parameters it has; those inside of others count one by one. */
  readonly parameters: number
  readonly honoured: number
  /** The parameters that a call may not give; none where every call is refused. */
  readonly refused: readonly string[]
}

/** The sums of a product's operations. */
export interface ProductCoverage {
  readonly product: Product
  readonly version: string
  readonly operations: number
  readonly emulated: number
  /** Of the operations that are emulated. */
  readonly parameters: number
  readonly honoured: number
}

async function coverageOf(product: Product, action: string): Promise<OperationCoverage> {
  const paths = leaves(operationOf(product, action)?.input ?? {})
  const handler = await loadHandler(product, action)
  const parameters = paths.length
  if (handler === undefined) return { product, action, emulated: false, parameters, honoured: 0, refused: [] }
  const refused = refusedOf(paths, honouredBy(handler))
  return { product, action, emulated: true, parameters, honoured: parameters - refused.length, refused }
}

function totalsOf(product: Product, operations: readonly OperationCoverage[]): ProductCoverage {
  const emulated = operations.filter((one) => one.emulated)
  return {
    product,
    version: products[product].version,
    operations: operations.length,
    emulated: emulated.length,
    parameters: emulated.reduce((sum, { parameters }) => sum + parameters, 0),
    honoured: emulated.reduce((sum, { honoured }) => sum + honoured, 0),
  }
}

/** Which operations are asked about; all without either. */
export interface Asked {
  readonly product?: Product | undefined
  readonly action?: string | undefined
}

/**
 * What the local cloud emulates, by product and then by name: of all operations, or of those that are asked about. The code of each is
 * loaded for it. `docs/coverage.md` is made from this too.
 */
export async function coverage({ product: only, action }: Asked = {}): Promise<{
  readonly products: readonly ProductCoverage[]
  readonly operations: readonly OperationCoverage[]
}> {
  const found = []
  for (const product of productNames.filter((name) => only === undefined || name === only)) {
    const operations: OperationCoverage[] = []
    for (const name of actionsOf(product).toSorted())
      if (action === undefined || name === action) operations.push(await coverageOf(product, name))
    if (operations.length > 0) found.push({ totals: totalsOf(product, operations), operations })
  }
  return { products: found.map(({ totals }) => totals), operations: found.flatMap(({ operations }) => operations) }
}

/** Reads what a query asks about. RangeError for a product or an action that there is not. */
export function readAsked(query: URLSearchParams): Asked {
  const { product, action } = readFields(Object.fromEntries(query), 'the query', ['product', 'action'])
  const of = product === undefined ? undefined : readOneOf(product, 'product', productNames)
  if (action === undefined) return { product: of }
  const name = String(action)
  if (!productNames.some((each) => (of ?? each) === each && actionsOf(each).includes(name)))
    throw new RangeError(`${of ?? 'no product'} has ${of ? 'no' : 'an'} action ${JSON.stringify(name.slice(0, 128))}`)
  return { product: of, action: name }
}
