import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { createSecureContext, type SecureContext } from 'node:tls'
import { systemNow } from '../api/system.ts'
import { leafCertificate, leafLifetimeMs } from './certificates.ts'
import { cloudHost } from './hosts.ts'
import { keptAuthority } from './keep.ts'

/** More hosts than there are regions and products to call in one run. */
const mostLeaves = 256
const renewLeafBeforeMs = 24 * 60 * 60 * 1000

export interface Authority {
  /** The certificate to trust, a PEM file. */
  readonly caFile: string
  /** The same certificate as a trust store for Java. */
  readonly trustFile: string
  readonly keyFile: string
  /** The same, as text. */
  readonly certificate: string
  /** How to speak TLS as `host`. Rejects for a host not below `aliyuncs.com`. */
  contextFor(host: string): Promise<SecureContext>
}

export interface AuthorityOptions {
  /** Where the key and certificate are kept; made when it is not there. */
  readonly folder: string
  /** Milliseconds since 1970; the machine's clock by default. */
  readonly now?: () => number
}

/** `$XDG_DATA_HOME/tanxing`, or `~/.local/share/tanxing` where that variable is not set. */
export function authorityFolder(env: NodeJS.ProcessEnv, home: string = homedir()): string {
  const data = env.XDG_DATA_HOME
  return join(data === undefined || data === '' ? join(home, '.local', 'share') : data, 'tanxing')
}

/**
 * The certificate authority of this user's machine, made on first use. Its certificate is constrained to names below `aliyuncs.com`.
 * Throws when the key in the folder is open to other users.
 */
export async function openAuthority({ folder, now = systemNow }: AuthorityOptions): Promise<Authority> {
  const { key, certificate, keyFile, caFile, trustFile } = await keptAuthority(folder, now())
  const authorityEnd = Date.parse(new X509Certificate(certificate).validTo)
  const leafKey = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey
  const leafKeyPem = leafKey.export({ type: 'pkcs8', format: 'pem' })
  const leaves = new Map<string, { readonly notAfter: number; readonly context: Promise<SecureContext> }>()

  async function make(host: string, notAfter: number): Promise<SecureContext> {
    const leaf = await leafCertificate({ name: { type: 'dns', value: host }, key: leafKey, authorityKey: key, notAfter, now: now() })
    return createSecureContext({ key: leafKeyPem, cert: `${leaf}\n${certificate}` })
  }

  return {
    caFile,
    trustFile,
    keyFile,
    certificate,
    async contextFor(name) {
      const host = cloudHost(name)
      if (host === undefined) throw new Error('only hosts below aliyuncs.com have certificates here')
      const known = leaves.get(host)
      leaves.delete(host)
      if (known !== undefined && known.notAfter > now() + renewLeafBeforeMs) {
        leaves.set(host, known)
        return known.context
      }
      const notAfter = Math.min(now() + leafLifetimeMs, authorityEnd)
      const leaf = { notAfter, context: make(host, notAfter) }
      leaves.set(host, leaf)
      for (const oldest of leaves.keys()) {
        if (leaves.size <= mostLeaves) break
        leaves.delete(oldest)
      }
      leaf.context.catch(() => leaves.delete(host))
      return leaf.context
    },
  }
}
