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
  readonly file: string
  /** Which Python, by the variable that names it. */
  readonly python: 'TANXING_PYTHON_TODAY' | 'TANXING_PYTHON_OLDEST'
  /** What must import. */
  readonly packages: string
  readonly states: readonly string[]
  /** The core of `aliyun-python-sdk` renames SignatureDoesNotMatch when its own string to sign is the server's. */
  readonly wrongSecret: string
}

const created = ['Stopped', 'Running', 'Stopped', 'gone']

const cases: readonly Case[] = [
  {
    title: 'aliyun-python-sdk-ecs as released today',
    file: 'tutorial.py',
    python: 'TANXING_PYTHON_TODAY',
    packages: 'aliyunsdkcore, aliyunsdkecs',
    states: created,
    wrongSecret: 'InvalidAccessKeySecret',
  },
  {
    title: 'aliyun-python-sdk-ecs as old as Python 3 installs',
    file: 'tutorial.py',
    python: 'TANXING_PYTHON_OLDEST',
    packages: 'aliyunsdkcore, aliyunsdkecs',
    states: created,
    wrongSecret: 'SignatureDoesNotMatch',
  },
  {
    title: 'alibabacloud_ecs20140526',
    file: 'modern.py',
    python: 'TANXING_PYTHON_TODAY',
    packages: 'alibabacloud_ecs20140526',
    states: ['Running', 'Stopped', 'Running', 'gone'],
    wrongSecret: 'SignatureDoesNotMatch',
  },
]

describe('Python programs written for the real cloud, through tanxing run', () => {
  it.for(cases)('$title does the whole walk', { timeout: 90_000 }, async ({ file, python, packages, states, wrongSecret }, { skip }) => {
    const command = process.env[python]
    if (command === undefined || !(await imports(command, packages))) {
      const reason = `${python} names no Python that imports ${packages}: .ci/run installs what test/clients/python/requirements-*.txt list`
      if (process.env.TANXING_NO_SKIP === '1') throw new Error(reason)
      skip(reason)
      return
    }
    const seen = (await runThrough(estate, command, program('python', file))) as {
      readonly instances: string[]
      readonly regions: string[]
    }
    expect(seen).toMatchObject({
      states,
      errors: { wrongSecret, missingInstance: 'InvalidInstanceId.NotFound', forbidden: 'Forbidden.RAM' },
      ...(file === 'tutorial.py' && { total: estate.instanceIds.length }),
    })
    expect(seen.regions).toEqual(estate.regionIds)
    expect(seen.regions).toHaveLength(29)
    expect(seen.instances.length).toBeGreaterThan(100)
    expect(seen.instances.toSorted()).toEqual(estate.instanceIds)
  })
})
