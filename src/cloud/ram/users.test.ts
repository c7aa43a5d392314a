import { describe, expect, test } from 'vitest'
import { testCloud } from '../testing.ts'

const product = 'ram'

async function cloudWithAlice() {
  const cloud = await testCloud()
  const ram = (action: string, input: object = {}) => cloud.call(action, input, { product })
  const refusal = (action: string, input: object = {}) => cloud.refusal(action, input, { product })
  const { User } = await ram('CreateUser', { UserName: 'alice', DisplayName: 'Alice', Comments: 'on call' })
  return { ...cloud, ram, refusal, alice: User }
}

describe('a user', () => {
  test('is answered whole when made, and found again', async () => {
    const { ram, alice } = await cloudWithAlice()
    expect(alice).toEqual({
      UserId: expect.stringMatching(/^2\d{17}$/),
      UserName: 'alice',
      DisplayName: 'Alice',
      MobilePhone: '',
      Email: '',
      Comments: 'on call',
      CreateDate: '2026-01-01T00:00:00Z',
    })
    expect((await ram('GetUser', { UserName: 'alice' })).User).toMatchObject(alice)
  })

  test.each([
    ['a name that exists', { UserName: 'alice' }, 'EntityAlreadyExists.User', 409],
    ['no name', {}, 'MissingUserName', 400],
    ['a name with a blank', { UserName: 'a b' }, 'InvalidParameter.UserName.InvalidChars', 400],
    ['a name too long', { UserName: 'a'.repeat(65) }, 'InvalidParameter.UserName.Length', 400],
    ['a phone that is none', { UserName: 'b', MobilePhone: 'x' }, 'InvalidParameter.MobilePhone.InvalidChars', 400],
    ['a comment too long', { UserName: 'b', Comments: 'a'.repeat(129) }, 'InvalidParameter.Comments.Length', 400],
  ])('is not made with %s', async (_title, input, code, status) => {
    const { refusal, ram } = await cloudWithAlice()
    expect(await refusal('CreateUser', input)).toMatchObject({ code, status })
    expect((await ram('ListUsers')).Users.User).toHaveLength(1)
  })

  test('keeps its id, keys and policies under a new name', async () => {
    const { ram, refusal, alice } = await cloudWithAlice()
    const { AccessKey } = await ram('CreateAccessKey', { UserName: 'alice' })
    await ram('AttachPolicyToUser', { PolicyType: 'System', PolicyName: 'AliyunECSFullAccess', UserName: 'alice' })
    const { User } = await ram('UpdateUser', { UserName: 'alice', NewUserName: 'alicia', NewEmail: 'a@example.com' })
    expect(User).toMatchObject({ UserId: alice.UserId, UserName: 'alicia', Email: 'a@example.com', Comments: 'on call' })
    expect((await ram('ListAccessKeys', { UserName: 'alicia' })).AccessKeys.AccessKey[0].AccessKeyId).toBe(AccessKey.AccessKeyId)
    expect((await ram('ListPoliciesForUser', { UserName: 'alicia' })).Policies.Policy).toHaveLength(1)
    expect(await refusal('GetUser', { UserName: 'alice' })).toMatchObject({ code: 'EntityNotExist.User', status: 404 })
  })

  test('is deleted only once it has neither keys nor policies', async () => {
    const { ram, refusal } = await cloudWithAlice()
    const policy = { PolicyType: 'System', PolicyName: 'AliyunECSFullAccess', UserName: 'alice' }
    const { AccessKey } = await ram('CreateAccessKey', { UserName: 'alice' })
    await ram('AttachPolicyToUser', policy)
    expect(await refusal('DeleteUser', { UserName: 'alice' })).toMatchObject({ code: 'DeleteConflict.User.AccessKey', status: 409 })
    await ram('DeleteAccessKey', { UserName: 'alice', UserAccessKeyId: AccessKey.AccessKeyId })
    expect(await refusal('DeleteUser', { UserName: 'alice' })).toMatchObject({ code: 'DeleteConflict.User.Policy', status: 409 })
    await ram('DetachPolicyFromUser', policy)
    await ram('DeleteUser', { UserName: 'alice' })
    expect((await ram('ListUsers')).Users.User).toEqual([])
  })
})

