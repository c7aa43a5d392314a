/** The local cloud: ECS with the RAM, STS, VPC and Location it needs, in this process. */
export { type Cloud, type CloudOptions, createCloud } from './cloud.ts'
export type { Clock, ClockMode } from './engine/clock.ts'
export type { LoggedRequest } from './gateway/log.ts'
export type { Listening } from './listen.ts'
export type { OidcProviderOptions } from './sts/oidc-provider.ts'
export type { Credentials, WireAnswer, WireRequest } from '../api/wire.ts'
