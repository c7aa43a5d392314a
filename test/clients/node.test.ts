import { beforeEach, describe, expect, it } from 'vitest'
import type { Credentials } from '../../src/cloud/index.ts'
import { ecs20140526 } from './ecs20140526.ts'
import { type Estate, openEstate } from './estate.ts'
import { popCore } from './pop-core.ts'
import { program, runThrough } from './tanxing-run.ts'
import { type Adapter, steps } from './walk.ts'

let estate: Estate
beforeEach(async () => {
  estate = await openEstate()
  return () => estate.close()
})

interface Client {
  readonly name: string
  readonly connect: (estate: Estate, credentials: Credentials) => Adapter
}

const clients: readonly Client[] = [
  { name: '@alicloud/ecs20140526', connect: (place, credentials) => ecs20140526(place, credentials) },
  { name: '@alicloud/ecs20140526 with signatureAlgorithm v2', connect: (place, credentials) => ecs20140526(place, credentials, 'v2') },
  { name: '@alicloud/pop-core with GET', connect: (place, credentials) => popCore(place, credentials, 'GET') },
  { name: '@alicloud/pop-core with POST', connect: (place, credentials) => popCore(place, credentials, 'POST') },
]

describe.for(clients)('$name on a local cloud', ({ connect }) => {
  it.for(steps)('$title', async ({ take }) => {
    await take(connect(estate, estate.owner), { estate, connect })
  })
})

describe('a Node.js program written for the real cloud, through tanxing run', () => {
  it('does the whole walk with @alicloud/ecs20140526', async () => {
    const seen = (await runThrough(estate, [process.execPath, program('node', 'walk.cjs')])) as { readonly instances: string[] }
    expect(seen).toMatchObject({
      regions: estate.regionIds,
      states: ['Running', 'Stopped', 'Running', 'gone'],
      errors: { wrongSecret: 'SignatureDoesNotMatch', missingInstance: 'InvalidInstanceId.NotFound', forbidden: 'Forbidden.RAM' },
    })
    expect(seen.instances.toSorted()).toEqual(estate.instanceIds)
  })
})
