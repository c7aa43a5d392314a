import { products } from '../../api/products.ts'
import { isList, isObject, mapValue, type Operation, type Shape } from '../../api/shape.ts'
import type { Text } from '../../api/text.ts'
import { type Language, say } from '../language.ts'
import { asksFirst } from './destructive.ts'
import type { Found } from './operation.ts'

/** Parameters that every operation has had since the first ones, and nobody sets. */
const legacy = new Set(['OwnerAccount', 'OwnerId', 'ResourceOwnerAccount', 'ResourceOwnerId'])

const texts = {
  readOnly: { en: 'changes nothing', zh: '只读' },
  listing: { en: 'a listing, read to its end', zh: '列表，默认读到最后一页' },
  deprecated: { en: 'deprecated', zh: '已弃用' },
  asks: { en: 'asked about first', zh: '执行前询问' },
  required: { en: 'required', zh: '必填' },
  repeatable: { en: 'repeatable', zh: '可重复' },
  json: { en: 'JSON', zh: 'JSON 格式' },
  none: { en: 'It takes no parameters.', zh: '没有参数。' },
} as const satisfies Record<string, Text>

/** The region is filled in from --region or the profile; some operations spell it with a small letter. */
const isRegion = (path: string) => path.toLowerCase() === 'regionid'

interface Row {
  readonly left: string
  readonly right: string
}

const typeName = (shape: Shape): string => {
  if (typeof shape === 'string') return shape
  if (isList(shape)) return typeName(shape[0])
  return mapValue(shape) === undefined ? 'FIELD=VALUE,…' : 'KEY=VALUE,…'
}

/** The rows of one parameter: itself, then what is in it, as on the wire. */
function rowsOf(name: string, path: string, shape: Shape, operation: Operation, language: Language): Row[] {
  const { required, json, deprecatedInput, values } = operation
  const known = values?.[path]
  const demanded = required?.includes(path) && !isRegion(path)
  const notes = [
    ...(demanded ? [say(texts.required, language)] : []),
    ...(isList(shape) ? [say(texts.repeatable, language)] : []),
    ...(json?.includes(path) && isObject(shape) ? [say(texts.json, language)] : []),
    ...(deprecatedInput?.includes(path) ? [say(texts.deprecated, language)] : []),
    ...(known ? [known.join('|')] : []),
  ]
  const row = { left: `--${name} ${typeName(shape)}`, right: notes.join(language === 'zh' ? '，' : ', ') }
  const item = isList(shape) ? shape[0] : shape
  if (!isObject(item)) return [row]
  const place = isList(shape) ? `${name}.N` : name
  const fields = Object.entries(item).filter(([field]) => field !== '*')
  return [row, ...fields.flatMap(([field, inner]) => rowsOf(`${place}.${field}`, `${path}.${field}`, inner, operation, language))]
}

const widest = 48

/** What `tanxing api <Action> --help` tells of an operation: what it is and its parameters, the required first. */
export function describeOperation({ action, product, operation }: Found, language: Language): string {
  const { name, version } = products[product]
  const kind = [
    ...(operation.readOnly ? [say(texts.readOnly, language)] : []),
    ...(operation.paging ? [say(texts.listing, language)] : []),
    ...(operation.deprecated ? [say(texts.deprecated, language)] : []),
    ...(asksFirst(action, {}, operation.readOnly === true) ? [say(texts.asks, language)] : []),
  ]
  const order = (one: string) => (operation.required?.includes(one) && !isRegion(one) ? 0 : 1)
  const rows = Object.entries(operation.input)
    .filter(([one]) => !legacy.has(one))
    .sort(([one], [other]) => order(one) - order(other) || (one < other ? -1 : 1))
    .flatMap(([one, shape]) => rowsOf(one, one, shape, operation, language))
  const width = Math.min(
    widest,
    rows.reduce((most, { left }) => Math.max(most, left.length), 0),
  )
  const lines = rows.map(({ left, right }) => `  ${right === '' ? left : `${left.padEnd(width)}  ${right}`}`)
  const head = `${action} (${name} ${version})${kind.length === 0 ? '' : language === 'zh' ? `：${kind.join('，')}` : `: ${kind.join(', ')}`}`
  const usage = { en: 'Usage: ', zh: '用法：' }
  return [
    head,
    '',
    `${say(usage, language)}tanxing api ${action} [--PARAMETER VALUE]… [OPTIONS]`,
    '',
    ...(lines.length === 0
      ? [say(texts.none, language)]
      : [say({ en: 'Parameters (@FILE and - are read):', zh: '参数（可用 @FILE 和 - 读取）：' }, language), ...lines]),
    '',
    say({ en: 'Options: see tanxing api --help', zh: '选项：参见 tanxing api --help' }, language),
    '',
  ].join('\n')
}
