import { type ApiErrorDetails, apiError } from './api-error.ts'
import { redact } from './redact.ts'
import type { Incoming } from './transport/transport.ts'

type Asked = Pick<ApiErrorDetails, 'action' | 'regionId' | 'attempts'>

const string = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** How long the service asks to wait: `x-acs-retry-after` in milliseconds, or Retry-After in seconds. */
function retryAfter({ header }: Incoming): number | undefined {
  const ms = Number(header('x-acs-retry-after') ?? Number.NaN)
  if (ms >= 0) return ms
  const seconds = Number(header('retry-after') ?? Number.NaN)
  return seconds >= 0 ? seconds * 1000 : undefined
}

function details(value: unknown, secrets: readonly string[]): Record<string, string> | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, redact(String(field), secrets)]))
}

/**
 * The result as it is on the wire, whatever types its fields have today.
 * @param secrets What a refusal's texts must not show.
 * @throws ApiError for an error status, or for an answer that is not JSON
 */
export function readAnswer(answer: Incoming, asked: Asked, secrets: readonly string[] = []): Record<string, unknown> {
  let body: Record<string, unknown> | undefined
  try {
    body = JSON.parse(answer.text) as Record<string, unknown>
  } catch {
    body = undefined
  }
  const readable = typeof body === 'object' && body !== null && !Array.isArray(body)
  if (readable && answer.status >= 200 && answer.status < 300) return body as Record<string, unknown>
  const fields = readable ? (body as Record<string, unknown>) : {}
  throw apiError({
    ...asked,
    status: answer.status,
    code: string(fields.Code) ?? (answer.status >= 200 && answer.status < 300 ? 'UnreadableAnswer' : `Http${answer.status}`),
    message: redact(string(fields.Message) ?? 'the answer is not the JSON of this API; is the endpoint right?', secrets),
    requestId: string(fields.RequestId) ?? answer.header('x-acs-request-id') ?? '',
    recommend: string(fields.Recommend),
    accessDeniedDetail: details(fields.AccessDeniedDetail, secrets),
    retryAfterMs: retryAfter(answer),
  })
}
