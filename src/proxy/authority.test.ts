import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, createServer, type SecureContext } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { authorityFolder, openAuthority } from './authority.ts'
import { type LeafName, leafCertificate } from './certificates.ts'
import { listenOnLoopback } from './loopback.ts'

const day = 24 * 60 * 60 * 1000

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tanxing-authority-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const folder = () => join(home, 'tanxing')
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)

/** What a client that trusts `ca` makes of a server with that context: undefined when it is content, or its complaint. */
async function complaint(host: string, ca: string, { cert, context }: { cert?: { key: string; cert: string }; context?: SecureContext }) {
  const server = createServer({
    ...cert,
    ...(context && { SNICallback: (_name: string, done: (error: null, context: SecureContext) => void) => done(null, context) }),
  })
  server.on('tlsClientError', () => undefined)
  const port = await listenOnLoopback(server)
  try {
    return await new Promise<string | undefined>((resolve) => {
      const socket = connect({ port, host: '127.0.0.1', servername: isIP(host) ? '' : host, ca }, () => {
        socket.destroy()
        resolve(undefined)
      })
      socket.on('error', (error) => resolve(error.message))
    })
  } finally {
    server.close()
  }
}

describe('the certificate authority', () => {
  it('is kept under XDG_DATA_HOME, or the usual folder of the home', () => {
    expect(authorityFolder({ XDG_DATA_HOME: '/data' }, '/home/a')).toBe('/data/tanxing')
    expect(authorityFolder({ XDG_DATA_HOME: '' }, '/home/a')).toBe('/home/a/.local/share/tanxing')
    expect(authorityFolder({}, '/home/a')).toBe('/home/a/.local/share/tanxing')
  })

  it('is made on first use with a key that only its owner reads, and nothing else is left', async () => {
    const { keyFile, caFile } = await openAuthority({ folder: folder() })
    expect(mode(folder())).toBe('700')
    expect(mode(keyFile)).toBe('600')
    expect(mode(caFile)).toBe('644')
    expect(readdirSync(folder()).toSorted()).toEqual(['authority.jks', 'authority.key', 'authority.pem'])
  })

  it('is the same the next time', async () => {
    const first = await openAuthority({ folder: folder() })
    const second = await openAuthority({ folder: folder() })
    expect(second.certificate).toBe(first.certificate)
  })

  it('is one authority when many begin at once', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => openAuthority({ folder: folder() })))
    expect(readdirSync(folder()).toSorted()).toEqual(['authority.jks', 'authority.key', 'authority.pem'])
    const ca = readFileSync(join(folder(), 'authority.pem'), 'utf8')
    const host = 'ecs.aliyuncs.com'
    for (const authority of all) expect(await complaint(host, ca, { context: await authority.contextFor(host) })).toBeUndefined()
  })

  it('renews its certificate with the same key before it ends', async () => {
    const first = await openAuthority({ folder: folder() })
    const later = Date.parse(new X509Certificate(first.certificate).validTo) - 29 * day
    const second = await openAuthority({ folder: folder(), now: () => later })
    const [before, after] = [new X509Certificate(first.certificate), new X509Certificate(second.certificate)]
    expect(Date.parse(after.validTo)).toBeGreaterThan(Date.parse(before.validTo))
    expect(after.publicKey.equals(before.publicKey)).toBe(true)
    expect(readFileSync(second.caFile, 'utf8')).toBe(second.certificate)
  })

  it('makes the certificate anew when the file is damaged or belongs to another key', async () => {
    const first = await openAuthority({ folder: folder() })
    writeFileSync(first.caFile, first.certificate.slice(0, 200))
    const second = await openAuthority({ folder: folder() })
    expect(new X509Certificate(second.certificate).publicKey.equals(new X509Certificate(first.certificate).publicKey)).toBe(true)
    rmSync(first.keyFile)
    const third = await openAuthority({ folder: folder() })
    expect(new X509Certificate(third.certificate).publicKey.equals(new X509Certificate(first.certificate).publicKey)).toBe(false)
  })

  it('refuses a key that others can read, and leaves it as it is', async () => {
    const { keyFile } = await openAuthority({ folder: folder() })
    chmodSync(keyFile, 0o644)
    await expect(openAuthority({ folder: folder() })).rejects.toThrow(/authority\.key is open to other users/)
    expect(mode(keyFile)).toBe('644')
  })

  it('refuses a folder that others can change', async () => {
    await openAuthority({ folder: folder() })
    chmodSync(folder(), 0o777)
    await expect(openAuthority({ folder: folder() })).rejects.toThrow(/can be changed by other users/)
  })

  it('refuses a file that is no key', async () => {
    const { keyFile } = await openAuthority({ folder: folder() })
    writeFileSync(keyFile, 'not a key')
    await expect(openAuthority({ folder: folder() })).rejects.toThrow(/holds no private key/)
  })

  it('serves a host below aliyuncs.com with a certificate that clients take', async () => {
    const authority = await openAuthority({ folder: folder() })
    const host = 'ecs.cn-hangzhou.aliyuncs.com'
    expect(await complaint(host, authority.certificate, { context: await authority.contextFor(host) })).toBeUndefined()
  })

  it('makes one certificate for a host, asked for many times at once and in any case', async () => {
    const authority = await openAuthority({ folder: folder() })
    const contexts = await Promise.all(
      ['ecs.aliyuncs.com', 'ECS.aliyuncs.com', 'ecs.aliyuncs.com.'].map((name) => authority.contextFor(name)),
    )
    expect(new Set(contexts).size).toBe(1)
  })

  it('makes a host’s certificate anew before it ends', async () => {
    let now = Date.parse('2026-01-01T00:00:00Z')
    const authority = await openAuthority({ folder: folder(), now: () => now })
    const first = await authority.contextFor('ecs.aliyuncs.com')
    now += 89.5 * day
    expect(await authority.contextFor('ecs.aliyuncs.com')).not.toBe(first)
  })

  it('forgets the host least lately asked for when there are very many', async () => {
    const authority = await openAuthority({ folder: folder() })
    const first = await authority.contextFor('a.aliyuncs.com')
    const second = await authority.contextFor('b.aliyuncs.com')
    await authority.contextFor('a.aliyuncs.com')
    await Promise.all(Array.from({ length: 255 }, (_, i) => authority.contextFor(`h${i}.aliyuncs.com`)))
    expect(await authority.contextFor('a.aliyuncs.com')).toBe(first)
    expect(await authority.contextFor('b.aliyuncs.com')).not.toBe(second)
  })

  it.each(['example.com', 'aliyuncs.com', 'evilaliyuncs.com', 'ecs.aliyuncs.com.evil.com', '127.0.0.1', '*.aliyuncs.com'])(
    'makes no certificate for %s',
    async (host) => {
      const authority = await openAuthority({ folder: folder() })
      await expect(authority.contextFor(host)).rejects.toThrow(/only hosts below aliyuncs.com/)
    },
  )

  it('has no power over other names and addresses, even for someone who has its key', async () => {
    const { certificate, keyFile } = await openAuthority({ folder: folder() })
    const authorityKey = createPrivateKey(readFileSync(keyFile, 'utf8'))
    const key = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey
    const forge = async (name: LeafName) => {
      const cert = await leafCertificate({ name, key, authorityKey, notAfter: Date.now() + day, now: Date.now() })
      return { key: key.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: `${cert}\n${certificate}` }
    }
    const judge = async (name: LeafName) => complaint(name.value, certificate, { cert: await forge(name) })
    expect(await judge({ type: 'dns', value: 'ecs.aliyuncs.com' })).toBeUndefined()
    for (const value of ['example.com', 'evilaliyuncs.com', 'aliyuncs.com.evil.com'])
      expect(await judge({ type: 'dns', value })).toBe('permitted subtree violation')
    for (const value of ['127.0.0.1', '::1']) expect(await judge({ type: 'ip', value })).toBe('excluded subtree violation')
  })
})
