import type { Product } from '../../api/products.ts'
import { asksFor, fixedKind, type Named, namesResources, nounOf, parameterKind } from './resource-types.ts'

export interface Place {
  readonly accountId: string
  /** Empty for an operation that takes none: then a resource's own region counts. */
  readonly regionId: string
  /** The region that a resource of the account lies in. */
  readonly regionOf?: (type: string, id: string) => string | undefined
  /** The RAM user calling, if one is: the user that RAM's operations mean when UserName is left out. */
  readonly userName?: string | undefined
}

type Input = Readonly<Record<string, unknown>>

interface Found extends Named {
  readonly id: string
}

const one = ({ service, type, regionless }: Named, id: string): Found => ({ service, type, regionless, id })

/** Longer than any id; what is longer names nothing, so cutting it gives nobody anything. */
const longestId = 128
const textOf = (value: unknown) => (typeof value === 'string' ? value.slice(0, longestId) : '')

const parameterNames = new Map<string, string>()
const mostNames = 4096

/** `InstanceIds`, `InstanceId` and `instanceId` are the same parameter, wherever in the input they stand. Asked for every field of every call. */
function parameterName(field: string): string {
  const known = parameterNames.get(field)
  if (known !== undefined) return known
  const name = `${field.charAt(0).toUpperCase()}${field.slice(1)}`.replace(/(Id|Name)s$/, '$1')
  if (parameterNames.size < mostNames && field.length < longestId) parameterNames.set(field, name)
  return name
}

/** More than any operation takes. */
const mostIds = 101

/** Some of ECS's operations take several instances in one text, with commas between them. */
const idsIn = (product: Product, value: unknown, field: string): string[] =>
  product === 'ecs' && field === 'InstanceId' && typeof value === 'string'
    ? value.split(',', mostIds).map((id) => textOf(id.trim()))
    : [textOf(value)]

/** Adds every value in the input whose parameter names a resource. */
function addNamed(product: Product, value: unknown, field: string, found: Found[]): void {
  if (Array.isArray(value)) for (const item of value as readonly unknown[]) addNamed(product, item, field, found)
  else if (typeof value === 'object' && value !== null)
    for (const [name, inner] of Object.entries(value))
      addNamed(product, inner, field === 'PrivatePoolOptions' && name === 'Id' ? `${field}${name}` : name, found)
  else if (typeof value === 'string' && value !== '' && namesResources(product, parameterName(field)))
    for (const id of idsIn(product, value, field)) {
      const kind = id === '' ? undefined : parameterKind(product, parameterName(field), id)
      if (kind !== undefined) found.push(one(kind, id))
    }
}

/** Types that an ARN writes in another way than ResourceType does. */
const arnTypes: ReadonlyMap<string, string> = new Map([
  ['commonbandwidthpackage', 'combandwidthpackage'],
  ['bandwidthpackage', 'combandwidthpackage'],
])

/** A tag operation names its resources by type and id, or in RAM by name: ResourceType `instance`, `ResourceId.N`. */
function tagged(product: Product, input: Input): Found[] {
  const given = textOf(input.ResourceType).toLowerCase()
  if (given === '') return []
  const type = arnTypes.get(given) ?? given
  const named = input.ResourceId ?? input.ResourceNames
  const ids = Array.isArray(named) ? (named as readonly unknown[]) : [named]
  return ids.flatMap((id) => (typeof id === 'string' && id !== '' ? [{ service: product, type, id: textOf(id) }] : []))
}

const reads = /^(Describe|List|Get)/
/** What they make has no id yet, and the name given is not one that exists. Copying names its source as well. */
const makes = /^(Create|Run|Import|Allocate|Copy)/

function touched(product: Product, action: string, input: Input, { userName }: Place): Found[] {
  const tags = tagged(product, input)
  if (tags.length > 0) return tags
  const mentioned: Found[] = []
  addNamed(product, input, '', mentioned)
  const named = mentioned.length === 0 ? mentioned : mentioned.filter((found) => asksFor(action, found))
  const noun = nounOf(product, action)
  if (noun === undefined) return named
  const { kind, itself } = noun
  const ofKind = (found: Found) => found.type === kind.type
  const all = one(kind, '*')
  if (itself && makes.test(action)) return [all, ...(action.startsWith('Copy') ? named : named.filter((found) => !ofKind(found)))]
  const own = named.length > 0 && reads.test(action) ? named.filter(ofKind) : named
  if (own.length > 0) return own
  const callersOwn = product === 'ram' && kind.type === 'user' && !action.endsWith('Users') ? userName : undefined
  return [callersOwn === undefined ? all : one(kind, callersOwn)]
}

/** The region is what the caller wrote: nothing in it may reach into the other parts of an ARN. */
const safeRegion = (regionId: string) => (/^[\w-]{0,64}$/.test(regionId) ? regionId : 'invalid')

/**
 * Which ARNs a call touches, all of which the caller must be allowed: what its parameters name, `<type>/*` of what it makes or
 * lists, and `*` of the product when neither says. Reading asks for the thing read alone, not for what it is filtered by.
 */
export function resourcesOf(product: Product, action: string, input: Input, place: Place): string[] {
  const ofSystem = product === 'ram' && input.PolicyType === 'System'
  const arn = ({ service, type, regionless, id }: Found) => {
    const account = ofSystem && type === 'policy' ? 'system' : place.accountId
    return `acs:${service}:${regionless ?? safeRegion(place.regionId || (place.regionOf?.(type, id) ?? ''))}:${account}:${type === '' ? id : `${type}/${id}`}`
  }
  const all = { service: product, type: '', id: '*' }
  const fixed = fixedKind(product, action)
  if (fixed !== undefined) return [arn({ ...fixed, id: '*' })]
  if (product === 'sts') return [textOf(input.RoleArn) || arn({ ...all, regionless: '*' })]
  const found = touched(product, action, input, place)
  if (found.length <= 1) return [arn(found[0] ?? all)]
  return [...new Set(found.map(arn))]
}
