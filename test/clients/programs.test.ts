import { beforeEach, describe, expect, it } from 'vitest'
import { type Estate, openEstate } from './estate.ts'
import { imports, program, runThrough } from './tanxing-run.ts'

let estate: Estate
beforeEach(async () => {
  estate = await openEstate()
  return () => estate.close()
})

interface Case {
  readonly title: string
  /** The variable that says how to run it; .ci/run sets it. */
  readonly variable: string
  /** The program, from what the variable says. Rejects with why it cannot be run. */
  readonly command: (set: string) => Promise<readonly string[]>
  readonly states: readonly string[]
  /** The core of `aliyun-python-sdk` of today renames SignatureDoesNotMatch when their own string to sign is the server's. */
  readonly wrongSecret: string
}

const created = ['Stopped', 'Running', 'Stopped', 'gone']
const run = ['Running', 'Stopped', 'Running', 'gone']

const python = (file: string, packages: string) => async (set: string) => {
  if (!(await imports(set, packages))) throw new Error(`${set} does not import ${packages}`)
  return [set, program('python', file)]
}

const cases: readonly Case[] = [
  {
    title: 'aliyun-python-sdk-ecs as released today',
    variable: 'TANXING_PYTHON_TODAY',
    command: python('tutorial.py', 'aliyunsdkcore, aliyunsdkecs'),
    states: created,
    wrongSecret: 'InvalidAccessKeySecret',
  },
  {
    title: 'aliyun-python-sdk-ecs as old as Python 3 installs',
    variable: 'TANXING_PYTHON_OLDEST',
    command: python('tutorial.py', 'aliyunsdkcore, aliyunsdkecs'),
    states: created,
    wrongSecret: 'SignatureDoesNotMatch',
  },
  {
    title: 'alibabacloud_ecs20140526 of Python',
    variable: 'TANXING_PYTHON_TODAY',
    command: python('modern.py', 'alibabacloud_ecs20140526'),
    states: run,
    wrongSecret: 'SignatureDoesNotMatch',
  },
  {
    title: 'alibaba-cloud-sdk-go',
    variable: 'TANXING_GO_TUTORIAL',
    command: (set) => Promise.resolve([set]),
    states: run,
    wrongSecret: 'SignatureDoesNotMatch',
  },
  {
    title: 'com.aliyun:ecs20140526 of Java',
    variable: 'TANXING_JAVA_CLASSES',
    command: (set) => Promise.resolve(['java', '-cp', set, 'Tutorial']),
    states: run,
    wrongSecret: 'SignatureDoesNotMatch',
  },
]

describe('programs written for the real cloud, through tanxing run', () => {
  it.for(cases)('$title: the whole walk', { timeout: 90_000 }, async ({ variable, command, states, wrongSecret }, { skip }) => {
    const set = process.env[variable]
    const words = set === undefined ? new Error('it is not set') : await command(set).catch((error: unknown) => error as Error)
    if (words instanceof Error) {
      const reason = `${variable} leads to no program: ${words.message}; .ci/run makes it from test/clients`
      if (process.env.TANXING_NO_SKIP === '1') throw new Error(reason)
      skip(reason)
      return
    }
    const seen = (await runThrough(estate, words)) as { readonly instances: string[]; readonly regions: string[]; readonly total?: number }
    expect(seen).toMatchObject({
      states,
      errors: { wrongSecret, missingInstance: 'InvalidInstanceId.NotFound', forbidden: 'Forbidden.RAM' },
    })
    expect(seen.regions).toEqual(estate.regionIds)
    expect(seen.regions).toHaveLength(29)
    expect(seen.total ?? seen.instances.length).toBe(estate.instanceIds.length)
    expect(seen.instances.length).toBeGreaterThan(100)
    expect(seen.instances.toSorted()).toEqual(estate.instanceIds)
  })
})
