/** The work of bench/lists.ts, bundled as the package is. */
import { flatten } from '../src/api/flatten.ts'
import { signRequest } from '../src/api/sign.ts'
import { monotonicNow, randomId, systemNow } from '../src/api/system.ts'
import { handle } from '../src/cloud/gateway/index.ts'
import { estate, instanceId, regionId, securityGroupId, vpcId, vSwitchId } from './estate.ts'
import { median } from './measure.ts'

const few = 1000
const many = Number(process.env.INSTANCES ?? 1_000_000)
const rounds = Number(process.env.ROUNDS ?? 200)
const goal = 1.3

type Estate = ReturnType<typeof estate> & { readonly count: number }

const fail = (error: unknown) => {
  throw error
}

const signed = (input: object, { credentials }: Estate) => {
  const { target, headers } = signRequest({
    action: { action: 'DescribeInstances', version: '2014-05-26' },
    method: 'POST',
    host: '127.0.0.1',
    pairs: flatten({ RegionId: regionId, ...input }, {}),
    credentials,
    now: systemNow(),
    nonce: randomId(),
  })
  return { method: 'POST', target, headers, body: new Uint8Array() }
}

interface Told {
  readonly TotalCount: number
  readonly Instances: { readonly Instance: readonly unknown[] }
}

/** Milliseconds from a request to its answer, and what the answer tells. */
async function timed(input: object, machine: Estate): Promise<{ readonly ms: number; readonly body: () => Told }> {
  const request = signed(input, machine)
  const start = monotonicNow()
  const answer = await handle(request, machine, fail)
  const ms = monotonicNow() - start
  return { ms, body: () => JSON.parse(Buffer.from(answer.body).toString()) as Told }
}

type Filter = (count: number) => object

/** The instances of a filter are some of all of them, or as many in both estates where it says so. */
const filters: Readonly<Record<string, Filter>> = {
  all: () => ({}),
  'Tag, one in 4': () => ({ Tag: [{ Key: 'env', Value: 'prod' }] }),
  'two Tags, one in 8': () => ({
    Tag: [
      { Key: 'env', Value: 'test' },
      { Key: 'app', Value: 'app-1' },
    ],
  }),
  'Status, one in 10': () => ({ Status: 'Stopped' }),
  'VpcId, all': () => ({ VpcId: vpcId }),
  'VSwitchId, one in 16': () => ({ VSwitchId: vSwitchId(3), PageSize: 50 }),
  'SecurityGroupId, 1000': () => ({ SecurityGroupId: securityGroupId(1) }),
  'InstanceName web-*, all': () => ({ InstanceName: 'web-*' }),
  'InstanceName, 100 of a prefix': () => ({ InstanceName: 'web-00005*' }),
  'Tag, Status and VpcId': () => ({ Tag: [{ Key: 'env', Value: 'prod' }], Status: 'Stopped', VpcId: vpcId, PageSize: 50 }),
  '100 InstanceIds': (count) => ({
    InstanceIds: JSON.stringify(Array.from({ length: 100 }, (_, at) => instanceId(Math.floor((at * count) / 100)))),
  }),
}

const small: Estate = { ...estate(few), count: few }
const large: Estate = { ...estate(many), count: many }

/** Which page, of so many, in which round. */
type Page = (pages: number, round: number) => number
const pageOf: Readonly<Record<string, Page>> = {
  first: () => 1,
  middle: (pages) => Math.ceil(pages / 2),
  last: (pages) => pages,
}

interface Outcome {
  /** The median, in milliseconds. */
  readonly small: number
  readonly large: number
  /** Rows on a page. */
  readonly length: number
}

/** Each of the two in turn, so that what slows the machine slows both. */
async function contest(filter: Filter, page: Page): Promise<Outcome> {
  const side = async (machine: Estate) => {
    const input = { PageSize: 100, ...filter(machine.count) }
    const { TotalCount } = (await timed(input, machine)).body()
    return { machine, input, pages: Math.max(1, Math.floor(TotalCount / input.PageSize)), taken: [] as number[], length: 0 }
  }
  const [one, other] = [await side(small), await side(large)]
  for (let round = 0; round < rounds; round++)
    for (const it of [one, other]) {
      const { ms, body } = await timed({ ...it.input, PageNumber: page(it.pages, round) }, it.machine)
      it.taken.push(ms)
      if (round === 0) it.length = body().Instances.Instance.length
    }
  if (one.length !== other.length) throw new Error(`pages of ${one.length} and ${other.length} rows are no contest`)
  return { small: median(one.taken), large: median(other.taken), length: one.length }
}

function told(name: string, where: string, { small: one, large: other, length }: Outcome): boolean {
  const ratio = other / one
  const times = [one, other].map((ms) => `${Math.round(ms * 1000)} us`.padStart(9)).join('')
  console.log(
    `  ${name.padEnd(30)} ${where.padEnd(7)} ${String(length).padStart(4)} rows ${times}  ${ratio.toFixed(2)}x${ratio > goal ? ' *' : ''}`,
  )
  return ratio <= goal
}

console.log(
  `DescribeInstances of a page of 100, signed, in the process: p50 of ${rounds} calls with ${few} and ${many.toLocaleString('en')} instances, in turn`,
)
const walk: Page = (pages, round) => 1 + ((round + 10) % pages)
// Warm, so that the first of them is not slowed.
await contest(() => ({}), walk)
let missed = 0
for (const [name, filter] of Object.entries(filters))
  for (const [where, page] of Object.entries(pageOf)) if (!told(name, where, await contest(filter, page))) missed++
console.log(`  ${missed === 0 ? 'all' : `${missed} not`} within the goal of ${goal}x`)
console.log('and another page in every call: of the 10 pages of a thousand each was read before, of the others none')
told(
  'all',
  'next',
  await contest(
    () => ({}),
    (pages, round) => walk(pages, round + rounds),
  ),
)
