import { describe, expect, test } from 'vitest'
import { catalogue } from '../../api/catalogue.ts'
import { strays } from '../strays.ts'
import { testCloud } from '../testing.ts'

async function cloudWithAlice() {
  const cloud = await testCloud()
  const ram = (action: string, input: object = {}) => cloud.call(action, input, { product: 'ram' })
  const code = async (action: string, input: object = {}) => (await cloud.refusal(action, input, { product: 'ram' })).code
  await ram('CreateUser', { UserName: 'alice' })
  const { AccessKey } = await ram('CreateAccessKey', { UserName: 'alice' })
  const as = { accessKeyId: AccessKey.AccessKeyId, accessKeySecret: AccessKey.AccessKeySecret }
  /** As alice, who has no policy. */
  const alice = (action: string, input: object = {}) => cloud.call(action, input, { product: 'ram', as })
  const barred = async (action: string, input: object = {}) => (await cloud.refusal(action, input, { product: 'ram', as })).code
  return { ...cloud, ram, code, alice, barred, AccessKeyId: AccessKey.AccessKeyId }
}

describe('the password policy', () => {
  test('is the usual one until it is set, and set as a whole', async () => {
    const { ram, code } = await cloudWithAlice()
    const usual = {
      MinimumPasswordLength: 8,
      RequireNumbers: false,
      MaxPasswordAge: 0,
      PasswordReusePrevention: 0,
      MaxLoginAttemps: 5,
      HardExpiry: false,
    }
    const answer = await ram('GetPasswordPolicy')
    expect(answer.PasswordPolicy).toMatchObject(usual)
    expect(strays(answer, catalogue('ram').get('GetPasswordPolicy')?.output, 'policy')).toEqual([])
    const set = { MinimumPasswordLength: 12, RequireSymbols: true, MaxPasswordAge: 90, HardExpiry: true, MaxLoginAttemps: 3 }
    expect((await ram('SetPasswordPolicy', set)).PasswordPolicy).toMatchObject({ ...usual, ...set })
    await ram('SetPasswordPolicy', { RequireNumbers: true })
    expect((await ram('GetPasswordPolicy')).PasswordPolicy).toMatchObject({ ...usual, RequireNumbers: true, RequireSymbols: false })
    for (const [name, value] of [
      ['MinimumPasswordLength', 7],
      ['MaxPasswordAge', 1_096],
      ['PasswordReusePrevention', 25],
      ['MaxLoginAttemps', 33],
    ] as const)
      expect(await code('SetPasswordPolicy', { [name]: value })).toBe(`InvalidParameter.${name}`)
  })

  test('is what the passwords of users are held against', async () => {
    const { ram, code } = await cloudWithAlice()
    const user = { UserName: 'alice' }
    await ram('SetPasswordPolicy', {
      MinimumPasswordLength: 10,
      RequireLowercaseCharacters: true,
      RequireUppercaseCharacters: true,
      RequireNumbers: true,
      RequireSymbols: true,
    })
    for (const Password of ['Aa1!aaaaa', 'AA1!AAAAAA', 'aa1!aaaaaa', 'Aaa!aaaaaa', 'Aa1aaaaaaa', `Aa1!${'a'.repeat(29)}`])
      expect(await code('CreateLoginProfile', { ...user, Password })).toBe('InvalidParameter.Password.TooWeak')
    await ram('CreateLoginProfile', { ...user, Password: 'Aa1!aaaaaa' })
    expect(await code('UpdateLoginProfile', { ...user, Password: 'short' })).toBe('InvalidParameter.Password.TooWeak')
  })

  test('keeps the last passwords from being used again', async () => {
    const { ram, code } = await cloudWithAlice()
    const give = (Password: string) => ram('UpdateLoginProfile', { UserName: 'alice', Password })
    const refused = (Password: string) => code('UpdateLoginProfile', { UserName: 'alice', Password })
    await ram('CreateLoginProfile', { UserName: 'alice', Password: 'password one' })
    await give('password one')
    await ram('SetPasswordPolicy', { PasswordReusePrevention: 2 })
    await give('password two')
    expect(await refused('password one')).toBe('EntityAlreadyExists.User.Password')
    expect(await refused('password two')).toBe('EntityAlreadyExists.User.Password')
    await give('password three')
    await give('password one')
  })
})

