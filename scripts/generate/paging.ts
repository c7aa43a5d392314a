import { isList, isObject, type ObjectShape, type Paging, type Shape } from '../../src/api/shape.ts'

/** Every list in an answer that is not inside another list, as dotted paths. */
function lists(shape: ObjectShape, path = ''): string[] {
  return Object.entries(shape).flatMap(([name, field]: [string, Shape]) => {
    const here = path === '' ? name : `${path}.${name}`
    if (isList(field)) return [here]
    return isObject(field) ? lists(field, here) : []
  })
}

/** The list a page is cut from: the only one, or the one whose name the action carries, or the first. */
function itemList(action: string, output: ObjectShape): string | undefined {
  const found = lists(output)
  const noun = action.replace(/^[A-Z][a-z]+/, '').toLowerCase()
  return found.find((path) => noun.startsWith((path.split('.').at(-1) as string).toLowerCase())) ?? found[0]
}

/** Derives how an operation pages from the names of its parameters (`NextToken`, `PageNumber`, RAM's `Marker`). */
export function findPaging(action: string, input: ObjectShape, output: ObjectShape): Paging | undefined {
  const list = itemList(action, output)
  if (list === undefined) return undefined
  const number = 'PageNumber' in input && 'PageSize' in input
  const token = 'NextToken' in input && 'NextToken' in output ? 'NextToken' : 'Marker' in input && 'Marker' in output ? 'Marker' : undefined
  if (!number && token === undefined) return undefined
  const limit = token === 'Marker' ? 'MaxItems' : 'MaxResults'
  return {
    ...(number && { number: true }),
    ...(token !== undefined && { token }),
    ...(token !== undefined && limit in input && { limit }),
    list,
  }
}
