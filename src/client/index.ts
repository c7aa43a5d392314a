/** Calls Alibaba Cloud's ECS and the VPC, RAM and STS it needs. */
export type { ErrorClass } from '../api/errors.ts'
export type * as Ecs from '../api/generated/ecs.ts'
export type * as Ram from '../api/generated/ram.ts'
export type * as Sts from '../api/generated/sts.ts'
export type * as Vpc from '../api/generated/vpc.ts'
export type { Text } from '../api/text.ts'
export type { Credentials } from '../api/wire.ts'
export {
  ApiError,
  ConflictError,
  CredentialsError,
  NoStockError,
  NotFoundError,
  PermissionError,
  QuotaError,
  ThrottledError,
  TransientError,
} from './api-error.ts'
export type { CallOptions } from './call.ts'
export type { Denial } from './denial.ts'
export { EcsClient } from './ecs.ts'
export { NetworkError, TanxingError, TimeoutError, UsageError } from './errors.ts'
export type { AttemptEvent, Warning } from './events.ts'
export type { AnswerEvent, ClientOptions } from './options.ts'
export { RamClient } from './ram.ts'
export { StsClient } from './sts.ts'
export { VpcClient } from './vpc.ts'
export type { Goal, WaitOptions, WaitProgress, WaitResource } from './wait/wait.ts'
