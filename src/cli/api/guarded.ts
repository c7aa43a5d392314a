import { products, type Product } from '../../api/products.ts'
import type { Text } from '../../api/text.ts'
import { PermissionError } from '../../client/api-error.ts'
import type { Call } from '../../client/call.ts'
import type { Invocation } from '../command.ts'
import type { Connection } from '../connect.ts'
import { say } from '../language.ts'
import { painted, placeOf } from '../place.ts'
import { protectTag, type Planned } from '../safety/deed.ts'
import { agree, countsOf, guard } from '../safety/guard.ts'
import { guardedBy, nameOf } from '../safety/plan.ts'
import { namedIn, targetsOf } from './targets.ts'

/** What carries tags, by how its ids begin. */
const tagged: readonly { readonly prefix: string; readonly product: Product; readonly type: string }[] = [
  { prefix: 'i-', product: 'ecs', type: 'instance' },
  { prefix: 'd-', product: 'ecs', type: 'disk' },
  { prefix: 's-', product: 'ecs', type: 'snapshot' },
  { prefix: 'm-', product: 'ecs', type: 'image' },
  { prefix: 'sg-', product: 'ecs', type: 'securitygroup' },
  { prefix: 'eni-', product: 'ecs', type: 'eni' },
  { prefix: 'lt-', product: 'ecs', type: 'launchtemplate' },
  { prefix: 'vpc-', product: 'vpc', type: 'VPC' },
  { prefix: 'vsw-', product: 'vpc', type: 'VSWITCH' },
  { prefix: 'eip-', product: 'vpc', type: 'EIP' },
]

/** ListTagResources takes so many ids. */
const idsPerCall = 50
const shown = 20

interface TagRow {
  readonly ResourceId: string
  readonly TagKey?: string
  readonly TagValue?: string
}

/** Why each id must not be touched, of those that must not. What has no tags of its own is not protected. */
async function refusals(
  ids: readonly string[],
  clientOf: (product: Product) => Promise<Call>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Text>> {
  const found = new Map<string, Text>()
  for (const { prefix, product, type } of tagged) {
    const own = ids.filter((id) => id.startsWith(prefix))
    for (let at = 0; at < own.length; at += idsPerCall) {
      const call = await clientOf(product)
      const input = { ResourceType: type, ResourceId: own.slice(at, at + idsPerCall), Tag: [{ Key: protectTag.key }] }
      const answer = (await call('ListTagResources', input, { signal })) as { TagResources?: { TagResource?: readonly TagRow[] } }
      for (const { ResourceId, TagKey = '', TagValue = '' } of answer.TagResources?.TagResource ?? []) {
        const text = guardedBy([{ TagKey, TagValue }])
        if (text !== undefined) found.set(ResourceId, text)
      }
    }
  }
  return found
}

/** A call that destroys. */
export interface Guarded {
  readonly action: string
  readonly product: Product
  readonly input: Readonly<Record<string, unknown>>
  readonly connection: Connection
  readonly clientOf: (product: Product) => Promise<Call>
  readonly dry: boolean
}

/**
 * Shows what a call would be done to, refuses it whole where the protect tag or the limit is against it, and asks as every verb that
 * destroys does. In a dry run nobody is asked.
 * @throws CommandError (exit 6) where it must not be
 */
export async function askFirst({ action, product, input, connection, clientOf, dry }: Guarded, invocation: Invocation): Promise<void> {
  const { world, language } = invocation
  const { yes, limit } = countsOf(invocation)
  const targets = targetsOf(action, input)
  const touched = [...new Set([...namedIn(input).values()].flat())]
  const refused = await refusals(touched, clientOf, world.signal).catch((error: unknown) => {
    if (!(error instanceof PermissionError)) throw error
    const text = {
      en: `whether anything has the tag ${protectTag.key} may not be looked at (${error.code})`,
      zh: `无权查看是否带有标签 ${protectTag.key}（${error.code}）`,
    }
    world.stderr(`${say(text, language)}\n`)
    return new Map<string, Text>()
  })
  const plan = (targets.length > 0 ? targets : [action]).map(
    (id): Planned => ({ id, name: '', about: '', losses: [], refusal: refused.get(id) }),
  )
  // It is done to what it is taken from as well: the instance of a disk.
  const beside = touched.filter((id) => refused.has(id) && !targets.includes(id))
  const place = await placeOf(connection, world.signal)
  const [where, mark] = [painted(place.text, place, world), painted(place.mark, place, world)]
  const head = {
    en: `${action} of ${products[product].name} (${where.en}):`,
    zh: `${products[product].name} 的 ${action}（${where.zh}）：`,
  }
  const left = plan.length - shown
  const lines = plan.slice(0, shown).map((one) => `  ${nameOf(one)}`)
  const more = left > 0 ? [say({ en: `  and ${left} more`, zh: `  以及另外 ${left} 个` }, language)] : []
  world.stderr(`${[say(head, language), ...lines, ...more].join('\n')}\n`)
  const said = {
    noun: { one: { en: 'thing', zh: '资源' }, many: { en: 'things', zh: '个资源' } },
    verb: { en: action, zh: `执行 ${action}` },
    sentence: { en: `carry out ${action}`, zh: `执行 ${action}` },
  }
  guard(said, [...plan, ...beside.map((id): Planned => ({ id, name: '', about: '', losses: [], refusal: refused.get(id) }))], limit)
  if (!dry) await agree(said, plan, yes, invocation, mark)
}
