import { execFile } from 'node:child_process'
import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { systemNow } from '../../src/api/system.ts'
import { EcsClient, RamClient, StsClient } from '../../src/client/index.ts'
import { createCloud, type Credentials } from '../../src/cloud/index.ts'
import { openAuthority } from '../../src/proxy/authority.ts'
import { environmentFor } from '../../src/proxy/environment.ts'
import { startProxy } from '../../src/proxy/proxy.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const issuer = 'https://issuer.example.com'
const audience = 'sts.aliyuncs.com'
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })

function token(): string {
  const now = Math.floor(systemNow() / 1000)
  const claims = { iss: issuer, aud: audience, sub: 'pod', iat: now, exp: now + 600 }
  const text = [{ alg: 'RS256', kid: 'one' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${text}.${sign('sha256', Buffer.from(text), pair.privateKey).toString('base64url')}`
}

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tanxing-oidc-'))
  return () => rm(folder, { recursive: true, force: true })
})

/** Asks the library for credentials, from the endpoint that it has built in. */
const program = `
  const { default: Credential, Config } = require('@alicloud/credentials')
  const [roleArn, oidcProviderArn, oidcTokenFilePath] = process.argv.slice(1)
  new Credential(new Config({ type: 'oidc_role_arn', roleArn, oidcProviderArn, oidcTokenFilePath, roleSessionName: 'pod-1' }))
    .getCredential()
    .then(({ accessKeyId, accessKeySecret, securityToken }) => console.log(JSON.stringify({ accessKeyId, accessKeySecret, securityToken })))
`

it('the official credential library gets credentials for an OIDC token, unchanged', async () => {
  const keys = [{ ...pair.publicKey.export({ format: 'jwk' }), kid: 'one' }]
  const cloud = await createCloud({ oidcProviders: [{ name: 'cluster', issuer, clientIds: [audience], keys }] })
  const { credentials, accountId } = cloud
  const provider = `acs:ram::${accountId}:oidc-provider/cluster`
  const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Federated: [provider] } }
  const ram = new RamClient({ fetch: cloud.fetch, credentials })
  const document = JSON.stringify({ Version: '1', Statement: [trust] })
  const { Role } = await ram.createRole({ RoleName: 'web', AssumeRolePolicyDocument: document })
  await ram.attachPolicyToRole({ RoleName: 'web', PolicyName: 'AliyunECSReadOnlyAccess', PolicyType: 'System' })

  const authority = await openAuthority({ folder: join(folder, 'authority') })
  const proxy = await startProxy({ authority, handle: (request) => cloud.handle(request) })
  onTestFinished(() => proxy.close())
  const preload = join(folder, 'preload.cjs')
  await build({ entryPoints: [join(root, 'src/proxy/preload.ts')], outfile: preload, bundle: true, format: 'cjs', platform: 'node' })
  const tokenFile = join(folder, 'token')
  await writeFile(tokenFile, token())
  const { caFile, trustFile } = authority
  const env = environmentFor({ env: { PATH: process.env.PATH }, proxy, caFile, trustFile, preload, python: folder, credentials })
  const args = ['--input-type=commonjs', '--eval', program, Role.Arn, provider, tokenFile]
  const out = await new Promise<string>((resolve, reject) => {
    execFile(process.execPath, args, { env, cwd: root, timeout: 20_000 }, (error, stdout, stderr) =>
      error === null ? resolve(stdout) : reject(new Error(stderr, { cause: error })),
    )
  })

  const session: Credentials = JSON.parse(out)
  const settings = { fetch: cloud.fetch, regionId: 'cn-hangzhou', credentials: session }
  const who = await new StsClient(settings).getCallerIdentity()
  expect(who.Arn).toBe(`${Role.Arn.replace(':role/', ':assumed-role/')}/pod-1`)
  expect((await new EcsClient(settings).describeRegions()).Regions.Region.length).toBeGreaterThan(0)
})
