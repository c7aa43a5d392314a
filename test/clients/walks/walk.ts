import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { expect } from 'vitest'
import { cloudWithNetwork } from '../../../src/cloud/testing.ts'
import type { Answered } from '../../../src/cloud/watch/answered.ts'
import type { Caller } from './callers.ts'
import { lackedBy, type Walk } from './steps.ts'
import { take } from './take.ts'

/** An account beside the one that walks. */
const other = '1000000000000002'

/** The clients of which the models are as new as the catalogue, or which have none and give the answer as it is. */
const whole = ['Node.js', 'Python', 'aliyun-cli']

/**
 * Takes the steps in a cloud of its own, which has a network and nothing else: `$vpc`, `$vSwitch` and `$securityGroup` of it, `$image`,
 * and the accounts `$account` and `$other`. Rejects at the first step where the cloud, or what the client makes of it, is not as it says.
 */
export async function walk({ product, steps }: Pick<Walk, 'product' | 'steps'>, client: string, caller: Caller): Promise<void> {
  const cloud = await cloudWithNetwork({ accounts: [{}, { id: other }] })
  const { host: endpoint } = new URL((await cloud.cloud.listen({ port: 0 })).url)
  let last: Answered | undefined
  const note = (message: unknown) => (last = message as Answered)
  subscribe('tanxing:answered', note)
  const { VpcId, VSwitchId, SecurityGroupId, basics } = cloud
  const place = { vpc: VpcId, vSwitch: VSwitchId, securityGroup: SecurityGroupId, image: basics.ImageId }
  const ground = {
    cloud,
    endpoint,
    caller,
    lastAnswer: (action: string) => {
      expect(last?.action).toBe(action)
      return JSON.parse(Buffer.from(last?.body() ?? []).toString()) as unknown
    },
    product,
    lacking: lackedBy(client, product),
    whole: whole.includes(client),
    known: new Map<string, unknown>(Object.entries({ account: cloud.cloud.accountId, other, ...place })),
  }
  try {
    for (const [at, step] of steps.entries())
      await take(step, ground).catch((error: unknown) => {
        throw new Error(`step ${at + 1}, ${JSON.stringify(step).slice(0, 300)}: ${(error as Error).message}`, { cause: error })
      })
  } finally {
    unsubscribe('tanxing:answered', note)
    await cloud.cloud.close()
  }
}
