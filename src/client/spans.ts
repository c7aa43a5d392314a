/**
 * OpenTelemetry spans, without depending on it: its API registers itself under a well-known global symbol, through which
 * every copy of it in a process finds the others. What is used of it here has not changed since its version 1.0.
 */
interface Span {
  addEvent(name: string, attributes: Attributes): unknown
  setAttributes(attributes: Attributes): unknown
  setStatus(status: { code: number; message?: string }): unknown
  end(): void
}
type Attributes = Readonly<Record<string, string | number | boolean>>
interface Api {
  readonly trace?: { getTracer(name: string): { startSpan(name: string, options: { kind: number; attributes: Attributes }): Span } }
}

const key = Symbol.for('opentelemetry.js.api.1')
const clientKind = 2
const errorStatus = 2

/** The span of one call with all its attempts; undefined when the program uses no OpenTelemetry. */
export function startSpan(service: string, action: string, attributes: Attributes): Span | undefined {
  const api = (globalThis as { [key: symbol]: unknown })[key] as Api | undefined
  return api?.trace?.getTracer('tanxing').startSpan(`${service}/${action}`, {
    kind: clientKind,
    attributes: { 'rpc.system': 'alibaba-cloud', 'rpc.service': service, 'rpc.method': action, ...attributes },
  })
}

/** Ends a span as its call ended. */
export function endSpan(
  span: Span,
  ended: { readonly attempts: number; readonly requestId?: string | undefined; readonly error?: unknown },
): void {
  const { attempts, requestId, error } = ended
  span.setAttributes({ 'alibaba_cloud.attempts': attempts, ...(requestId && { 'alibaba_cloud.request_id': requestId }) })
  if (error !== undefined) {
    const { code } = error as { code?: unknown }
    span.setAttributes({ 'error.type': typeof code === 'string' ? code : 'Error' })
    span.setStatus({ code: errorStatus, message: error instanceof Error ? error.message : String(error) })
  }
  span.end()
}

export type { Span }
