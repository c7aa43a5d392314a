import { Pool } from 'undici'
import { type BareRequest, bareRequest } from './bare-client.ts'

/** As `bareCalls`, over undici's dispatcher. */
export function bareUndiciCalls(port: number, secret: string): () => Promise<unknown> {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 16 })
  return () => {
    const { headers }: BareRequest = bareRequest(port, secret)
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = []
      pool.dispatch(
        { method: 'POST', path: '/', headers },
        {
          onRequestStart() {},
          onResponseStart() {},
          onResponseData(_controller, chunk) {
            chunks.push(chunk)
          },
          onResponseEnd: () => resolve(JSON.parse(Buffer.concat(chunks).toString())),
          onResponseError: (_controller, error) => reject(error),
        },
      )
    })
  }
}
