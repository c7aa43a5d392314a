import { demand } from '../fault.ts'

/** How many of each an account, or one identity, may have. Two AccessKeys per user and five versions per policy are documented; the others are unconfirmed. */
const quotas = {
  'LimitExceeded.User': 1000,
  'LimitExceeded.Role': 1000,
  'LimitExceeded.Policy': 1500,
  'LimitExceeded.Group': 300,
  'LimitExceeded.Policy.Version': 5,
  'LimitExceeded.User.AccessKey': 2,
  'LimitExceeded.User.Group': 50,
  'LimitExceeded.VirtualMFADevice': 1000,
  'LimitExceeded.User.Policy': 40,
  'LimitExceeded.Group.Policy': 40,
  'LimitExceeded.Role.Policy': 40,
} as const

/** How many versions a policy may have. */
export const mostVersions: number = quotas['LimitExceeded.Policy.Version']

/** @throws Fault the code itself when `count` of them already exist */
export const spare = (code: keyof typeof quotas, count: number): void =>
  demand(count < quotas[code], code, `The count of ${code.slice('LimitExceeded.'.length)} beyond the current limits.`, 409)
