import { delimiter } from 'node:path'
import type { Credentials } from '../api/wire.ts'
import { javaOptions } from './java.ts'
import { portVariable } from './lead.ts'

export interface EnvironmentOptions {
  /** What the program would have been started with. */
  readonly env: NodeJS.ProcessEnv
  readonly proxy: { readonly url: string; readonly port: number }
  /** The certificate to trust, a PEM file. */
  readonly caFile: string
  /** The same as a trust store for Java. */
  readonly trustFile: string
  /** The preload for Node.js programs, a CommonJS file. */
  readonly preload: string
  /** The folder of the `sitecustomize.py` for Python programs. */
  readonly python: string
  /** Keys that the local cloud knows; without any the program has none, like one on an instance. */
  readonly credentials: Credentials | undefined
  /** True when the proxy answers for the metadata service; else clients are told not to ask it. */
  readonly metadata?: boolean
}

/** Written in all the ways that clients read. */
const keyIds = [
  'ALIBABA_CLOUD_ACCESS_KEY_ID',
  'ALIBABACLOUD_ACCESS_KEY_ID',
  'ALICLOUD_ACCESS_KEY_ID',
  'ALICLOUD_ACCESS_KEY',
  'ALIYUN_ACCESS_KEY_ID',
]
const secrets = [
  'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
  'ALIBABACLOUD_ACCESS_KEY_SECRET',
  'ALICLOUD_ACCESS_KEY_SECRET',
  'ALICLOUD_SECRET_KEY',
  'ALIYUN_ACCESS_KEY_SECRET',
]
const tokens = ['ALIBABA_CLOUD_SECURITY_TOKEN', 'ALIBABACLOUD_SECURITY_TOKEN', 'ALICLOUD_SECURITY_TOKEN']

/** Other sources of identity, which would win over the keys or be asked after them, and endpoints that lead elsewhere. */
const identities = [
  'PROFILE',
  'PROFILE_MODE',
  'CREDENTIALS_FILE',
  'SHARED_CREDENTIALS_FILE',
  'CONFIG_FILE',
  'CREDENTIALS_URI',
  'ROLE_ARN',
  'ROLE_SESSION_NAME',
  'ASSUME_ROLE_ARN',
  'OIDC_PROVIDER_ARN',
  'OIDC_TOKEN_FILE',
  'OIDC_TOKEN',
  'ECS_METADATA',
  'ECS_METADATA_DISABLED',
  'ECS_ROLE_NAME',
  'BEARER_TOKEN',
  'EXTERNAL_ID',
  'ENDPOINT',
  'STS_ENDPOINT',
].flatMap((name) => ['ALIBABA_CLOUD_', 'ALIBABACLOUD_', 'ALICLOUD_'].map((prefix) => prefix + name))

const dropped = [
  ...identities,
  ...tokens,
  ...keyIds,
  ...secrets,
  // The command line `aliyun` reads these without a prefix.
  'ACCESS_KEY_ID',
  'ACCESS_KEY_SECRET',
  'SECURITY_TOKEN',
  // A proxy for all schemes is mostly SOCKS; Node's own proxying would lead a connection that the preload leads already.
  'ALL_PROXY',
  'all_proxy',
  'NODE_USE_ENV_PROXY',
]

const same = (names: readonly string[], value: string) => Object.fromEntries(names.map((name) => [name, value]))

/** As Node.js splits NODE_OPTIONS: a path may stand in double quotes, with backslashes before quotes and backslashes. */
const quoted = (path: string) => `"${path.replace(/["\\]/g, '\\$&')}"`

/**
 * The environment of a program whose Alibaba Cloud traffic goes to a local cloud: the one it would have had, with the proxy, the certificate
 * and the keys in the variables that clients read, and without any that lead to the user's real keys or the metadata of a real instance.
 */
export function environmentFor({
  env,
  proxy,
  caFile,
  trustFile,
  preload,
  python,
  credentials,
  metadata,
}: EnvironmentOptions): Record<string, string> {
  const leave = new Set(dropped)
  const kept = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && !leave.has(entry[0]))
  return {
    ...Object.fromEntries(kept),
    ...same(['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'], proxy.url),
    ...same(['NO_PROXY', 'no_proxy'], '127.0.0.1,localhost,::1'),
    ...same(['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'ALIBABA_CLOUD_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS'], caFile),
    NODE_OPTIONS: [env.NODE_OPTIONS, `--require ${quoted(preload)}`].filter(Boolean).join(' '),
    PYTHONPATH: [python, env.PYTHONPATH].filter(Boolean).join(delimiter),
    JAVA_TOOL_OPTIONS: [env.JAVA_TOOL_OPTIONS, javaOptions(trustFile, proxy.port)].filter(Boolean).join(' '),
    [portVariable]: String(proxy.port),
    ...(credentials && { ...same(keyIds, credentials.accessKeyId), ...same(secrets, credentials.accessKeySecret) }),
    ...(credentials?.securityToken !== undefined && same(tokens, credentials.securityToken)),
    ...(!metadata && { ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true' }),
    ALIBABA_CLOUD_CLI_PROFILE_DISABLED: 'true',
    // The command line `aliyun` prefers its profile to the environment unless told so.
    ALIBABA_CLOUD_IGNORE_PROFILE: 'TRUE',
  }
}
