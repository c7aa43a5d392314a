import type { SecureContext } from 'node:tls'
import { UsageError } from '../errors.ts'

/** More than any system's whole bundle of authorities. */
const longest = 4 * 1024 * 1024
const block = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END (?:TRUSTED )?CERTIFICATE-----/g

const invalid = (why: string) =>
  new UsageError('InvalidCertificate', `ca: ${why}`, {
    en: 'Give the text of a PEM file: -----BEGIN CERTIFICATE----- and what follows.',
    zh: '请提供 PEM 文件的内容：以 -----BEGIN CERTIFICATE----- 开头的文本。',
  })

/**
 * The single certificates of PEM texts, each of which may hold several and words between them.
 * @throws UsageError InvalidCertificate for a text without one, a block that is cut off, or over 4 MiB in all
 */
export function splitCertificates(ca: string | readonly string[]): string[] {
  const texts: readonly unknown[] = typeof ca === 'string' ? [ca] : ca
  let length = 0
  return texts.flatMap((text) => {
    if (typeof text !== 'string') throw invalid('not a text')
    length += text.length
    if (length > longest) throw invalid('larger than 4 MiB')
    const found = text.match(block) ?? []
    if (found.length === 0) throw invalid('no certificate in it')
    if (found.length !== text.split('-----BEGIN ').length - 1) throw invalid('a block in it is cut off or is no certificate')
    return found
  })
}

type Tls = Pick<typeof import('node:tls'), 'rootCertificates'> & { readonly getCACertificates?: (type: 'default') => string[] }

/** The given certificates beside those that Node.js trusts: from 22.15 on, NODE_EXTRA_CA_CERTS and the system's if they are in use. */
export const besideDefaults = (certificates: readonly string[], { getCACertificates, rootCertificates }: Tls): string[] => [
  ...(getCACertificates?.('default') ?? rootCertificates),
  ...certificates,
]

/**
 * What TLS connections trust: the given certificates beside those that Node.js trusts anyway.
 * @throws UsageError InvalidCertificate
 */
export async function trusting(certificates: readonly string[]): Promise<SecureContext> {
  const [tls, { X509Certificate }] = await Promise.all([import('node:tls'), import('node:crypto')])
  for (const certificate of certificates) {
    try {
      void new X509Certificate(certificate)
    } catch {
      throw invalid('a certificate in it cannot be read')
    }
  }
  return tls.createSecureContext({ ca: besideDefaults(certificates, tls) })
}
