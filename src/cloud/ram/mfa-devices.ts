import { toSeconds } from '../../api/time.ts'
import { demand } from '../fault.ts'
import { type Context, ram } from '../operation.ts'
import { name, needed } from './fields.ts'
import { mfaDeviceOf, userNamed } from './find.ts'
import { namedId } from './identity.ts'
import { qrCode } from './qr-code.ts'
import { spare } from './quotas.ts'
import { pngOf } from './png.ts'
import type { MfaDevice } from './records.ts'
import { areConsecutive, toBase32 } from './totp.ts'

const serialOf = ({ accountId, deviceName }: Pick<MfaDevice, 'accountId' | 'deviceName'>) => `acs:ram::${accountId}:mfa/${deviceName}`

/** @throws Fault EntityNotExist.VirtualMFADevice */
function deviceOf(serial: string | undefined, { state, accountId }: Context): MfaDevice {
  const text = needed(serial, 'SerialNumber')
  const prefix = serialOf({ accountId, deviceName: '' })
  const device = text.startsWith(prefix) ? state.mfaDevices.get(namedId(accountId, text.slice(prefix.length))) : undefined
  demand(device, 'EntityNotExist.VirtualMFADevice', 'The virtual MFA device does not exist.', 404)
  return device
}

/** @throws Fault EntityNotExist.User, EntityNotExist.User.MFADevice */
function boundTo(userName: string | undefined, context: Context): MfaDevice {
  const device = mfaDeviceOf(userNamed(userName, context), context)
  demand(device, 'EntityNotExist.User.MFADevice', 'The user has not bound any MFA device.', 404)
  return device
}

/** How an authenticator app is told of a device (that the real address looks so is unconfirmed). */
const addressOf = ({ accountId, deviceName, secretSeed }: MfaDevice): string =>
  `otpauth://totp/${deviceName}@${accountId}?secret=${secretSeed}&issuer=Aliyun`

/** The only answer that ever holds the key, as text and drawn for an app to read. */
export const CreateVirtualMFADevice = ram('CreateVirtualMFADevice', ['VirtualMFADeviceName'], (input, context) => {
  const { state, accountId, random } = context
  const deviceName = name('VirtualMFADeviceName', input.VirtualMFADeviceName)
  const id = namedId(accountId, deviceName)
  const free = state.mfaDevices.get(id) === undefined
  demand(free, 'EntityAlreadyExists.VirtualMFADevice', 'The virtual MFA device already exists.', 409)
  spare('LimitExceeded.VirtualMFADevice', state.mfaDevices.list({ accountId }).length)
  const secretSeed = toBase32(random.bytes(20))
  const device = state.mfaDevices.put({ id, accountId, regionId: '', deviceName, secretSeed, userName: '', activatedAt: undefined })
  const QRCodePNG = pngOf(qrCode(addressOf(device))).toString('base64')
  return { VirtualMFADevice: { SerialNumber: serialOf(device), Base32StringSeed: secretSeed, QRCodePNG } }
})

/** Two codes one after the other, by the cloud's clock, show that whoever binds it has the device. */
export const BindMFADevice = ram(
  'BindMFADevice',
  ['SerialNumber', 'UserName', 'AuthenticationCode1', 'AuthenticationCode2'],
  (input, context) => {
    const { state, now } = context
    const user = userNamed(input.UserName, context)
    const device = deviceOf(input.SerialNumber, context)
    demand(mfaDeviceOf(user, context) === undefined, 'EntityAlreadyExists.User.MFADevice', 'The user has an MFA device already.', 409)
    demand(device.userName === '', 'EntityAlreadyExists.User.MFADevice', 'The device is bound to another user.', 409)
    const [first, second] = [
      needed(input.AuthenticationCode1, 'AuthenticationCode1'),
      needed(input.AuthenticationCode2, 'AuthenticationCode2'),
    ]
    const right = areConsecutive(device.secretSeed, first, second, now)
    demand(right, 'InvalidParameter.AuthenticationCode', 'The two codes are not consecutive codes of the device.', 400)
    state.mfaDevices.put({ ...device, userName: user.userName, activatedAt: now })
    return {}
  },
)

/** The device stays, and can be bound again. */
export const UnbindMFADevice = ram('UnbindMFADevice', ['UserName'], (input, context) => {
  const device = boundTo(input.UserName, context)
  context.state.mfaDevices.put({ ...device, userName: '', activatedAt: undefined })
  return { MFADevice: { SerialNumber: serialOf(device) } }
})

export const DeleteVirtualMFADevice = ram('DeleteVirtualMFADevice', ['SerialNumber'], (input, context) => {
  const device = deviceOf(input.SerialNumber, context)
  demand(device.userName === '', 'DeleteConflict.VirtualMFADevice.User', 'The device is bound to a user: unbind it first.', 409)
  context.state.mfaDevices.delete(device.id)
  return {}
})

export const ListVirtualMFADevices = ram('ListVirtualMFADevices', [], (_input, { state, accountId }) => ({
  VirtualMFADevices: {
    VirtualMFADevice: state.mfaDevices.select({ accountId }).map((device) => {
      const user = device.userName === '' ? undefined : state.users.get(namedId(accountId, device.userName))
      return {
        SerialNumber: serialOf(device),
        ActivateDate: device.activatedAt === undefined ? '' : toSeconds(device.activatedAt),
        ...(user && { User: { UserId: user.userId, UserName: user.userName, DisplayName: user.displayName } }),
      }
    }),
  },
}))

export const GetUserMFAInfo = ram('GetUserMFAInfo', ['UserName'], (input, context) => ({
  MFADevice: { SerialNumber: serialOf(boundTo(input.UserName, context)), Type: 'VMFA' },
}))
