import type { Random } from '../engine/random.ts'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const pick = (random: Random, alphabet: string, length: number) =>
  Array.from({ length }, () => alphabet[random.integer(alphabet.length)]).join('')

/** The id of a user (`2…`) or a role (`3…`): 18 digits. */
export const newPrincipalId = (kind: 'user' | 'role', random: Random): string =>
  `${kind === 'user' ? 2 : 3}${pick(random, '0123456789', 17)}`

/** The id of a group: `g-` and 16 letters and digits (unconfirmed). */
export const newGroupId = (random: Random): string => `g-${pick(random, letters, 16)}`

/** An AccessKey that stays: `LTAI5t` and 18 letters and digits, with a secret of 30. */
export const newAccessKey = (random: Random) => ({ accessKeyId: `LTAI5t${pick(random, letters, 18)}`, secret: pick(random, letters, 30) })

/** Temporary credentials; the token is opaque and several hundred characters long, as real ones are. */
export const newTemporaryKey = (random: Random) => ({
  accessKeyId: `STS.${pick(random, letters, 25)}`,
  secret: pick(random, letters, 44),
  token: `CAIS${random.bytes(300).toString('base64')}`,
})
