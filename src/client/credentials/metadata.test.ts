import { describe, expect, it } from 'vitest'
import { findCredentials } from './credentials.ts'
import { configOf, type Scene, type Seen, stsAnswer, surroundingsOf, temporary } from './testing.ts'

const tokenHeader = 'x-aliyun-ecs-metadata-token'
const plain = { config: configOf({ mode: 'EcsRamRole' }) }

/** An instance with the role `worker`. */
const instance = (hardened: boolean) => (seen: Seen) => {
  const { pathname, host } = seen.url
  if (host !== '100.100.100.200') return stsAnswer('STS.role')
  if (seen.method === 'PUT') return hardened ? new Response('T0K') : new Response('', { status: 404 })
  if (hardened && seen.headers.get(tokenHeader) !== 'T0K') return new Response('', { status: 403 })
  if (pathname.endsWith('/security-credentials/')) return new Response('worker\n')
  if (pathname.endsWith('/worker')) return Response.json({ Code: 'Success', ...temporary() })
  return new Response('', { status: 404 })
}

const get = async (scene: Scene) => {
  const surroundings = surroundingsOf(scene)
  const source = await findCredentials(surroundings)
  return { credentials: await source.get(), seen: surroundings.seen, source }
}

describe('the role of an instance', () => {
  it.each([
    ['with a token', true, ['T0K', 'T0K']],
    ['without one where the service has none', false, [null, null]],
  ])('is asked for %s', async (_name, hardened, tokens) => {
    const { credentials, seen } = await get({ ...plain, serve: instance(hardened) })
    expect(credentials).toEqual({ accessKeyId: 'STS.1', accessKeySecret: 'STS.1-secret', securityToken: 'STS.1-token' })
    expect(seen.filter(({ method }) => method === 'GET').map(({ headers }) => headers.get(tokenHeader))).toEqual(tokens)
  })

  it('is found with nothing set up at all', async () => {
    const { source, credentials } = await get({ serve: instance(true) })
    expect(source.source.en).toBe('instance role worker (ECS metadata)')
    expect(credentials).toMatchObject({ accessKeyId: 'STS.1' })
  })

  it('plays another role', async () => {
    const config = configOf({ mode: 'RamRoleArnWithRoleName', ram_role_name: 'worker', ram_role_arn: 'acs:ram::1:role/ops' })
    const { credentials, seen } = await get({ config, serve: instance(true) })
    expect(credentials).toMatchObject({ accessKeyId: 'STS.role' })
    expect(seen.at(-1)?.headers.get('x-acs-security-token')).toBe('STS.1-token')
  })

  it.each([
    ['is turned off', { ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true' }, instance(true), 'ALIBABA_CLOUD_ECS_METADATA_DISABLED is set'],
    ['has no token and must have one', { ALIBABA_CLOUD_IMDSV1_DISABLED: 'true' }, instance(false), 'no token was given (HTTP 404)'],
    ['is not reached', {}, undefined, 'no answer from 100.100.100.200 (EHOSTUNREACH)'],
    ['has no role', {}, () => new Response('', { status: 404 }), 'this instance has no role attached'],
    ['names nonsense', {}, () => new Response('<html>'), 'no role was named (HTTP 200)'],
    [
      'has ended',
      {},
      ({ url }: Seen) => new Response(url.pathname.endsWith('/') ? 'worker' : '{"Code":"Failed"}'),
      'no credentials of role',
    ],
  ])('that %s fails clearly', async (_name, env, serve, message) => {
    await expect(get({ ...plain, env, serve })).rejects.toMatchObject({
      code: 'MetadataUnavailable',
      message: expect.stringContaining(message) as string,
    })
  })

  it('of another name than the attached one fails by its name', async () => {
    const config = configOf({ mode: 'EcsRamRole', ram_role_name: '../other' })
    await expect(get({ config, serve: instance(true) })).rejects.toThrow('this instance has no role ../other')
  })

  it('whose answer never ends is not read to the end', async () => {
    const flood = () => new Response(new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(65_536)) }))
    await expect(get({ ...plain, serve: flood })).rejects.toThrow(/no answer from 100\.100\.100\.200 \(AnswerTooLarge\)/)
  })
})
