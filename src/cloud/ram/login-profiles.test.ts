import { describe, expect, test } from 'vitest'
import { testCloud } from '../testing.ts'

async function cloudWithAlice() {
  const cloud = await testCloud({ accounts: [{}, {}] })
  const ram = (action: string, input: object = {}) => cloud.call(action, input, { product: 'ram' })
  const refused = (action: string, input: object = {}) => cloud.refusal(action, input, { product: 'ram' })
  await ram('CreateUser', { UserName: 'alice' })
  return { ...cloud, ram, refused }
}
const alice = { UserName: 'alice' }

describe("a user's login profile", () => {
  test('is made, changed, told without its password, and in the way of deleting the user', async () => {
    const { ram, refused, cloud } = await cloudWithAlice()
    expect(await refused('GetLoginProfile', alice)).toMatchObject({ code: 'EntityNotExist.User.LoginProfile', status: 404 })
    const { LoginProfile } = await ram('CreateLoginProfile', { ...alice, Password: 'a long password', PasswordResetRequired: true })
    expect(LoginProfile).toEqual({ ...alice, PasswordResetRequired: true, MFABindRequired: false, CreateDate: '2026-01-01T00:00:00Z' })
    expect((await refused('CreateLoginProfile', { ...alice, Password: 'a long password' })).code).toBe(
      'EntityAlreadyExists.User.LoginProfile',
    )
    await ram('UpdateLoginProfile', { ...alice, MFABindRequired: true, PasswordResetRequired: false })
    expect((await ram('GetLoginProfile', alice)).LoginProfile).toMatchObject({ PasswordResetRequired: false, MFABindRequired: true })
    expect(await refused('DeleteUser', alice)).toMatchObject({ code: 'DeleteConflict.User.LoginProfile', status: 409 })
    const kept = Buffer.from(cloud.exportState()).toString() + JSON.stringify(cloud.requests(100))
    expect(kept).not.toContain('a long password')
    await ram('DeleteLoginProfile', alice)
    await ram('DeleteUser', alice)
  })

  test('needs a password of some length', async () => {
    const { refused } = await cloudWithAlice()
    expect((await refused('CreateLoginProfile', { ...alice, Password: 'short' })).code).toBe('InvalidParameter.Password.TooWeak')
    expect((await refused('CreateLoginProfile', alice)).code).toBe('MissingPassword')
  })

  test('has no MFA device', async () => {
    const { refused } = await cloudWithAlice()
    expect(await refused('GetUserMFAInfo', alice)).toMatchObject({ code: 'EntityNotExist.User.MFADevice', status: 404 })
  })
})

test('an account has an alias of its own, which no other account may take', async () => {
  const { ram, refused, cloud, refusal } = await cloudWithAlice()
  expect((await ram('GetAccountAlias')).AccountAlias).toBe('')
  await ram('SetAccountAlias', { AccountAlias: 'my-shop' })
  expect((await ram('GetAccountAlias')).AccountAlias).toBe('my-shop')
  const as = cloud.accounts[1]?.credentials ?? cloud.credentials
  const taken = await refusal('SetAccountAlias', { AccountAlias: 'my-shop' }, { product: 'ram', as })
  expect(taken).toMatchObject({ code: 'EntityAlreadyExists.AccountAlias', status: 409 })
  expect((await refused('SetAccountAlias', { AccountAlias: 'a--b' })).code).toBe('InvalidParameter.AccountAlias.Format')
  expect((await refused('SetAccountAlias', { AccountAlias: 'ab' })).code).toBe('InvalidParameter.AccountAlias.Length')
  await ram('ClearAccountAlias')
  expect((await ram('GetAccountAlias')).AccountAlias).toBe('')
})
