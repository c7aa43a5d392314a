import type { SecureContext } from 'node:tls'
import { saidOf, type Text } from '../../api/text.ts'
import { UsageError } from '../errors.ts'

/** More than any system's whole bundle of authorities. */
const longest = 4 * 1024 * 1024
const block = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END (?:TRUSTED )?CERTIFICATE-----/g

const invalid = (why: Text) =>
  new UsageError('InvalidCertificate', saidOf('ca', why), {
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
    if (typeof text !== 'string') throw invalid({ en: 'not a text', zh: '不是文本' })
    length += text.length
    if (length > longest) throw invalid({ en: 'larger than 4 MiB', zh: '超过 4 MiB' })
    const found = text.match(block) ?? []
    if (found.length === 0) throw invalid({ en: 'no certificate in it', zh: '其中没有证书' })
    if (found.length !== text.split('-----BEGIN ').length - 1)
      throw invalid({ en: 'a block in it is cut off or is no certificate', zh: '其中有一段不完整或不是证书' })
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
      throw invalid({ en: 'a certificate in it cannot be read', zh: '其中有一个证书无法读取' })
    }
  }
  return tls.createSecureContext({ ca: besideDefaults(certificates, tls) })
}
