/** A plain `node:http` server in a process of its own: answers every request with the bytes it was started with. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const body = Buffer.from(process.argv[2] ?? '', 'base64')
const headers = { 'content-type': 'application/json;charset=utf-8', 'content-length': String(body.length) }

const server = createServer((request, response) => {
  request.resume()
  response.writeHead(200, headers)
  response.end(body)
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.on('disconnect', () => process.exit())