describe('a user', () => {
  test('changes its own password, by the one it has, where the account lets it', async () => {
    const { ram, code, alice, barred, cloud } = await cloudWithAlice()
    const change = { OldPassword: 'password one', NewPassword: 'password two' }
    expect(await code('ChangePassword', change)).toBe('NoPermission')
    expect(await barred('ChangePassword', change)).toBe('EntityNotExist.User.LoginProfile')
    await ram('CreateLoginProfile', { UserName: 'alice', Password: 'password one', PasswordResetRequired: true })
    expect(await barred('ChangePassword', { ...change, OldPassword: 'password none' })).toBe('InvalidParameter.OldPassword')
    expect(await barred('ChangePassword', { ...change, NewPassword: 'short' })).toBe('InvalidParameter.Password.TooWeak')
    await alice('ChangePassword', change)
    expect((await ram('GetLoginProfile', { UserName: 'alice' })).LoginProfile.PasswordResetRequired).toBe(false)
    expect(await barred('ChangePassword', change)).toBe('InvalidParameter.OldPassword')
    await ram('SetSecurityPreference', { AllowUserToChangePassword: false })
    expect(await barred('ChangePassword', { OldPassword: 'password two', NewPassword: 'password three' })).toBe('NoPermission')
    const kept = Buffer.from(cloud.exportState()).toString() + JSON.stringify(cloud.requests(100))
    expect(kept).not.toMatch(/password (?:one|two|three)/)
  })

  test('manages its own AccessKeys and MFA device, and nobody else’s, where the account lets it', async () => {
    const { ram, alice, barred } = await cloudWithAlice()
    await ram('CreateUser', { UserName: 'bob' })
    expect(await barred('CreateAccessKey')).toBe('NoPermission')
    await ram('SetSecurityPreference', { AllowUserToManageAccessKeys: true })
    const { AccessKey } = await alice('CreateAccessKey')
    await alice('UpdateAccessKey', { UserAccessKeyId: AccessKey.AccessKeyId, Status: 'Inactive' })
    await alice('DeleteAccessKey', { UserName: 'alice', UserAccessKeyId: AccessKey.AccessKeyId })
    expect(await barred('CreateAccessKey', { UserName: 'bob' })).toBe('NoPermission')
    expect(await barred('GetUserMFAInfo', { UserName: 'alice' })).toBe('EntityNotExist.User.MFADevice')
    expect(await barred('GetUserMFAInfo', { UserName: 'bob' })).toBe('NoPermission')
    await ram('SetSecurityPreference', { AllowUserToManageMFADevices: false })
    expect(await barred('GetUserMFAInfo', { UserName: 'alice' })).toBe('NoPermission')
  })

  test('is kept from it by a policy that denies it', async () => {
    const { ram, barred } = await cloudWithAlice()
    await ram('SetSecurityPreference', { AllowUserToManageAccessKeys: true })
    const Statement = [{ Effect: 'Deny', Action: 'ram:CreateAccessKey', Resource: '*' }]
    await ram('CreatePolicy', { PolicyName: 'no-keys', PolicyDocument: JSON.stringify({ Version: '1', Statement }) })
    await ram('AttachPolicyToUser', { PolicyType: 'Custom', PolicyName: 'no-keys', UserName: 'alice' })
    expect(await barred('CreateAccessKey')).toBe('NoPermission')
  })

  test('has a key whose last use is told', async () => {
    const { ram, clock, barred, AccessKeyId } = await cloudWithAlice()
    const lastUsed = async () =>
      (await ram('GetAccessKeyLastUsed', { UserName: 'alice', UserAccessKeyId: AccessKeyId })).AccessKeyLastUsed.LastUsedDate
    expect(await lastUsed()).toBe('')
    clock.advance(60_000)
    expect(await barred('GetUser', { UserName: 'alice' })).toBe('NoPermission')
    expect(await lastUsed()).toBe('2026-01-01T00:01:00Z')
  })
})

describe('the security preference', () => {
  test('is the usual one until some of it is changed', async () => {
    const { ram, code } = await cloudWithAlice()
    const answer = await ram('GetSecurityPreference')
    expect(answer.SecurityPreference).toEqual({
      LoginProfilePreference: {
        AllowUserToChangePassword: true,
        EnableSaveMFATicket: false,
        LoginNetworkMasks: '',
        LoginSessionDuration: 6,
      },
      AccessKeyPreference: { AllowUserToManageAccessKeys: false },
      MFAPreference: { AllowUserToManageMFADevices: true },
      PublicKeyPreference: { AllowUserToManagePublicKeys: false },
    })
    const changed = await ram('SetSecurityPreference', {
      EnableSaveMFATicket: true,
      LoginNetworkMasks: '10.0.0.0/8;192.168.0.1;2001:db8::/32',
      LoginSessionDuration: 24,
      AllowUserToManagePublicKeys: true,
    })
    await ram('SetSecurityPreference', { LoginSessionDuration: 1 })
    const now = await ram('GetSecurityPreference')
    expect(now.SecurityPreference.LoginProfilePreference).toMatchObject({ EnableSaveMFATicket: true, LoginSessionDuration: 1 })
    expect(now.SecurityPreference.PublicKeyPreference).toEqual({ AllowUserToManagePublicKeys: true })
    expect(strays(changed, catalogue('ram').get('SetSecurityPreference')?.output, 'preference')).toEqual([])
    for (const LoginNetworkMasks of ['home', '10.0.0.0/8;', Array.from({ length: 41 }, () => '10.0.0.1').join(';')])
      expect(await code('SetSecurityPreference', { LoginNetworkMasks })).toBe('InvalidParameter.LoginNetworkMasks')
    for (const LoginSessionDuration of [0, 25])
      expect(await code('SetSecurityPreference', { LoginSessionDuration })).toBe('InvalidParameter.LoginSessionDuration')
  })
})
