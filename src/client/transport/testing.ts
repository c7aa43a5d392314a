import { createServer, type Server as HttpServer, type RequestListener } from 'node:http'
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:https'
import { webcrypto } from 'node:crypto'
import { systemNow } from '../../api/system.ts'
import type { Endpoint } from '../endpoint.ts'
import type { Outgoing } from './transport.ts'

export interface Listening {
  readonly port: number
  /** How many connections were made. */
  readonly connections: () => number
  readonly close: () => Promise<void>
}

/** Lets a server listen on loopback; closing it ends its connections. */
export async function listen(server: Server): Promise<Listening> {
  const sockets = new Set<Socket>()
  let connections = 0
  server.on('connection', (socket: Socket) => {
    connections++
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  return { port: (server.address() as AddressInfo).port, connections: () => connections, close }
}

/** A server that does `act` with a connection each time something comes in. */
export const listenRaw = (act: (socket: Socket) => void): Promise<Listening> =>
  listen(createTcpServer((socket) => socket.on('data', () => act(socket))))

export const listenHttp = (answer: RequestListener): Promise<Listening> => listen(createServer(answer))

export interface Certified {
  readonly cert: string
  readonly key: string
}

export const listenTls = ({ cert, key }: Certified, answer: RequestListener): Promise<Listening> =>
  listen(createTlsServer({ cert, key }, answer))

/** A certificate for names and addresses that signs itself. */
export async function certify(...names: readonly string[]): Promise<Certified> {
  await import('reflect-metadata')
  const x509 = await import('@peculiar/x509')
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const day = 24 * 60 * 60 * 1000
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${names[0]}`,
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date(systemNow() - day),
    notAfter: new Date(systemNow() + day),
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: /^[\d.]+$/.test(value) ? ('ip' as const) : ('dns' as const), value })),
      ),
    ],
  })
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')
  return { cert: certificate.toString('pem'), key: `-----BEGIN PRIVATE KEY-----\n${der}\n-----END PRIVATE KEY-----\n` }
}

/** A request to `http://127.0.0.1:port/`, or to another host. */
export function outgoing(
  port: number,
  { hostname = '127.0.0.1', secure = false, signal }: Partial<Endpoint> & Pick<Outgoing, 'signal'> = {},
): Outgoing {
  const host = `${hostname}:${port}`
  return {
    endpoint: { secure, hostname, port, host },
    method: 'POST',
    target: '/?Action=A',
    headers: { host, 'x-acs-action': 'A' },
    signal,
  }
}

/** A proxy for HTTP, in absolute form and by CONNECT, that leads every host to this machine and remembers what it was asked. */
export async function listenProxy(refuse?: number, certified?: Certified) {
  const asked: { readonly line: string; readonly authorization: string | undefined; readonly host: string | undefined }[] = []
  const { request } = await import('node:http')
  const { connect } = await import('node:net')
  const remember = (line: string, headers: NodeJS.Dict<string | string[]>) =>
    asked.push({ line, authorization: headers['proxy-authorization'] as string | undefined, host: headers.host as string | undefined })
  const answer: RequestListener = (incoming, response) => {
    remember(`${incoming.method} ${incoming.url}`, incoming.headers)
    if (refuse !== undefined) {
      response.writeHead(refuse).end()
      return
    }
    const url = new URL(incoming.url ?? '')
    const onward = request({
      host: '127.0.0.1',
      port: url.port,
      method: incoming.method,
      path: url.pathname + url.search,
      headers: incoming.headers,
    })
    onward.on('response', (got) => {
      response.writeHead(got.statusCode ?? 0, got.headers)
      got.pipe(response)
    })
    onward.end()
  }
  const server: HttpServer = certified ? createTlsServer(certified, answer) : createServer(answer)
  server.on('connect', (incoming, client, head) => {
    remember(`CONNECT ${incoming.url}`, incoming.headers)
    client.on('error', () => {})
    if (refuse !== undefined) {
      client.end(`HTTP/1.1 ${refuse} No\r\n\r\n`)
      return
    }
    const onward = connect(Number(incoming.url?.split(':').at(-1)), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      onward.write(head)
      onward.pipe(client)
      client.pipe(onward)
    })
    onward.on('error', () => client.destroy())
    client.on('close', () => onward.destroy())
  })
  return { ...(await listen(server)), asked }
}
