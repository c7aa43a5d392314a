import { scryptSync, timingSafeEqual } from 'node:crypto'
import type { Random } from '../engine/random.ts'
import { demand } from '../fault.ts'
import type { LoginProfile, PasswordPolicy } from './records.ts'

/** Passwords that are remembered for their reuse to be refused, the current one among them. */
const mostRemembered = 25
const longest = 32
/** Cheap: what is kept guards a password of a test, and is asked for in the middle of a request. */
const cost = { N: 1024 }
const digest = (password: string, salt: Buffer) => scryptSync(password, salt, 32, cost)

function matches(password: string, hash: string): boolean {
  const [salt = '', kept = ''] = hash.split('.')
  const [given, known] = [digest(password, Buffer.from(salt, 'base64')), Buffer.from(kept, 'base64')]
  return known.length === given.length && timingSafeEqual(given, known)
}

const hashed = (password: string, random: Random): string => {
  const salt = random.bytes(16)
  return `${salt.toString('base64')}.${digest(password, salt).toString('base64')}`
}

/** @throws Fault InvalidParameter.Password.TooWeak */
function demandPassword(password: string, policy: PasswordPolicy): void {
  const asked = [
    [policy.lowercase, /[a-z]/],
    [policy.uppercase, /[A-Z]/],
    [policy.numbers, /\d/],
    [policy.symbols, /[^A-Za-z0-9]/],
  ] as const
  const fits =
    password.length >= policy.minimumLength && password.length <= longest && asked.every(([on, form]) => !on || form.test(password))
  demand(fits, 'InvalidParameter.Password.TooWeak', 'The parameter - "Password" is not compliant with the password policy.')
}

/** Whether that is the profile's password; nothing is that of one from before passwords were remembered. */
export function isPasswordOf({ passwordHashes = [] }: LoginProfile, password: string): boolean {
  const [current] = passwordHashes
  return current !== undefined && matches(password, current)
}

/**
 * The hashes of a profile that is given a password, newest first. Nobody logs in here: they are for ChangePassword and for what may not
 * be used again.
 * @throws Fault InvalidParameter.Password.TooWeak, EntityAlreadyExists.User.Password (unconfirmed) for one of the last that may not be used again
 */
export function withPassword(
  passwordHashes: readonly string[] = [],
  password: string,
  policy: PasswordPolicy,
  random: Random,
): readonly string[] {
  demandPassword(password, policy)
  const used = passwordHashes.slice(0, policy.reusePrevention).some((hash) => matches(password, hash))
  demand(!used, 'EntityAlreadyExists.User.Password', `The last ${policy.reusePrevention} passwords may not be used again.`, 409)
  return [hashed(password, random), ...passwordHashes].slice(0, mostRemembered)
}
