/**
 * Derives `api/operations/<product>/<family>.json` from the official SDKs (dev dependencies).
 *
 * The SDKs' model classes tell wire names and types at run time, their `.d.ts` files tell what is required,
 * deprecated or enumerated. Only facts are taken, no sentence. `--check` compares instead of writing.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Product, productNames, products } from '../src/api/products.ts'
import type { Family, Operation } from '../src/api/shape.ts'
import { familyOf } from './generate/families.ts'
import { readOperation, type SdkFolder } from './generate/operation.ts'
import { render } from './generate/render.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const require = createRequire(import.meta.url)

function readSdk(sdk: string): SdkFolder {
  const dist = dirname(require.resolve(sdk))
  const models = join(dist, 'models')
  // The file of `AssignIpv6AddressesRequest` is spelled `AssignIpv6addressesRequest`: look names up without case.
  const files = new Map(readdirSync(models).map((file) => [file.toLowerCase(), join(models, file)]))
  return { client: readFileSync(join(dist, 'client.js'), 'utf8'), find: (file) => files.get(file.toLowerCase()), load: require }
}

/** Every family file of one product, as path → text. */
function generate(product: Product, sdk: string): Map<string, string> {
  const folder = readSdk(sdk)
  const actions = [...folder.client.matchAll(/action: "(\w+)"/g)].map((match) => match[1] as string)
  const families = new Map<string, Record<string, Operation>>()
  for (const action of actions.sort()) {
    const family = familyOf(product, action)
    const operations = families.get(family) ?? {}
    operations[action] = readOperation(product, action, folder)
    families.set(family, operations)
  }
  return new Map(
    [...families].map(([family, operations]) => [
      join(root, 'api/operations', product, `${family}.json`),
      render(operations satisfies Family),
    ]),
  )
}

const check = process.argv.includes('--check')
let stale = 0
let count = 0
for (const product of productNames) {
  const { sdk } = products[product]
  if (sdk === undefined) continue
  const files = generate(product, sdk)
  const folder = join(root, 'api/operations', product)
  mkdirSync(folder, { recursive: true })
  const orphans = readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => !files.has(path))
  for (const path of orphans) {
    if (check) console.error(`not generated any more: ${path}`)
    else rmSync(path)
    stale++
  }
  for (const [path, text] of files) {
    count += Object.keys(JSON.parse(text)).length
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue
    stale++
    if (check) console.error(`stale: ${path}`)
    else writeFileSync(path, text)
  }
}
console.log(`${count} operations, ${stale} ${check ? 'stale files' : 'files written'}`)
if (check && stale > 0) process.exitCode = 1
