import { createHash, createHmac } from 'node:crypto'
import { Agent, request } from 'node:http'
import { randomId, systemNow } from '../src/api/system.ts'

export interface BareRequest {
  readonly headers: Readonly<Record<string, string>>
}

const signed = 'host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version'
const emptyHash = createHash('sha256').digest('hex')

/** What a call cannot do without: V3's hash and HMAC. */
export function bareRequest(port: number, secret: string): BareRequest {
  const host = `127.0.0.1:${port}`
  const date = `${new Date(systemNow()).toISOString().slice(0, 19)}Z`
  const nonce = randomId()
  const canonical =
    `POST\n/\n\nhost:${host}\nx-acs-action:DescribeRegions\nx-acs-content-sha256:${emptyHash}\nx-acs-date:${date}\n` +
    `x-acs-signature-nonce:${nonce}\nx-acs-version:2014-05-26\n\n${signed}\n${emptyHash}`
  const digest = createHash('sha256').update(canonical).digest('hex')
  const signature = createHmac('sha256', secret).update(`ACS3-HMAC-SHA256\n${digest}`).digest('hex')
  const headers = {
    host,
    accept: 'application/json',
    'content-length': '0',
    'x-acs-action': 'DescribeRegions',
    'x-acs-content-sha256': emptyHash,
    'x-acs-date': date,
    'x-acs-signature-nonce': nonce,
    'x-acs-version': '2014-05-26',
    authorization: `ACS3-HMAC-SHA256 Credential=id,SignedHeaders=${signed},Signature=${signature}`,
  }
  return { headers }
}

/** Calls over `node:http` with kept-alive connections and JSON.parse, and nothing else. */
export function bareCalls(port: number, secret: string): () => Promise<unknown> {
  const agent = new Agent({ keepAlive: true })
  return () => {
    const { headers } = bareRequest(port, secret)
    return new Promise((resolve, reject) => {
      const sent = request({ agent, host: '127.0.0.1', port, method: 'POST', path: '/', headers }, (answer) => {
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', (chunk: string) => {
          text += chunk
        })
        answer.on('end', () => resolve(JSON.parse(text)))
      })
      sent.on('error', reject)
      sent.end()
    })
  }
}
