import { toSeconds } from '../../api/time.ts'
import { demand, Fault, fault } from '../fault.ts'
import { type Context, sts } from '../operation.ts'
import { namedId } from '../ram/identity.ts'
import type { Role } from '../ram/records.ts'
import { untrusted } from './trust.ts'
import { type OidcProvider, providerArn } from './oidc-provider.ts'
import { type OidcClaims, readOidcToken } from './oidc-token.ts'
import { readSessionInput } from './session-input.ts'
import { openSession } from './sessions.ts'
import { sessionAnswer } from './tokens.ts'

/** The code of a malformed ARN is unconfirmed; that of a provider nobody registered is documented. */
function providerAt(arn: string, { state }: Context): OidcProvider {
  const [, owner, name = ''] = /^acs:ram::(\d+):oidc-provider\/([A-Za-z0-9._-]{1,128})$/.exec(arn) ?? []
  demand(owner !== undefined, 'InvalidParameter.OIDCProviderArn', 'The specified OIDCProviderArn is not valid.')
  const provider = state.oidcProviders.get(namedId(owner, name))
  demand(provider !== undefined, 'AuthenticationFail.NoPermission', 'No such OIDC Provider registered.')
  return provider
}

/** Only the role's own policy decides: there is no caller whose policies could allow. */
function demandTrust(role: Role, provider: OidcProvider, { iss, aud, sub }: OidcClaims, { caller, now }: Context): void {
  const conditions = { 'acs:CurrentTime': toSeconds(now), 'oidc:iss': iss, 'oidc:aud': aud, 'oidc:sub': sub }
  const detail = untrusted({ role, caller, applicant: { kind: 'Federated', names: [providerArn(provider)], conditions } })
  // That this refusal, of status 401, carries the detail as well is unconfirmed.
  if (detail !== undefined) throw new Fault('AuthenticationFail.NoPermission', noPermission, 401, detail)
}

const noPermission = 'There is no permission.'

/** The token proves the caller, so the request needs no signature. Which check comes first is unconfirmed. */
export const AssumeRoleWithOIDC = sts(
  'AssumeRoleWithOIDC',
  ['OIDCProviderArn', 'OIDCToken', 'RoleArn', 'RoleSessionName', 'DurationSeconds', 'Policy'],
  (input, context) => {
    const { caller } = context
    if (caller.kind !== 'anonymous') throw fault('AuthenticationFail.NoPermission', noPermission)
    const provider = providerAt(input.OIDCProviderArn ?? '', context)
    const claims = readOidcToken(input.OIDCToken ?? '', provider, caller.arrivedAt)
    const { role, ...order } = readSessionInput(input, context)
    // A role of another account than the provider's is out of reach (unconfirmed).
    demand(role.accountId === provider.accountId, 'EntityNotExist.Role', 'The specified Role does not exist.', 404)
    demandTrust(role, provider, claims, context)
    return {
      ...sessionAnswer(openSession(role, order, context)),
      OIDCTokenInfo: {
        Issuer: claims.iss,
        Subject: claims.sub,
        ClientIds: claims.aud,
        IssuanceTime: toSeconds(claims.iat * 1000),
        ExpirationTime: toSeconds(claims.exp * 1000),
        VerificationInfo: 'Success',
      },
    }
  },
)
