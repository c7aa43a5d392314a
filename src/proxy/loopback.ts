import type { Server } from 'node:net'

/**
 * Lets a server listen on loopback and tells its port; 0 asks for any free one.
 * @throws RangeError for an address that is not loopback, or the socket's own error (`EADDRINUSE`, `EACCES`)
 */
export async function listenOnLoopback(server: Server, { host = '127.0.0.1', port = 0 } = {}): Promise<number> {
  if (!/^(?:127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|localhost)$/.test(host)) throw new RangeError(`${host} is not a loopback address`)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port')
  return address.port
}
