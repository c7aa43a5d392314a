import { describe, expect, test } from 'vitest'
import { testCloud } from '../testing.ts'
import { codeAt, fromBase32, toBase32 } from './totp.ts'

const step = 30_000

async function cloudWithDevice() {
  const cloud = await testCloud()
  const ram = (action: string, input: object = {}) => cloud.call(action, input, { product: 'ram' })
  const code = async (action: string, input: object = {}) => (await cloud.refusal(action, input, { product: 'ram' })).code
  await ram('CreateUser', { UserName: 'alice', DisplayName: 'Alice' })
  const { VirtualMFADevice: device } = await ram('CreateVirtualMFADevice', { VirtualMFADeviceName: 'phone' })
  const { SerialNumber, Base32StringSeed } = device
  /** Two codes as an app on the device would show them, from so many steps ago on. */
  const codes = (ago = 1) => {
    const at = cloud.clock.now() - ago * step
    return { AuthenticationCode1: codeAt(Base32StringSeed, at), AuthenticationCode2: codeAt(Base32StringSeed, at + step) }
  }
  const bind = (input: object = {}) => ram('BindMFADevice', { SerialNumber, UserName: 'alice', ...codes(), ...input })
  const listed = async () => (await ram('ListVirtualMFADevices')).VirtualMFADevices.VirtualMFADevice
  return { ...cloud, ram, code, SerialNumber, Base32StringSeed, codes, bind, listed }
}

describe('a virtual MFA device', () => {
  test('is made with a key that is told once, and listed without it', async () => {
    const { SerialNumber, Base32StringSeed, listed, code, cloud } = await cloudWithDevice()
    expect(SerialNumber).toBe(`acs:ram::${cloud.accountId}:mfa/phone`)
    expect(Base32StringSeed).toMatch(/^[A-Z2-7]{32}$/)
    expect(await listed()).toEqual([{ SerialNumber, ActivateDate: '' }])
    expect(JSON.stringify(cloud.requests(100))).not.toContain(Base32StringSeed)
    expect(await code('CreateVirtualMFADevice', { VirtualMFADeviceName: 'phone' })).toBe('EntityAlreadyExists.VirtualMFADevice')
    expect(await code('CreateVirtualMFADevice', { VirtualMFADeviceName: 'a b' })).toBe('InvalidParameter.VirtualMFADeviceName.InvalidChars')
    expect(await code('CreateVirtualMFADevice')).toBe('MissingVirtualMFADeviceName')
  })

  test('is bound by two codes that follow each other, and told of with its user', async () => {
    const { ram, code, SerialNumber, codes, bind, listed, clock } = await cloudWithDevice()
    const { AuthenticationCode1, AuthenticationCode2 } = codes()
    const asked = { SerialNumber, UserName: 'alice' }
    for (const wrong of [
      { AuthenticationCode1: AuthenticationCode2, AuthenticationCode2: AuthenticationCode1 },
      { AuthenticationCode1, AuthenticationCode2: AuthenticationCode1 },
      codes(4),
    ])
      expect(await code('BindMFADevice', { ...asked, ...wrong })).toBe('InvalidParameter.AuthenticationCode')
    expect(await code('GetUserMFAInfo', { UserName: 'alice' })).toBe('EntityNotExist.User.MFADevice')
    await bind()
    expect((await ram('GetUserMFAInfo', { UserName: 'alice' })).MFADevice).toEqual({ SerialNumber, Type: 'VMFA' })
    expect(await listed()).toMatchObject([
      { SerialNumber, ActivateDate: expect.stringMatching(/Z$/) as string, User: { UserName: 'alice', DisplayName: 'Alice' } },
    ])
    clock.advance(step)
    expect(await code('BindMFADevice', { ...asked, ...codes() })).toBe('EntityAlreadyExists.User.MFADevice')
    await ram('CreateUser', { UserName: 'bob' })
    expect(await code('BindMFADevice', { ...asked, UserName: 'bob', ...codes() })).toBe('EntityAlreadyExists.User.MFADevice')
  })

  test('stays with its user under another name, keeps it, and is unbound before it goes', async () => {
    const { ram, code, SerialNumber, bind } = await cloudWithDevice()
    await bind()
    await ram('UpdateUser', { UserName: 'alice', NewUserName: 'alison' })
    expect((await ram('GetUserMFAInfo', { UserName: 'alison' })).MFADevice.SerialNumber).toBe(SerialNumber)
    expect(await code('DeleteUser', { UserName: 'alison' })).toBe('DeleteConflict.User.MFADevice')
    expect(await code('DeleteVirtualMFADevice', { SerialNumber })).toBe('DeleteConflict.VirtualMFADevice.User')
    expect((await ram('UnbindMFADevice', { UserName: 'alison' })).MFADevice).toEqual({ SerialNumber })
    expect(await code('UnbindMFADevice', { UserName: 'alison' })).toBe('EntityNotExist.User.MFADevice')
    await ram('DeleteVirtualMFADevice', { SerialNumber })
    expect(await code('DeleteVirtualMFADevice', { SerialNumber })).toBe('EntityNotExist.VirtualMFADevice')
    expect(await code('DeleteVirtualMFADevice', { SerialNumber: 'acs:ram::1:mfa/phone' })).toBe('EntityNotExist.VirtualMFADevice')
    await ram('DeleteUser', { UserName: 'alison' })
  })
})

describe('one-time passwords', () => {
  // The test values of RFC 6238, appendix B, of which the last six digits count here.
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [20_000_000_000, '353130'],
  ])('at second %d are those of the standard', (second, code) => {
    expect(codeAt(toBase32(Buffer.from('12345678901234567890')), second * 1000)).toBe(code)
  })

  test('have keys in base32 that are read back', () => {
    const bytes = Buffer.from([0, 255, 1, 128, 77])
    expect(fromBase32(toBase32(bytes))).toEqual(bytes)
    expect(toBase32(Buffer.from('foobar'))).toBe('MZXW6YTBOI')
  })
})