describe('a list of users', () => {
  test('is read to its end by marker, each user once, though one is deleted on the way', async () => {
    const { ram } = await cloudWithAlice()
    for (const UserName of ['bob', 'carol', 'dave', 'erin']) await ram('CreateUser', { UserName })
    const seen: string[] = []
    let marker: string | undefined
    do {
      const page = await ram('ListUsers', { MaxItems: 2, Marker: marker })
      seen.push(...page.Users.User.map((user: { UserName: string }) => user.UserName))
      expect(page.IsTruncated).toBe(page.Marker !== undefined)
      if (seen.length === 2) await ram('DeleteUser', { UserName: 'bob' })
      marker = page.Marker
    } while (marker !== undefined)
    expect(seen).toEqual(['alice', 'bob', 'carol', 'dave', 'erin'])
  })

  test('holds up to 1000 on a page', async () => {
    const { ram } = await cloudWithAlice()
    expect((await ram('ListUsers', { MaxItems: 1000 })).Users.User).toHaveLength(1)
  })

  test.each([
    ['MaxItems', 0],
    ['MaxItems', 1001],
    ['Marker', '!'],
  ])('is refused with %s %s', async (name, value) => {
    const { refusal } = await cloudWithAlice()
    expect((await refusal('ListUsers', { [name]: value })).code).toBe(`InvalidParameter.${name}`)
  })
})

describe('an AccessKey', () => {
  test('shows its secret once, and two are the most', async () => {
    const { ram, refusal } = await cloudWithAlice()
    const { AccessKey } = await ram('CreateAccessKey', { UserName: 'alice' })
    expect(AccessKey.AccessKeyId).toMatch(/^LTAI5t[A-Za-z0-9]{18}$/)
    expect(AccessKey.AccessKeySecret).toMatch(/^[A-Za-z0-9]{30}$/)
    await ram('CreateAccessKey', { UserName: 'alice' })
    expect(JSON.stringify(await ram('ListAccessKeys', { UserName: 'alice' }))).not.toContain(AccessKey.AccessKeySecret)
    expect(await refusal('CreateAccessKey', { UserName: 'alice' })).toMatchObject({ code: 'LimitExceeded.User.AccessKey', status: 409 })
  })

  test('opens nothing while it is inactive', async () => {
    const { ram, refusal, call } = await cloudWithAlice()
    const { AccessKey } = await ram('CreateAccessKey', { UserName: 'alice' })
    const as = { accessKeyId: AccessKey.AccessKeyId, accessKeySecret: AccessKey.AccessKeySecret }
    const key = { UserName: 'alice', UserAccessKeyId: AccessKey.AccessKeyId }
    await ram('UpdateAccessKey', { ...key, Status: 'Inactive' })
    await expect(call('GetCallerIdentity', {}, { product: 'sts', as })).rejects.toMatchObject({ code: 'InvalidAccessKeyId.Inactive' })
    await ram('UpdateAccessKey', { ...key, Status: 'Active' })
    expect((await call('GetCallerIdentity', {}, { product: 'sts', as })).Arn).toMatch(/:user\/alice$/)
    expect((await refusal('UpdateAccessKey', { ...key, Status: 'active' })).code).toBe('InvalidParameter.Status')
  })

  test("is not found under another user's name", async () => {
    const { ram, refusal } = await cloudWithAlice()
    await ram('CreateUser', { UserName: 'bob' })
    const { AccessKey } = await ram('CreateAccessKey', { UserName: 'alice' })
    const wrong = { UserName: 'bob', UserAccessKeyId: AccessKey.AccessKeyId }
    expect(await refusal('DeleteAccessKey', wrong)).toMatchObject({ code: 'EntityNotExist.User.AccessKey', status: 404 })
  })
})
