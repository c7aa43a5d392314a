import { type ApiError, type ApiErrorDetails, apiError } from './api-error.ts'
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

const isAccepted = ({ status }: Incoming) => status >= 200 && status < 300

/** The result as it is on the wire, whatever types its fields have today; undefined for an error status, or where it is not JSON. */
export const resultOf = (answer: Incoming): Record<string, unknown> | undefined =>
  isAccepted(answer) ? jsonObject(answer.text) : undefined

/**
 * The error of an answer that is no result.
 * @param secrets What its texts must not show.
 */
export function refusalOf(answer: Incoming, asked: Asked, secrets: readonly string[] = []): Promise<ApiError> {
  const fields = jsonObject(answer.text) ?? {}
  const recommend = nonEmpty(fields.Recommend)
  return apiError({
    ...asked,
    status: answer.status,
    code: nonEmpty(fields.Code) ?? (isAccepted(answer) ? 'UnreadableAnswer' : `Http${answer.status}`),
    message: redact(nonEmpty(fields.Message) ?? 'the answer is not the JSON of this API; is the endpoint right?', secrets),
    requestId: nonEmpty(fields.RequestId) ?? answer.header('x-acs-request-id') ?? '',
    recommend: recommend === undefined ? undefined : redact(recommend, secrets),
    accessDeniedDetail: details(fields.AccessDeniedDetail, secrets),
    retryAfterMs: retryAfter(answer),
  })
}
