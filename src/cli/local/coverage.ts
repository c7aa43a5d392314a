import { type Product, productNames, products } from '../../api/products.ts'
import type { Text } from '../../api/text.ts'
import type { OperationCoverage, ProductCoverage } from '../../cloud/coverage.ts'
import { findOperation } from '../api/operation.ts'
import type { Command, Invocation, Options } from '../command.ts'
import { exit } from '../errors.ts'
import { type Language, say } from '../language.ts'
import { type Column, type Listing, openOutput, outputOptions } from '../output.ts'
import { ask, controlOptions } from './control.ts'

/** What an answer tells. */
interface Coverage {
  readonly products: readonly ProductCoverage[]
  readonly operations: readonly OperationCoverage[]
}

const product: Column<{ readonly product: Product }> = { head: { en: 'PRODUCT', zh: '产品' }, cell: (row) => products[row.product].name }
type Counts = { readonly parameters: number; readonly honoured: number }
const parameters = (head: Text): Column<Counts> => ({ head, cell: (row) => row.parameters })
const honoured: Column<Counts> = { head: { en: 'HONOURED', zh: '已支持' }, cell: (row) => row.honoured }

const ofProducts: Listing<ProductCoverage> = {
  id: (row) => row.product,
  columns: [
    product,
    { head: { en: 'VERSION', zh: '版本' }, cell: ({ version }) => version },
    { head: { en: 'OPERATIONS', zh: '操作总数' }, cell: ({ operations }) => operations },
    { head: { en: 'EMULATED', zh: '已模拟' }, cell: ({ emulated }) => emulated },
    parameters({ en: 'THEIR PARAMETERS', zh: '其参数总数' }),
    honoured,
  ],
}

const yesNo = (yes: boolean): Text => (yes ? { en: 'yes', zh: '是' } : { en: 'no', zh: '否' })

const ofOperations = (language: Language): Listing<OperationCoverage> => ({
  id: ({ action }) => action,
  columns: [
    { head: { en: 'ACTION', zh: '操作' }, cell: ({ action }) => action },
    product,
    { head: { en: 'EMULATED', zh: '已模拟' }, cell: ({ emulated }) => say(yesNo(emulated), language) },
    parameters({ en: 'PARAMETERS', zh: '参数总数' }),
    honoured,
    { head: { en: 'NOT HONOURED', zh: '未支持的参数' }, cell: ({ refused }) => refused.join(' ') },
  ],
})

const own: Options = {
  product: {
    type: 'string',
    choices: productNames,
    help: { en: 'the operations of this product, one by one', zh: '逐个列出该产品的操作' },
  },
}

async function asked(invocation: Invocation, query: Readonly<Record<string, string>> = {}): Promise<Coverage> {
  const search = new URLSearchParams(query).toString()
  return (await ask(invocation, 'GET', search === '' ? 'coverage' : `coverage?${search}`)) as unknown as Coverage
}

/** A table cuts what is too long for the terminal: there each parameter has a line of its own. */
function lines(found: readonly OperationCoverage[], { values }: Invocation): OperationCoverage[] {
  const whole = values.text('query') !== undefined || /^(?:json|yaml|ids)$/.test(values.text('output') ?? '')
  return found.flatMap((row) => (whole || row.refused.length === 0 ? [row] : row.refused.map((path) => ({ ...row, refused: [path] }))))
}

/** `tanxing local coverage`: what the local cloud emulates, and which parameters it refuses. */
export const command: Command = {
  usage: '[ACTION...] [OPTIONS]',
  takesRest: true,
  options: { ...own, ...controlOptions, ...outputOptions },
  async run(invocation) {
    const { rest, values } = invocation
    const of = values.text('product')
    const narrowed = of === undefined ? undefined : { product: of }
    if (rest.length === 0 && narrowed === undefined) {
      const print = await openOutput(ofProducts, invocation)
      await print((await asked(invocation)).products)
      return exit.done
    }
    const found: OperationCoverage[] = []
    const refused = (): Text => {
      const count = found.reduce((sum, row) => sum + row.refused.length, 0)
      return {
        en: `operations: ${found.length}, parameters not honoured: ${count}`,
        zh: `共 ${found.length} 个操作，${count} 个参数未支持`,
      }
    }
    const print = await openOutput(ofOperations(invocation.language), invocation, refused)
    const actions = [...new Set(rest)]
    for (const action of actions) findOperation(action, of)
    if (actions.length === 0) found.push(...(await asked(invocation, narrowed)).operations)
    for (const action of actions) found.push(...(await asked(invocation, { ...narrowed, action })).operations)
    await print(actions.length === 0 ? found : lines(found, invocation))
    return exit.done
  },
}
