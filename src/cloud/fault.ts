import { readFacts } from '../api/catalogue.ts'
import { errorFacts, type ErrorTable } from '../api/errors.ts'

/** Why a request was denied, in the shape of the wire's `AccessDeniedDetail`. */
export type AccessDeniedDetail = Readonly<Record<string, string>>

/** A refusal: thrown by steps and handlers, rendered by the gateway. Not an Error, since nothing is broken and no stack is wanted. */
export class Fault {
  readonly code: string
  readonly message: string
  /** HTTP status. */
  readonly status: number
  readonly accessDenied: AccessDeniedDetail | undefined

  constructor(code: string, message: string, status: number, accessDenied?: AccessDeniedDetail) {
    this.code = code
    this.message = message
    this.status = status
    this.accessDenied = accessDenied
  }
}

/** Read with the first refusal: it is long, and many a cloud refuses nothing. */
let table: ErrorTable | undefined

const statusOf = (code: string) => errorFacts(code, (table ??= readFacts<ErrorTable>('errors.json')))?.status

/**
 * A refusal with the status the error table gives the code; `status` is for the operation that answers another one.
 * @example throw fault('InvalidInstanceId.NotFound', 'The specified InstanceId does not exist.')
 */
export const fault = (code: string, message: string, status?: number): Fault => new Fault(code, message, status ?? statusOf(code) ?? 400)

/** Goes on only when `condition` holds; otherwise refuses. */
export function demand(condition: unknown, code: string, message: string, status?: number): asserts condition {
  if (!condition) throw fault(code, message, status)
}
