/** Calls Alibaba Cloud's ECS and the VPC, RAM and STS it needs. */
export type { ErrorClass } from '../api/errors.ts'
export type * as Ecs from '../api/generated/ecs.ts'
export type * as Ram from '../api/generated/ram.ts'
export type * as Sts from '../api/generated/sts.ts'
export type * as Vpc from '../api/generated/vpc.ts'
export type { Text } from '../api/text.ts'
export type { Credentials } from '../api/wire.ts'
export type { AcrossOptions } from './across/outcome.ts'
export { acrossProfiles, type ProfileOutcome, type ProfilesOptions, profileNames } from './across/profiles.ts'
export { acrossRegions, type RegionOutcome, type RegionsOptions } from './across/regions.ts'
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
export type { BulkOptions, BulkProgress, BulkResult } from './bulk/bulk.ts'
export { type Failure, failures, PartialFailureError, throwIfAny } from './bulk/partial.ts'
export type { BulkAction } from './bulk/verbs.ts'
export type { CallOptions } from './call.ts'
export type { CredentialSource } from './credentials/source.ts'
export type { Surroundings } from './credentials/surroundings.ts'
export type { Denial } from './denial.ts'
export { EcsClient } from './ecs.ts'
export { NetworkError, TanxingError, TimeoutError, UsageError } from './errors.ts'
export type { AttemptEvent, Warning } from './events.ts'
export type { PageOptions } from './list/paginate.ts'
export type { AnswerEvent, ClientOptions } from './options.ts'
export type { PaceState } from './pace/pace.ts'
export { paces } from './pace/paces.ts'
export { RamClient } from './ram.ts'
export { StsClient } from './sts.ts'
export { VpcClient } from './vpc.ts'
export type { Goal, WaitOptions, WaitProgress, WaitResource } from './wait/wait.ts'
