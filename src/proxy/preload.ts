/**
 * Loaded by every Node.js program under `tanxing run` before its own code: Node's clients and Alibaba's SDKs for Node ignore proxy
 * variables, so connections meant for hosts below `aliyuncs.com` and for the metadata service are led to the proxy's port where they begin, at the socket.
 */
import { Socket } from 'node:net'
import { led, portVariable } from './lead.ts'

const port = Number(process.env[portVariable])
if (Number.isInteger(port) && port > 0 && port < 65_536) {
  const connect: CallableFunction = Reflect.get(Socket.prototype, 'connect')
  Reflect.set(Socket.prototype, 'connect', function (this: Socket, ...args: unknown[]): unknown {
    return Reflect.apply(connect, this, led(args, port) ?? args)
  })
}
