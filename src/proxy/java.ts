/** What Java programs need: they read neither proxies nor certificates from the variables that others read, but all take options from `JAVA_TOOL_OPTIONS`. */
import { createHash, X509Certificate } from 'node:crypto'

/** What `keytool` takes when nothing is said; it guards nothing here, since a certificate is public. */
const password = 'changeit'

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function text(value: string): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(Buffer.byteLength(value))
  return Buffer.concat([length, Buffer.from(value)])
}

function time(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}

/** A trust store of one certificate as every Java reads it: the format JKS of `sun.security.provider.JavaKeyStore`. */
export function trustStore(certificate: string): Buffer {
  const { raw, validFrom } = new X509Certificate(certificate)
  const [magic, version, entries, trusted] = [number(0xfeedfeed), number(2), number(1), number(2)]
  const entry = [trusted, text('tanxing'), time(Date.parse(validFrom)), text('X.509'), number(raw.length), raw]
  const content = Buffer.concat([magic, version, entries, ...entry])
  const digest = createHash('sha1').update(Buffer.from(password, 'utf16le').swap16()).update('Mighty Aphrodite').update(content)
  return Buffer.concat([content, digest.digest()])
}

const quoted = (path: string) => (/\s/.test(path) ? `"${path}"` : path)

/** Options for the Java machine: the proxy, and the trust store in place of its own. */
export const javaOptions = (trustFile: string, port: number): string =>
  [
    ...['http', 'https'].flatMap((scheme) => [`-D${scheme}.proxyHost=127.0.0.1`, `-D${scheme}.proxyPort=${port}`]),
    `-Djavax.net.ssl.trustStore=${quoted(trustFile)}`,
    `-Djavax.net.ssl.trustStorePassword=${password}`,
  ].join(' ')
