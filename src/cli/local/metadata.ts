import type { Cloud, Listening } from '../../cloud/index.ts'
import type { Option, Values } from '../command.ts'
import { CommandError } from '../errors.ts'
import { instanceIdOf } from '../run/instance.ts'
import { inUse } from './serve.ts'

/** `--metadata` of the commands that serve a cloud. */
export const metadataOption: Option = {
  type: 'string',
  value: 'ID[:PORT]',
  help: {
    en: "serve this instance's metadata on a port of its own; any free one without PORT",
    zh: '在单独的端口上提供该实例的元数据服务；不写 PORT 则任取空闲端口',
  },
}

/** Which instance, and on which port. */
export interface MetadataPlace {
  readonly instanceId: string
  readonly port: number
}

/** Reads `--metadata`; undefined without it. @throws CommandError */
export function metadataPlace(values: Values): MetadataPlace | undefined {
  const text = values.text('metadata')
  if (text === undefined) return undefined
  const [id = '', port = '0', ...more] = text.split(':')
  if (more.length > 0 || !/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new CommandError({
      en: '--metadata is an instance and perhaps a port from 0 to 65535: i-…:PORT',
      zh: '--metadata 的形式为 i-… 或 i-…:端口，端口为 0 到 65535',
    })
  return { instanceId: instanceIdOf(id, 'metadata'), port: Number(port) }
}

/** Serves an instance's metadata on 127.0.0.1, whether the instance is there already or not. @throws CommandError when the port is taken */
export async function serveMetadata(cloud: Cloud, { instanceId, port }: MetadataPlace): Promise<Listening> {
  try {
    return await cloud.metadata(instanceId).listen({ port })
  } catch (error) {
    throw inUse(error, port, 'metadata') ?? error
  }
}
