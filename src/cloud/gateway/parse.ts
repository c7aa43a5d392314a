import { unflatten } from '../../api/unflatten.ts'
import { regionFacts } from '../../api/regions.ts'
import type { Operation } from '../../api/shape.ts'
import type { Pairs } from '../../api/wire.ts'
import { demand, fault } from '../fault.ts'
import type { Exchange, Step } from './exchange.ts'

/** A list in a region that is misspelt would be empty, and what is made there never seen again. */
function demandRegion({ regionId }: Exchange): void {
  const known = regionId === '' || regionFacts(regionId) !== undefined
  demand(known, 'InvalidRegionId.NotFound', 'The specified RegionId does not exist.', 404)
}

/** `RegionId` is `regionId` to an operation that writes it so: `alibaba-cloud-sdk-go` sends the former with every call. */
function withRegion(pairs: Pairs, { input }: Operation): Pairs {
  if ('RegionId' in input || !('regionId' in input) || pairs.some(([name]) => name === 'regionId')) return pairs
  return pairs.map(([name, value]) => [name === 'RegionId' ? 'regionId' : name, value])
}

/** Turns flat parameters into the operation's typed input, and refuses what is missing or of the wrong type. */
export const parse: Step = (exchange) => {
  const { value, unknown, problems } = unflatten(withRegion(exchange.pairs, exchange.operation), exchange.operation)
  exchange.input = value
  exchange.ignored = unknown
  const text = (name: string) => (typeof value[name] === 'string' ? value[name] : undefined)
  exchange.regionId = text('RegionId') ?? text('regionId') ?? ''
  // A few operations type it as text.
  exchange.dryRun = String(value.DryRun).toLowerCase() === 'true'
  const problem = problems[0]
  if (problem === undefined) return demandRegion(exchange)
  const { path, kind } = problem
  if (kind === 'missing' && !path.includes('.')) throw fault(`Missing${path}`, `${path} is mandatory for this action.`, 400)
  if (kind === 'missing')
    throw fault('MissingParameter', `The input parameter "${path}" that is mandatory for processing this request is not supplied.`)
  if (kind === 'json') throw fault(`Invalid${path}.Malformed`, `The specified ${path} is not the JSON that this parameter takes.`, 400)
  throw fault('InvalidParameter', `The specified parameter "${path.slice(0, 128)}" is not valid.`)
}
