import { NetworkError } from '../errors.ts'

/** The most bytes of one answer, decoded, unless a request says otherwise: 64 MiB. The largest real ones, pages of 100 items, stay below 1 MiB. */
export const usualMost = 64 * 1024 * 1024

export const tooLarge = (host: string, most: number): NetworkError =>
  new NetworkError('AnswerTooLarge', {
    en: `the answer of ${host} is larger than ${most / 1024 / 1024} MiB`,
    zh: `${host} 的应答超过 ${most / 1024 / 1024} MiB`,
  })

/** Throws when an answer says beforehand that it is too large. @throws NetworkError AnswerTooLarge */
export function checkLength(contentLength: string | undefined, host: string, most: number): void {
  if (contentLength !== undefined && Number(contentLength) > most) throw tooLarge(host, most)
}

async function unzip(bytes: Buffer, host: string, most: number): Promise<string> {
  const { gunzip } = await import('node:zlib')
  return new Promise((resolve, reject) => {
    gunzip(bytes, { maxOutputLength: most }, (error, decoded) => {
      if (!error) resolve(decoded.toString())
      else if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') reject(tooLarge(host, most))
      else
        reject(
          new NetworkError('InvalidAnswer', {
            en: `the answer of ${host} is not the gzip it says it is: ${error.message}`,
            zh: `${host} 的应答不是有效的 gzip：${error.message}`,
          }),
        )
    })
  })
}

/**
 * The text of an answer's bytes: at once, unless they are gzip. No other encoding is ever asked for.
 * @throws NetworkError InvalidAnswer, AnswerTooLarge
 */
function readText(chunks: readonly Buffer[], encoding: string | undefined, host: string, most: number): string | Promise<string> {
  const bytes = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)
  // An empty body is no gzip, but a 204 or a 304 may still name the encoding.
  if (encoding === undefined || encoding === '' || bytes.length === 0) return bytes.toString()
  const name = encoding.toLowerCase()
  if (name === 'gzip' || name === 'x-gzip') return unzip(bytes, host, most)
  if (name === 'identity') return bytes.toString()
  const told = encoding.slice(0, 100)
  throw new NetworkError('InvalidAnswer', {
    en: `the answer of ${host} is encoded as ${told}, which was not asked for`,
    zh: `${host} 的应答采用了未请求的编码 ${told}`,
  })
}

/** The bytes of one answer as they come, up to a bound. */
export interface Collected {
  /** Takes some in. @returns the error of an answer that is too large */
  readonly add: (chunk: Buffer) => NetworkError | undefined
  /** All of them as a text. @throws as readText */
  readonly text: (encoding: string | undefined) => string | Promise<string>
}

/** Collects an answer of at most so many bytes. */
export function collect(host: string, most: number): Collected {
  const chunks: Buffer[] = []
  let size = 0
  return {
    add(chunk) {
      size += chunk.length
      if (size > most) return tooLarge(host, most)
      chunks.push(chunk)
      return undefined
    },
    text: (encoding) => readText(chunks, encoding, host, most),
  }
}
