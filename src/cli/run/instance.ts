import type { WireAnswer, WireRequest } from '../../api/wire.ts'
import { metadataHost } from '../../proxy/hosts.ts'
import type { Values } from '../command.ts'
import { CommandError, exit } from '../errors.ts'

const notAnId = (option: string) => new CommandError({ en: `--${option} names an instance: i-…`, zh: `--${option} 的值是实例 ID：i-…` })

/** Whether it looks like an instance's id; nothing else may stand in a path of the control plane. */
const isInstanceId = (text: string): boolean => /^i-[0-9a-z]{1,64}$/i.test(text)

/** The instance that an option names. @throws CommandError when it is no id */
export function instanceIdOf(text: string, option: string): string {
  if (!isInstanceId(text)) throw notAnId(option)
  return text
}

/** The instance of `--instance`; undefined without the option. @throws CommandError when it is no id */
export function instanceOption(values: Values): string | undefined {
  const text = values.text('instance')
  return text === undefined ? undefined : instanceIdOf(text, 'instance')
}

const noInstance = (id: string) =>
  new CommandError({ en: `the local cloud has no instance ${id}`, zh: `本地云中没有实例 ${id}` }, exit.notFound)
const unreachable = (endpoint: string, cause: string) =>
  new CommandError({ en: `no local cloud answers at ${endpoint} (${cause})`, zh: `${endpoint} 没有本地云应答（${cause}）` }, exit.failed)

/**
 * Asks a metadata service whether its instance exists. One in hardened mode refuses, and that it exists is all that counts.
 * @throws CommandError when the instance does not exist, or nothing answers
 */
export async function demandInstance(
  metadata: (request: WireRequest) => Promise<WireAnswer>,
  instanceId: string,
  where: string,
): Promise<void> {
  const request = { method: 'GET', target: '/latest/meta-data/instance-id', headers: { host: metadataHost }, body: new Uint8Array() }
  const answer = await metadata(request).catch((error: NodeJS.ErrnoException) => {
    throw unreachable(where, error.code ?? error.message)
  })
  if (answer.status === 404) throw noInstance(instanceId)
}
