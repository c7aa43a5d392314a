import { parseTime } from '../../api/time.ts'
import { type Claim, type Mismatch, readClaim, type SignedClaim, verify } from '../../api/verify.ts'
import { demand, fault } from '../fault.ts'
import { identify } from '../ram/identity.ts'
import type { Exchange, Machine, Step } from './exchange.ts'
import { signatureWindowMs } from './nonces.ts'

const mandatory = (name: string) => `${name} is mandatory for this action.`

/** Operations that carry their own proof of who calls. Every other one has to be signed. */
const unsigned: ReadonlySet<string> = new Set(['sts:AssumeRoleWithOIDC'])

/** A claim that can be proved at all: everything it needs is there and of the right form. */
function complete(claim: Claim): SignedClaim {
  if (claim.kind === 'incomplete') throw fault('IncompleteSignature', 'The request signature does not conform to Aliyun standards.')
  if (claim.kind === 'algorithm') throw fault('InvalidSignatureMethod', `Specified signature method is not supported: ${claim.algorithm}.`)
  if (claim.kind === 'bearer') throw fault('InvalidBearerToken', 'The local cloud issues no bearer tokens.')
  if (claim.kind === 'anonymous') throw fault('MissingAccessKeyId', mandatory('AccessKeyId'))
  demand(claim.accessKeyId !== '', 'MissingAccessKeyId', mandatory('AccessKeyId'))
  demand(claim.signature !== '', 'MissingSignature', mandatory('Signature'))
  demand(claim.nonce !== '', 'MissingSignatureNonce', mandatory('SignatureNonce'))
  demand(
    claim.timestamp !== '',
    'IllegalTimestamp',
    'The input parameter "Timestamp" that is mandatory for processing this request is not supplied.',
  )
  if (claim.kind === 'v1')
    demand(
      claim.method === 'HMAC-SHA1' && claim.version === '1.0',
      'InvalidSignatureMethod',
      'Specified signature method is not supported: the local cloud takes HMAC-SHA1 with SignatureVersion 1.0, and ACS3-HMAC-SHA256.',
    )
  return claim
}

/** Signatures are dated by the client's own clock, so they are held against the machine's, whatever the cloud's clock says. */
function checkTime({ timestamp }: SignedClaim, now: number): void {
  const at = parseTime(timestamp)
  demand(at !== undefined, 'InvalidTimeStamp.Format', 'Specified time stamp or date value is not well formatted.')
  demand(Math.abs(now - at) <= signatureWindowMs, 'InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.')
}

/** Byte for byte: clients cut the string to sign out of this text and compare it with their own. */
const mismatchText = ({ stringToSign, canonicalRequest }: Mismatch): string =>
  canonicalRequest === undefined
    ? `Specified signature is not matched with our calculation. server string to sign is:${stringToSign}`
    : `Specified signature does not match our calculation. server StringToSign is [${stringToSign}] server CanonicalRequest is [${canonicalRequest}]`

/** Text that a token could be: base64 that begins as they all do. */
function demandForm({ securityToken }: SignedClaim): void {
  demand(/^CAIS[\d+/A-Za-z]+={0,2}$/.test(securityToken), 'InvalidSecurityToken.Malformed', 'Specified SecurityToken is malformed.')
}

/** That a token beside a key which has none is refused is unconfirmed. */
function checkToken(claim: SignedClaim, token: string | undefined, expiresAt: number | undefined, now: number): void {
  if (token === undefined && claim.securityToken === '') return
  demand(claim.securityToken !== '', 'MissingSecurityToken', mandatory('SecurityToken'))
  if (claim.securityToken !== token) demandForm(claim)
  demand(
    claim.securityToken === token,
    'InvalidSecurityToken.MismatchWithAccessKey',
    'Specified SecurityToken mismatch with the AccessKey.',
  )
  demand(expiresAt === undefined || expiresAt > now, 'InvalidSecurityToken.Expired', 'Specified SecurityToken is expired.')
}

function strict(exchange: Exchange, machine: Machine): void {
  const claim = complete(readClaim(exchange.request, exchange.pairs))
  checkTime(claim, exchange.startedAt)
  const identity = identify(machine.state, claim.accessKeyId)
  if (identity === undefined && claim.securityToken !== '' && claim.accessKeyId.startsWith('STS.')) {
    demandForm(claim)
    throw fault('InvalidSecurityToken.Expired', 'Specified SecurityToken is expired.')
  }
  demand(identity !== undefined, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.')
  demand(identity.status === 'Active', 'InvalidAccessKeyId.Inactive', 'Specified access key is disabled.')
  const mismatch = verify(claim, exchange.request, exchange.pairs, identity.secret)
  if (mismatch !== undefined) throw fault('SignatureDoesNotMatch', mismatchText(mismatch))
  checkToken(claim, identity.token, identity.expiresAt, machine.clock.now())
  demand(
    machine.nonces.use(claim.accessKeyId, claim.nonce, exchange.startedAt),
    'SignatureNonceUsed',
    'Specified signature nonce was used already.',
  )
  exchange.caller = identity.caller
  if (identity.token === undefined) machine.state.keyUses.set(claim.accessKeyId, machine.clock.now())
}

/**
 * Finds out who is calling and has it proved. An operation that needs no signature is called by nobody, whatever it is signed with.
 * With `auth: 'any'` nothing is proved, and a key nobody knows acts as the account itself.
 */
export const authenticate: Step = (exchange, machine) => {
  if (unsigned.has(`${exchange.product}:${exchange.action}`)) {
    exchange.caller = { kind: 'anonymous', accountId: machine.accountId, accessKeyId: '', arrivedAt: exchange.startedAt }
    return
  }
  if (machine.auth === 'strict') return strict(exchange, machine)
  const claim = readClaim(exchange.request, exchange.pairs)
  const accessKeyId = 'accessKeyId' in claim ? claim.accessKeyId : ''
  exchange.caller = identify(machine.state, accessKeyId)?.caller ?? { kind: 'root', accountId: machine.accountId, accessKeyId }
}
