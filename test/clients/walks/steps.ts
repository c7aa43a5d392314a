import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What is looked at in an answer, by paths such as `Disks.Disk.0.Status` or `Disks.Disk.length`: a value, or `*` for any but none. */
export type Expected = Readonly<Record<string, unknown>>

interface Request {
  /** By the catalogue's names. `$name` stands for what was kept, `${name}` within a text as well. */
  readonly with?: Readonly<Record<string, unknown>>
  /** Paths in the answer, by the names under which later steps find what is there. */
  readonly keep?: Readonly<Record<string, string>>
  readonly expect?: Expected
}

/** Calls an operation of the walk's product with the official client. */
export interface CallStep extends Request {
  readonly call: string
  /** AccessKeyId and AccessKeySecret; the account's own by default. */
  readonly as?: readonly [string, string]
  /** The call is repeated until the answer has these, and time moves on to what happens next in between. */
  readonly until?: Expected
  /** The code with which it must be refused. */
  readonly refused?: string
}

/** Prepares what the product has no operation for: a call to another product, or to the cloud's control plane. */
export interface PrepareStep extends Request {
  /** Such as `ram.CreateRole`. */
  readonly setUp?: string
  /** Such as `POST /_local/locks`. */
  readonly control?: string
}

/** Lets so many seconds pass. */
export interface AdvanceStep {
  readonly advance: number
}

export type Step = CallStep | PrepareStep | AdvanceStep

const here = dirname(fileURLToPath(import.meta.url))
const data = (name: string): unknown => JSON.parse(readFileSync(join(here, name), 'utf8'))

/** The products that have walks, each in a folder of its name. */
export const walkedProducts = ['ecs', 'vpc', 'ram', 'sts'] as const
export type WalkedProduct = (typeof walkedProducts)[number]

/** A family of operations of one product, and the steps through it. */
export interface Walk {
  readonly product: WalkedProduct
  readonly family: string
  readonly steps: readonly Step[]
}

/** What official clients do not do. */
export interface Beside {
  /** Emulated operations that no walk calls and has carried out, each with why. */
  readonly notWalked: { readonly [product in WalkedProduct]: Readonly<Record<string, string>> }
  /** By client, what its version lacks: operations, and parameters as `Operation.Parameter`. The project's own client makes these calls. */
  readonly lacking: Readonly<Record<string, { readonly [product in WalkedProduct]?: readonly string[] }>>
  /** What aliyun-cli's metadata refuse, named as in `lacking`: it makes these calls with `--force`. */
  readonly forced: { readonly [product in WalkedProduct]?: readonly string[] }
  /** By operation, the fields that real answers have and no model of a client does. */
  readonly unread: Readonly<Record<string, readonly string[]>>
}

const familiesOf = (product: WalkedProduct): readonly Walk[] =>
  readdirSync(join(here, product))
    .sort()
    .map((name) => ({ product, family: name.replace(/\.json$/, ''), steps: data(join(product, name)) as Step[] }))

export const walks: readonly Walk[] = walkedProducts.flatMap(familiesOf)

export const beside = data('beside.json') as Beside

/** What of a product a client's version lacks. */
export const lackedBy = (client: string, product: WalkedProduct): readonly string[] => beside.lacking[client]?.[product] ?? []
