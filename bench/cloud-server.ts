/**
 * One server of bench/cloud.ts in a process of its own: `bare` sends given bytes; `cloud` is the local cloud with so many instances;
 * `changing` is one in which an instance of the first page changes before every request.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Started } from './cloud.ts'
import { estate, instanceId, serve } from './estate.ts'

async function startCloud(changing: boolean, count: number): Promise<Started> {
  const machine = estate(count)
  let number = 0
  const change = () => {
    const row = machine.state.instances.get(instanceId(count - 1 - (number % 100)))
    if (row !== undefined) machine.state.instances.put({ ...row, description: String(number++) })
    machine.state.commit()
  }
  const { port } = await serve(machine, changing ? change : undefined)
  return { port, credentials: machine.credentials }
}

async function startBare(body: string): Promise<Started> {
  const bytes = Buffer.from(body)
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json;charset=utf-8', 'content-length': bytes.length })
    response.end(bytes)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, credentials: { accessKeyId: '', accessKeySecret: '' } }
}

interface Order {
  readonly kind: 'bare' | 'cloud' | 'changing'
  readonly body: string
  readonly instances: number
}

process.on('message', (message: { readonly start?: Order }) => {
  if (message.start) {
    const { kind, body, instances } = message.start
    const starting = kind === 'bare' ? startBare(body) : startCloud(kind === 'changing', instances)
    void starting.then((started) => process.send?.(started))
  } else {
    const { user, system } = process.cpuUsage()
    process.send?.(user + system)
  }
})
process.on('disconnect', () => process.exit())
