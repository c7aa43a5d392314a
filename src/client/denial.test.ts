import { expect, it } from 'vitest'
import { apiError, PermissionError } from './api-error.ts'
import { denialOf } from './denial.ts'

const detail = {
  AuthAction: 'ecs:StartInstance',
  AuthPrincipalType: 'SubUser',
  AuthPrincipalDisplayName: '28777',
  AuthPrincipalOwnerId: '1234',
  NoPermissionType: 'ImplicitDeny',
  PolicyType: 'AccountLevelIdentityBasedPolicy',
}
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64')

it('a refusal by RAM reads as who lacks what on what, and why', () => {
  const EncodedDiagnosticMessage = encoded({ AuthResource: 'acs:ecs:cn-hangzhou:1234:instance/i-1' })
  const denial = denialOf({ ...detail, EncodedDiagnosticMessage })
  expect(denial).toMatchObject({ action: 'ecs:StartInstance', principal: 'user 28777', accountId: '1234', explicit: false })
  expect(denial?.text).toEqual({
    en: 'user 28777 lacks ecs:StartInstance on acs:ecs:cn-hangzhou:1234:instance/i-1: no policy allows it (AccountLevelIdentityBasedPolicy)',
    zh: '用户 28777 缺少 ecs:StartInstance 权限（资源 acs:ecs:cn-hangzhou:1234:instance/i-1）：没有策略允许（AccountLevelIdentityBasedPolicy）',
  })
})

it('what cannot be read of it is left out', () => {
  for (const EncodedDiagnosticMessage of ['AQEAAAAA', '***', encoded('text'), encoded(null)])
    expect(denialOf({ ...detail, NoPermissionType: 'ExplicitDeny', EncodedDiagnosticMessage })).toMatchObject({
      resource: undefined,
      text: { en: 'user 28777 lacks ecs:StartInstance: a policy denies it (AccountLevelIdentityBasedPolicy)' },
    })
  expect(denialOf(undefined)).toBeUndefined()
  expect(denialOf({ PolicyType: 'x' })).toBeUndefined()
})

it('is the hint of the error, in both languages', async () => {
  const base = { action: 'StartInstance', regionId: 'cn-hangzhou', status: 403, requestId: 'R', attempts: 1, message: 'no' }
  const error = await apiError({ ...base, code: 'Forbidden.RAM', accessDeniedDetail: detail })
  expect(error).toBeInstanceOf(PermissionError)
  expect(error.hint.en).toBe('user 28777 lacks ecs:StartInstance: no policy allows it (AccountLevelIdentityBasedPolicy)')
  expect(error.link).toBe('https://api.aliyun.com/troubleshoot?q=Forbidden.RAM')
})
