/** JSON as the wire has it: no whitespace; what is undefined is left out. */
export const renderJson = (value: unknown): string => JSON.stringify(value) ?? 'null'

/** A carriage return is written as a reference, since parsers read a raw one as a line feed. */
const special: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#13;',
}
// Control characters that XML 1.0 has no way to write.
// oxlint-disable-next-line no-control-regex
const forbidden = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g

const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    .replace(forbidden, '\ufffd')
    .replace(/[&<>"'\r]/g, (char) => special[char] as string)

const element = (name: string, inner: string): string => `<${name}>${inner}</${name}>`
/** Field names come from the catalogue, but a map's keys may be anything. */
const elementName = (name: string) => (/^[A-Za-z_][\w.-]*$/.test(name) ? name : '_')

function content(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'object') return escapeXml(String(value))
  return Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .map(([name, field]) => {
      const tag = elementName(name)
      return Array.isArray(field) ? field.map((item) => element(tag, content(item))).join('') : element(tag, content(field))
    })
    .join('')
}

/**
 * XML as the wire has it: a wrapper element, then one child per item of its list. What is undefined is left out, null is an empty element.
 * Characters that XML cannot hold become U+FFFD.
 * @param rootName `DescribeInstancesResponse`, the Action and `Response`.
 */
export const renderXml = (rootName: string, value: unknown): string =>
  `<?xml version="1.0" encoding="UTF-8"?>${element(elementName(rootName), content(value))}`

export interface ErrorBody {
  readonly requestId: string
  readonly hostId: string
  readonly code: string
  readonly message: string
  readonly recommend?: string | undefined
  readonly accessDeniedDetail?: Readonly<Record<string, string>> | undefined
}

/** An error in the wire's shape. All fields are texts: several clients crash on anything else. */
export function renderError(
  format: 'json' | 'xml',
  { requestId, hostId, code, message, recommend, accessDeniedDetail }: ErrorBody,
): string {
  const fields = { RequestId: requestId, HostId: hostId, Code: code, Message: message }
  if (format === 'json')
    return renderJson({
      ...fields,
      ...(recommend && { Recommend: recommend }),
      ...(accessDeniedDetail && { AccessDeniedDetail: accessDeniedDetail }),
    })
  const advice = recommend ? element('Recommend', `<![CDATA[${recommend.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`) : ''
  const denied = accessDeniedDetail ? element('AccessDeniedDetail', content(accessDeniedDetail)) : ''
  return `<?xml version='1.0' encoding='UTF-8'?>${element('Error', content(fields) + advice + denied)}`
}
