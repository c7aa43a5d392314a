import { expect } from 'vitest'
import type { Credentials } from '../../src/cloud/index.ts'
import type { Estate } from './estate.ts'

export interface Page {
  readonly ids: readonly string[]
  /** Of all instances. */
  readonly total: number
  readonly nextToken: string
}

/** What the walk asks of a client; one adapter per client. Calls reject with an error that carries Alibaba's `code`. */
export interface Adapter {
  regions(): Promise<string[]>
  numberedPage(pageNumber: number, pageSize: number): Promise<Page>
  tokenPage(nextToken: string | undefined, maxResults: number): Promise<Page>
  /** `gone` when there is no such instance. */
  status(instanceId: string): Promise<string>
  /** Makes one instance and returns its id. */
  run(name: string): Promise<string>
  stop(instanceId: string): Promise<unknown>
  start(instanceId: string): Promise<unknown>
  release(instanceId: string): Promise<unknown>
}

interface Scene {
  readonly estate: Estate
  readonly connect: (estate: Estate, credentials: Credentials) => Adapter
}

export interface Step {
  readonly title: string
  readonly take: (client: Adapter, scene: Scene) => Promise<void>
}

const missing = 'i-bp1doesnotexist00000'

/** Asks until the instance is in the state; the cloud's clock is fast, so this ends soon or the test's time does. */
async function reaches(client: Adapter, instanceId: string, goal: string): Promise<void> {
  const seen = new Set<string>()
  for (let asked = 0; asked < 20_000; asked++) {
    const status = await client.status(instanceId)
    if (status === goal) return
    seen.add(status)
  }
  throw new Error(`${instanceId} never was ${goal}, only ${[...seen].join(', ')}`)
}

function seesAll(estate: Estate, pages: readonly Page[]): void {
  const ids = pages.flatMap((page) => page.ids)
  expect(ids.length).toBeGreaterThan(100)
  expect(pages.length).toBeGreaterThan(1)
  expect(ids.toSorted()).toEqual(estate.instanceIds)
}

/** The scenario every client is taken through. No step needs another to have gone before, and each leaves the estate as it was. */
export const steps: readonly Step[] = [
  {
    title: 'lists the regions',
    async take(client, { estate }) {
      const seen = await client.regions()
      expect(seen).toHaveLength(29)
      expect(seen).toEqual(estate.regionIds)
    },
  },
  {
    title: 'pages by number through more than 100 instances',
    async take(client, { estate }) {
      const pages: Page[] = []
      do pages.push(await client.numberedPage(pages.length + 1, 50))
      while (pages.length * 50 < (pages[0]?.total ?? 0))
      seesAll(estate, pages)
      expect(pages.map(({ total }) => total)).toEqual(pages.map(() => estate.instanceIds.length))
    },
  },
  {
    title: 'pages by token through more than 100 instances',
    async take(client, { estate }) {
      const pages: Page[] = []
      do pages.push(await client.tokenPage(pages.at(-1)?.nextToken, 100))
      while (pages.at(-1)?.nextToken)
      seesAll(estate, pages)
    },
  },
  {
    title: 'makes, stops, starts and releases an instance',
    async take(client) {
      const made = await client.run('杭州 & <one>+%/~*')
      await reaches(client, made, 'Running')
      await client.stop(made)
      await reaches(client, made, 'Stopped')
      await client.start(made)
      await reaches(client, made, 'Running')
      await client.release(made)
      await reaches(client, made, 'gone')
    },
  },
  {
    title: 'is told of a wrong secret',
    async take(_client, { estate, connect }) {
      const stranger = connect(estate, { ...estate.owner, accessKeySecret: 'not-the-secret' })
      await expect(stranger.regions()).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' })
    },
  },
  {
    title: 'is told of a missing instance',
    async take(client) {
      await expect(client.start(missing)).rejects.toMatchObject({ code: 'InvalidInstanceId.NotFound' })
    },
  },
  {
    title: 'is told of a forbidden call, which changes nothing',
    async take(client, { estate, connect }) {
      const [instanceId = ''] = estate.instanceIds
      const before = await client.status(instanceId)
      const reader = connect(estate, estate.reader)
      await expect(reader.stop(instanceId)).rejects.toMatchObject({ code: 'Forbidden.RAM' })
      expect(await reader.status(instanceId)).toBe(before)
    },
  },
]
