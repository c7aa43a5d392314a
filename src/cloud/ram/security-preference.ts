import { demand } from '../fault.ts'
import { ram } from '../operation.ts'
import { parseCidr } from '../vpc/cidr.ts'
import { accountRow, securityPreferenceOf } from './account-settings.ts'
import type { SecurityPreference } from './records.ts'
import { isIPv6 } from '../net.ts'

const view = (preference: SecurityPreference) => ({
  LoginProfilePreference: {
    AllowUserToChangePassword: preference.changePassword,
    EnableSaveMFATicket: preference.saveMfaTicket,
    LoginNetworkMasks: preference.loginNetworkMasks,
    LoginSessionDuration: preference.loginSessionHours,
  },
  AccessKeyPreference: { AllowUserToManageAccessKeys: preference.manageAccessKeys },
  MFAPreference: { AllowUserToManageMFADevices: preference.manageMfaDevices },
  PublicKeyPreference: { AllowUserToManagePublicKeys: preference.managePublicKeys },
})

const [mostMasks, longestMasks] = [40, 512]

const isMask = (text: string): boolean => {
  const [address = '', bits] = text.split('/')
  return parseCidr(text) !== undefined || (isIPv6(address) && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= 128)))
}

/** Up to 40 blocks with semicolons between, 512 characters. @throws Fault InvalidParameter.LoginNetworkMasks (unconfirmed) */
function demandMasks(masks: string): string {
  const list = masks === '' ? [] : masks.split(';')
  const fits = masks.length <= longestMasks && list.length <= mostMasks && list.every(isMask)
  demand(fits, 'InvalidParameter.LoginNetworkMasks', 'The specified LoginNetworkMasks is not valid.', 400)
  return masks
}

/** @throws Fault InvalidParameter.LoginSessionDuration (unconfirmed) */
function demandHours(hours: number): number {
  const fits = Number.isInteger(hours) && hours >= 1 && hours <= 24
  demand(fits, 'InvalidParameter.LoginSessionDuration', 'The specified LoginSessionDuration is not from 1 to 24.', 400)
  return hours
}

export const GetSecurityPreference = ram('GetSecurityPreference', [], (_input, { state, accountId }) => ({
  SecurityPreference: view(securityPreferenceOf(state, accountId)),
}))

/** Changes what is given (that the rest stays is unconfirmed). What users may do by themselves counts at once; the rest is about logins. */
export const SetSecurityPreference = ram(
  'SetSecurityPreference',
  [
    'AllowUserToChangePassword',
    'AllowUserToManageAccessKeys',
    'AllowUserToManageMFADevices',
    'AllowUserToManagePublicKeys',
    'EnableSaveMFATicket',
    'LoginNetworkMasks',
    'LoginSessionDuration',
  ],
  (input, { state, accountId }) => {
    const now = securityPreferenceOf(state, accountId)
    const securityPreference: SecurityPreference = {
      changePassword: input.AllowUserToChangePassword ?? now.changePassword,
      manageAccessKeys: input.AllowUserToManageAccessKeys ?? now.manageAccessKeys,
      manageMfaDevices: input.AllowUserToManageMFADevices ?? now.manageMfaDevices,
      managePublicKeys: input.AllowUserToManagePublicKeys ?? now.managePublicKeys,
      saveMfaTicket: input.EnableSaveMFATicket ?? now.saveMfaTicket,
      loginNetworkMasks: demandMasks(input.LoginNetworkMasks ?? now.loginNetworkMasks),
      loginSessionHours: demandHours(input.LoginSessionDuration ?? now.loginSessionHours),
    }
    state.accounts.put({ ...accountRow(state, accountId), securityPreference })
    return { SecurityPreference: view(securityPreference) }
  },
)
