import { createPublicKey, type KeyObject, webcrypto } from 'node:crypto'

/** Loaded when a certificate is made and not before: the library and the `reflect-metadata` it wants take 175 ms. */
async function library() {
  await import('reflect-metadata')
  return import('@peculiar/x509')
}

const day = 24 * 60 * 60 * 1000
/** Clocks of other machines and containers may be behind. */
const headStart = day
export const authorityLifetimeMs = 10 * 365 * day
export const leafLifetimeMs = 90 * day

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const
const signingAlgorithm = { name: 'ECDSA', hash: 'SHA-256' } as const
const subject = 'CN=Tanxing local cloud, O=Tanxing'

const privateKey = (key: KeyObject) =>
  webcrypto.subtle.importKey('pkcs8', key.export({ type: 'pkcs8', format: 'der' }), curve, false, ['sign'])
const publicKey = (key: KeyObject) =>
  webcrypto.subtle.importKey('spki', createPublicKey(key).export({ type: 'spki', format: 'der' }), curve, true, ['verify'])

/** DER: tag, length (under 128 everywhere here), content. */
const der = (tag: number, ...content: readonly Uint8Array[]) => {
  const bytes = Buffer.concat(content)
  return Buffer.concat([Buffer.from([tag, bytes.length]), bytes])
}

const nameConstraintsOid = '2.5.29.30'

/**
 * RFC 5280 §4.2.1.10: names below `aliyuncs.com` and no addresses. A kind of name that goes unmentioned is unconstrained, so both
 * families of addresses are excluded whole.
 */
export const nameConstraints: Uint8Array = der(
  0x30,
  der(0xa0, der(0x30, der(0x82, Buffer.from('aliyuncs.com')))),
  der(0xa1, der(0x30, der(0x87, Buffer.alloc(8))), der(0x30, der(0x87, Buffer.alloc(32)))),
)

/** The authority's own certificate, PEM: signs servers' certificates for names below `aliyuncs.com` and nothing else. */
export async function authorityCertificate(key: KeyObject, now: number): Promise<string> {
  const x509 = await library()
  const keys = { privateKey: await privateKey(key), publicKey: await publicKey(key) }
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: subject,
    keys,
    signingAlgorithm,
    notBefore: new Date(now - headStart),
    notAfter: new Date(now + authorityLifetimeMs),
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.Extension(nameConstraintsOid, true, nameConstraints),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return certificate.toString('pem')
}

export interface LeafName {
  readonly type: 'dns' | 'ip'
  readonly value: string
}

export interface LeafRequest {
  /** Already judged: whatever stands here is signed. */
  readonly name: LeafName
  readonly key: KeyObject
  readonly authorityKey: KeyObject
  /** Milliseconds since 1970. */
  readonly notAfter: number
  readonly now: number
}

/** A server's certificate for one name, PEM. */
export async function leafCertificate({ name, key, authorityKey, notAfter, now }: LeafRequest): Promise<string> {
  const x509 = await library()
  const issuerKey = await publicKey(authorityKey)
  const certificate = await x509.X509CertificateGenerator.create({
    subject: 'CN=Tanxing local cloud (server), O=Tanxing',
    issuer: subject,
    publicKey: await publicKey(key),
    signingKey: await privateKey(authorityKey),
    signingAlgorithm,
    notBefore: new Date(now - headStart),
    notAfter: new Date(notAfter),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([name]),
      await x509.AuthorityKeyIdentifierExtension.create(issuerKey),
    ],
  })
  return certificate.toString('pem')
}
