import { createCloud, type Cloud, type CloudOptions, type Listening } from '../../cloud/index.ts'
import type { Invocation } from '../command.ts'
import { CommandError, exit } from '../errors.ts'

export const defaultPort = 20140

/** A port from its option. @throws CommandError */
export function portOf({ values }: Invocation): number {
  const text = values.text('port')
  const port = text === undefined ? defaultPort : Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new CommandError({ en: '--port is a number from 0 to 65535', zh: '--port 为 0 到 65535 的数字' })
  return port
}

/** Starts a cloud on a loopback port. @throws CommandError when the port is taken */
export async function startCloud(options: CloudOptions, port: number): Promise<{ cloud: Cloud; server: Listening }> {
  const cloud = await createCloud(options)
  const server = await cloud.listen({ port }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    throw new CommandError(
      {
        en: `port ${port} is in use: a local cloud may be running already; choose another with --port, or --port 0 for any free one`,
        zh: `端口 ${port} 已被占用：可能已有本地云在运行；请用 --port 换一个端口，--port 0 表示任意空闲端口`,
      },
      exit.failed,
    )
  })
  return { cloud, server }
}

/** Resolves when the command is told to end (Ctrl-C). */
export const untilEnded = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
