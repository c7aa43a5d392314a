import type { Cloud, CloudOptions, Listening } from '../../cloud/index.ts'
import type { Invocation } from '../command.ts'
import { CommandError, exit } from '../errors.ts'

export const defaultPort = 20140

/** The port of `--port`, 20140 by default. @throws CommandError */
export function portOf({ values }: Invocation): number {
  const text = values.text('port')
  if (text === undefined) return defaultPort
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65535)
    throw new CommandError({ en: '--port is a number from 0 to 65535', zh: '--port 为 0 到 65535 的整数' })
  return Number(text)
}

const taken = (port: number) =>
  new CommandError(
    {
      en: `port ${port} is in use: a local cloud may be running already; choose another with --port, or --port 0 for any free one`,
      zh: `端口 ${port} 已被占用：可能已有本地云在运行；请用 --port 换一个端口，--port 0 表示任意空闲端口`,
    },
    exit.failed,
  )
const takenBeside = (port: number) =>
  new CommandError({ en: `port ${port} of --metadata is in use`, zh: `--metadata 的端口 ${port} 已被占用` }, exit.failed)
const notAllowed = (port: number) =>
  new CommandError(
    {
      en: `port ${port} is not allowed to you: choose one above 1023`,
      zh: `无权使用端口 ${port}：请选择 1023 以上的端口`,
    },
    exit.failed,
  )

/** Why a port could not be had, as told to people; undefined when that is not what failed. */
export function inUse(error: unknown, port: number, option: 'port' | 'metadata'): CommandError | undefined {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return option === 'port' ? taken(port) : takenBeside(port)
  return code === 'EACCES' ? notAllowed(port) : undefined
}

/** Starts a cloud on a port of 127.0.0.1; 0 takes any free one. @throws CommandError when the port is taken or not allowed, or the data folder cannot be used */
export async function startCloud(options: CloudOptions, port: number): Promise<{ cloud: Cloud; server: Listening }> {
  const [{ openCloud }, { StoreError }] = await Promise.all([import('../../cloud/cloud.ts'), import('../../cloud/store/store.ts')])
  const cloud = await openCloud(options).catch((error: unknown) => {
    throw error instanceof StoreError ? new CommandError(error.text, exit.failed) : error
  })
  try {
    return { cloud, server: await cloud.listen({ port }) }
  } catch (error) {
    await cloud.close()
    throw inUse(error, port, 'port') ?? error
  }
}

/** Resolves when the command is told to end (Ctrl-C). */
export const untilEnded = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
