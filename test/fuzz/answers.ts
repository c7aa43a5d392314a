import type { WireAnswer } from '../../src/api/wire.ts'

/** Refusals with a 5xx status that tell of no defect. */
const explained: ReadonlySet<string> = new Set([
  'ServiceUnavailable',
  'ServiceUnavailable.RegionMaintaining',
  'SystemBusy',
  'Rejected.Throttling',
])

const tag = /<(\/?)([A-Za-z_][\w.-]*)(?: [^<>]*)?(\/?)>/g

/** Whether every element is closed in turn and no bare markup is left in the text. */
export function isXml(text: string): boolean {
  const bare = text.replace(/^<\?xml [^<>]*\?>/, '').replace(/<!\[CDATA\[.*?\]\]>/gs, '')
  const open: string[] = []
  let roots = 0
  for (const [, closing, name = '', alone] of bare.matchAll(tag)) {
    if (alone !== '') continue
    if (closing === '') {
      if (open.length === 0) roots++
      open.push(name)
    } else if (open.pop() !== name) return false
  }
  const left = bare.replace(tag, '').replace(/&(?:amp|lt|gt|quot|apos|#13);/g, '')
  // oxlint-disable-next-line no-control-regex
  return roots === 1 && open.length === 0 && !/[<&]/.test(left) && !/[\x00-\x08\x0b\x0c\x0e-\x1f]/.test(bare)
}

interface Body {
  readonly Code?: unknown
  readonly RequestId?: unknown
}

/** What stands in the answer, and everything that is wrong with how it is written. */
export function judge({ status, headers, body }: WireAnswer): { readonly code: string; readonly wrong: readonly string[] } {
  const wrong: string[] = []
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString()
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[a-z][a-z0-9-]*$/.test(name) || !/^[\x20-\x7e]*$/.test(value)) wrong.push(`the header ${JSON.stringify([name, value])}`)
    if (name === 'x-injected') wrong.push('a header was injected')
  }
  let code = ''
  let requestId = ''
  if (headers['content-type']?.startsWith('application/json')) {
    try {
      const value = JSON.parse(text) as Body
      code = status === 200 ? '' : String(value.Code)
      requestId = String(value.RequestId)
    } catch {
      wrong.push('the body is not JSON')
    }
  } else {
    if (!isXml(text)) wrong.push('the body is not XML')
    requestId = /<RequestId>([^<]*)</.exec(text)?.[1] ?? ''
    code = status === 200 ? '' : (/<Code>([^<]*)</.exec(text)?.[1] ?? '')
  }
  if (requestId !== headers['x-acs-request-id']) wrong.push('the body tells another RequestId than the header')
  if (status !== 200 && code === '') wrong.push(`status ${status} without a code`)
  if (status >= 500 && !explained.has(code)) wrong.push(`an unexplained ${status} ${code}`)
  return { code, wrong }
}
