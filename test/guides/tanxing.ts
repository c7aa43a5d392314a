/**
 * What 'tanxing' is to the examples: the client as it is, but that clients which do not say how to reach a cloud reach the local
 * one of the example, and that their waiting is the passing of its time.
 */
import * as client from '../../src/client/index.ts'
import { type Cloud, createCloud } from '../../src/cloud/index.ts'

export * from '../../src/client/index.ts'

/** The cloud of the example that runs. */
export let local: Cloud = await createCloud()

/** A fresh demo estate for the next example. */
export async function nextCloud(keys: client.Credentials): Promise<void> {
  local = await createCloud({ seed: 'demo', clock: 'manual', keys: [keys] })
}

const waits = async (ms: number) => local.clock.advance(ms)

function led(options: client.ClientOptions): client.ClientOptions {
  const { fetch, dispatcher, proxy, ca, endpoint } = options
  const reaches = [fetch, dispatcher, proxy, ca, endpoint].some((way) => way !== undefined)
  return reaches ? options : { sleep: waits, ...options, fetch: local.fetch }
}

type Class<Client> = new (options?: client.ClientOptions) => Client

const leading = <Client extends object>(type: Class<Client>): Class<Client> =>
  new Proxy(type, { construct: (target, [options = {}]: [client.ClientOptions?]) => new target(led(options)) })

export const EcsClient = leading(client.EcsClient)
export const RamClient = leading(client.RamClient)
export const StsClient = leading(client.StsClient)
export const VpcClient = leading(client.VpcClient)
