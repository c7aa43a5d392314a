import { createHash, generateKeyPairSync } from 'node:crypto'

/** Kinds of key that can be imported (which ones the real cloud takes beside RSA is unconfirmed). */
const kinds: ReadonlySet<string> = new Set([
  'ssh-rsa',
  'ssh-dss',
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
])

/** A field of a key as SSH writes it (RFC 4251, section 5): its length in four bytes, then the bytes. */
function field(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

/** The fields of a key; undefined when the bytes are not a row of whole fields. */
function fieldsOf(blob: Buffer): readonly Buffer[] | undefined {
  const fields: Buffer[] = []
  let at = 0
  while (at < blob.length) {
    if (at + 4 > blob.length) return undefined
    const end = at + 4 + blob.readUInt32BE(at)
    if (end > blob.length) return undefined
    fields.push(blob.subarray(at + 4, end))
    at = end
  }
  return fields
}

/** A positive number; one whose first bit is set gets a zero byte in front. */
const number = (base64url: string): Buffer => {
  const bytes = Buffer.from(base64url, 'base64url')
  return field((bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes)
}

/** MD5 over the key as SSH writes it, in hexadecimal pairs, as RFC 4716 has it. */
const fingerPrintOf = (blob: Buffer): string =>
  createHash('md5')
    .update(blob)
    .digest('hex')
    .replace(/..(?=.)/g, '$&:')

export interface PublicKey {
  /** A line as OpenSSH writes it. */
  readonly publicKey: string
  readonly fingerPrint: string
}

/**
 * A new RSA key of 2048 bits; the private half is PEM (PKCS#8). It takes about 100 ms.
 * It comes from the machine's chance, not from the cloud's: the same seed does not give the same key twice.
 */
export function newKey(): PublicKey & { readonly privateKey: string } {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { e = '', n = '' } = publicKey.export({ format: 'jwk' })
  const blob = Buffer.concat([field(Buffer.from('ssh-rsa')), number(e), number(n)])
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: `ssh-rsa ${blob.toString('base64')}`,
    fingerPrint: fingerPrintOf(blob),
  }
}

/** Longer than a line with an RSA key of 16,384 bits and a comment. */
const longest = 4096

/** Reads a public key that somebody brings, as a line of OpenSSH; undefined when it is none. */
export function readPublicKey(body: string): PublicKey | undefined {
  const line = body.trim()
  const [, kind = '', base64 = ''] = /^(\S+) +([A-Za-z\d+/]+={0,2})(?: [^\r\n]*)?$/.exec(line.slice(0, longest)) ?? []
  if (line.length > longest || !kinds.has(kind)) return undefined
  const blob = Buffer.from(base64, 'base64')
  const [named, ...parts] = fieldsOf(blob) ?? []
  const whole = named?.toString('latin1') === kind && parts.length > 0 && parts.every((part) => part.length > 0)
  return whole ? { publicKey: line, fingerPrint: fingerPrintOf(blob) } : undefined
}
