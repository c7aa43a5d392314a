import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { StsClient } from '../../src/client/index.ts'
import type { Credentials } from '../../src/cloud/index.ts'
import { openRoleEstate, type RoleEstate } from './role-estate.ts'
import { imports, program, runTanxing } from './tanxing-run.ts'

let estate: RoleEstate
let folder: string
beforeEach(async () => {
  estate = await openRoleEstate()
  folder = await mkdtemp(join(tmpdir(), 'tanxing-credentials-'))
  await writeFile(join(folder, 'token'), estate.oidcToken)
  return async () => {
    await estate.cloud.close()
    await rm(folder, { recursive: true, force: true })
  }
})

interface Told {
  readonly sessions: Readonly<Record<string, Credentials>>
  readonly regions: number
  readonly endpoint: string
  readonly termination: string
}

/** Runs a program as on the instance, and tells for whom each of its credentials are. */
async function onInstance(command: string, file: string) {
  const { user, roleArn, providerArn, url, instanceId } = estate
  const args = [user.accessKeyId, user.accessKeySecret, roleArn, providerArn, join(folder, 'token')]
  const options = ['--endpoint', url, '--instance', instanceId]
  const { sessions, ...told } = (await runTanxing(options, [command, file, ...args])) as Told
  const arns: Record<string, string> = {}
  for (const [name, credentials] of Object.entries(sessions)) {
    const sts = new StsClient({ fetch: estate.cloud.fetch, regionId: 'cn-hangzhou', credentials })
    arns[name] = (await sts.getCallerIdentity()).Arn
  }
  return { ...told, arns }
}

const expected = () => {
  const role = estate.roleArn.replace(':role/', ':assumed-role/')
  const instance = `${role}/vm-ram-${estate.instanceId}`
  return {
    arns: { chain: instance, instance, hardened: instance, role: `${role}/role-1`, oidc: `${role}/oidc-1` },
    regions: 29,
    endpoint: expect.stringMatching(/^ecs.*\.aliyuncs\.com$/) as string,
    termination: new Date(estate.cloud.clock.now() + 5 * 60_000).toISOString().replace(/\.\d+Z$/, 'Z'),
  }
}

describe('the official credential libraries, unmodified, as on an instance of the local cloud', () => {
  it('@alicloud/credentials: the instance, a role and an OIDC token, and the notice that a spot instance goes', async () => {
    expect(await onInstance(process.execPath, program('node', 'credentials.cjs'))).toEqual(expected())
  })

  it('alibabacloud_credentials for Python: the same, now and later', { timeout: 90_000 }, async ({ skip }) => {
    const python = process.env.TANXING_PYTHON_TODAY
    const packages = 'alibabacloud_credentials, alibabacloud_ecs20140526, aliyunsdkcore'
    if (python === undefined || !(await imports(python, packages))) {
      const reason = `TANXING_PYTHON_TODAY names no Python that imports ${packages}: .ci/run installs what test/clients/python/requirements-*.txt list`
      if (process.env.TANXING_NO_SKIP === '1') throw new Error(reason)
      skip(reason)
      return
    }
    const { arns, ...rest } = expected()
    expect(await onInstance(python, program('python', 'credentials.py'))).toEqual({ ...rest, arns: { ...arns, later: arns.instance } })
  })
})
