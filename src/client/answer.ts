import { type ApiErrorDetails, apiError } from './api-error.ts'
import { jsonObject, nonEmpty } from './json.ts'
import { redact } from './redact.ts'
import type { Incoming } from './transport/transport.ts'

type Asked = Pick<ApiErrorDetails, 'action' | 'regionId' | 'attempts'>

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
  const body = jsonObject(answer.text)
  const accepted = answer.status >= 200 && answer.status < 300
  if (body !== undefined && accepted) return body
  const fields = body ?? {}
  const recommend = nonEmpty(fields.Recommend)
  throw apiError({
    ...asked,
    status: answer.status,
    code: nonEmpty(fields.Code) ?? (accepted ? 'UnreadableAnswer' : `Http${answer.status}`),
    message: redact(nonEmpty(fields.Message) ?? 'the answer is not the JSON of this API; is the endpoint right?', secrets),
    requestId: nonEmpty(fields.RequestId) ?? answer.header('x-acs-request-id') ?? '',
    recommend: recommend === undefined ? undefined : redact(recommend, secrets),
    accessDeniedDetail: details(fields.AccessDeniedDetail, secrets),
    retryAfterMs: retryAfter(answer),
  })
}
