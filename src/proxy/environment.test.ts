import { delimiter } from 'node:path'
import { describe, expect, it } from 'vitest'
import { environmentFor } from './environment.ts'

const options = {
  proxy: { url: 'http://127.0.0.1:4000', port: 4000 },
  caFile: '/data/tanxing/authority.pem',
  trustFile: '/data/tanxing/authority.jks',
  preload: '/lib/preload.cjs',
  python: '/lib/python',
  credentials: { accessKeyId: 'local-id', accessKeySecret: 'local-secret' },
}

describe('environmentFor', () => {
  it('keeps what has nothing to do with it', () => {
    expect(environmentFor({ ...options, env: { PATH: '/bin', GOFLAGS: '-mod=mod', ALIBABA_CLOUD_REGION_ID: 'cn-beijing' } })).toMatchObject(
      {
        PATH: '/bin',
        GOFLAGS: '-mod=mod',
        ALIBABA_CLOUD_REGION_ID: 'cn-beijing',
      },
    )
  })

  it('leads clients to the proxy, whatever proxies there were', () => {
    const env = environmentFor({
      ...options,
      env: { https_proxy: 'http://corp:3128', ALL_PROXY: 'socks5://corp', no_proxy: '.aliyuncs.com' },
    })
    expect(env).toMatchObject({
      HTTP_PROXY: options.proxy.url,
      HTTPS_PROXY: options.proxy.url,
      http_proxy: options.proxy.url,
      https_proxy: options.proxy.url,
    })
    expect(env).toMatchObject({ NO_PROXY: '127.0.0.1,localhost,::1', no_proxy: '127.0.0.1,localhost,::1' })
    expect(env).not.toHaveProperty('ALL_PROXY')
  })

  it('has the certificate trusted', () => {
    const env = environmentFor({ ...options, env: {} })
    for (const name of ['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'ALIBABA_CLOUD_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS'])
      expect(env[name]).toBe(options.caFile)
  })

  it('leads Java machines to the proxy and has them trust it, after what the user tells them', () => {
    const env = environmentFor({ ...options, env: { JAVA_TOOL_OPTIONS: '-Xmx1g' } })
    expect(env.JAVA_TOOL_OPTIONS).toMatch(/^-Xmx1g -Dhttp\.proxyHost=127\.0\.0\.1 .*-Dhttps\.proxyPort=4000 /)
    expect(env.JAVA_TOOL_OPTIONS).toContain('-Djavax.net.ssl.trustStore=/data/tanxing/authority.jks ')
    const spaced = environmentFor({ ...options, env: {}, trustFile: '/my data/authority.jks' })
    expect(spaced.JAVA_TOOL_OPTIONS).toContain('-Djavax.net.ssl.trustStore="/my data/authority.jks"')
  })

  it('loads the preload after what the user has Node.js load', () => {
    expect(environmentFor({ ...options, env: {} }).NODE_OPTIONS).toBe('--require "/lib/preload.cjs"')
    expect(environmentFor({ ...options, env: { NODE_OPTIONS: '--inspect' } }).NODE_OPTIONS).toBe('--inspect --require "/lib/preload.cjs"')
    expect(environmentFor({ ...options, env: {}, preload: 'C:\\a "b"\\p.cjs' }).NODE_OPTIONS).toBe('--require "C:\\\\a \\"b\\"\\\\p.cjs"')
  })

  it('has Python find its preload before what the user has on the path', () => {
    expect(environmentFor({ ...options, env: {} }).PYTHONPATH).toBe('/lib/python')
    expect(environmentFor({ ...options, env: { PYTHONPATH: '/mine' } }).PYTHONPATH).toBe(`/lib/python${delimiter}/mine`)
  })

  it('carries no identity of the user but the local one', () => {
    const real = {
      ALIBABA_CLOUD_ACCESS_KEY_ID: 'real',
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'real',
      ALIBABA_CLOUD_SECURITY_TOKEN: 'real',
      ALIBABA_CLOUD_CREDENTIALS_URI: 'real',
      ALIBABA_CLOUD_CREDENTIALS_FILE: 'real',
      ALIBABA_CLOUD_ROLE_ARN: 'real',
      ALIBABA_CLOUD_OIDC_TOKEN_FILE: 'real',
      ALIBABA_CLOUD_PROFILE: 'real',
      ALIBABA_CLOUD_ENDPOINT: 'real',
      ALIBABACLOUD_ACCESS_KEY_ID: 'real',
      ALIBABACLOUD_SECURITY_TOKEN: 'real',
      ALICLOUD_ACCESS_KEY: 'real',
      ALICLOUD_SECRET_KEY: 'real',
      ALICLOUD_SECURITY_TOKEN: 'real',
      ALICLOUD_SHARED_CREDENTIALS_FILE: 'real',
      ALIYUN_ACCESS_KEY_ID: 'real',
      ALIYUN_ACCESS_KEY_SECRET: 'real',
      ACCESS_KEY_ID: 'real',
      SECURITY_TOKEN: 'real',
    }
    const env = environmentFor({ ...options, env: real })
    expect(Object.values(env)).not.toContain('real')
    expect(env).toMatchObject({
      ALIBABA_CLOUD_ACCESS_KEY_ID: 'local-id',
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'local-secret',
      ALICLOUD_ACCESS_KEY: 'local-id',
      ALICLOUD_SECRET_KEY: 'local-secret',
      ALIYUN_ACCESS_KEY_ID: 'local-id',
      ALIYUN_ACCESS_KEY_SECRET: 'local-secret',
      ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true',
      ALIBABA_CLOUD_CLI_PROFILE_DISABLED: 'true',
      ALIBABA_CLOUD_IGNORE_PROFILE: 'TRUE',
    })
  })

  it('lets clients ask for metadata that is there, and carries no keys but those of the local cloud', () => {
    const real = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'real', ALICLOUD_SECRET_KEY: 'real', ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true' }
    const env = environmentFor({ ...options, env: real, credentials: undefined, metadata: true })
    expect(Object.values(env)).not.toContain('real')
    expect(env).not.toHaveProperty('ALIBABA_CLOUD_ACCESS_KEY_ID')
    expect(env).not.toHaveProperty('ALIBABA_CLOUD_ECS_METADATA_DISABLED')
    expect(env.NO_PROXY).not.toContain('100.100.100.200')
  })

  it('carries the token of temporary credentials', () => {
    const env = environmentFor({ ...options, env: {}, credentials: { ...options.credentials, securityToken: 'token' } })
    expect(env.ALIBABA_CLOUD_SECURITY_TOKEN).toBe('token')
  })
})
