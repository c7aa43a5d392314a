/** One server of bench/cloud.ts in a process of its own: the local cloud, or a bare server that sends given bytes. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createCloud } from '../src/cloud/index.ts'
import type { Started } from './cloud.ts'

async function start(kind: string | undefined, body: string): Promise<Started> {
  if (kind === 'cloud') {
    const cloud = await createCloud({ seed: 'demo' })
    const { port } = await cloud.listen()
    return { port, credentials: cloud.credentials }
  }
  const bytes = Buffer.from(body)
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json;charset=utf-8', 'content-length': bytes.length })
    response.end(bytes)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, credentials: { accessKeyId: '', accessKeySecret: '' } }
}

process.on('message', (message: { readonly start?: true; readonly body?: string }) => {
  if (message.start) void start(process.argv[2], message.body ?? '').then((started) => process.send?.(started))
  else {
    const { user, system } = process.cpuUsage()
    process.send?.(user + system)
  }
})
