import { createHash, createHmac } from 'node:crypto'
import { Agent, request } from 'node:http'
import { randomId, systemNow } from '../src/api/system.ts'

/** A call with nothing but what it cannot do without: V3's hash and HMAC, `node:http` with kept-alive connections, JSON.parse. */
export function bareCalls(port: number, secret: string): () => Promise<unknown> {
  const agent = new Agent({ keepAlive: true })
  const host = `127.0.0.1:${port}`
  const signed = 'host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version'
  const emptyHash = createHash('sha256').digest('hex')
  return () => {
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
