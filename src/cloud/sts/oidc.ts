import { toSeconds } from '../../api/time.ts'
import { demand, fault } from '../fault.ts'
import { type Context, sts } from '../operation.ts'
import { trusts } from '../ram/evaluate.ts'
import { namedId } from '../ram/identity.ts'
import { policyOf } from '../ram/policy-document.ts'
import type { Role } from '../ram/records.ts'
import { type OidcProvider, providerArn } from './oidc-provider.ts'
import { type OidcClaims, readOidcToken } from './oidc-token.ts'
import { readSessionInput } from './session-input.ts'
import { openSession } from './sessions.ts'
import { sessionAnswer } from './tokens.ts'

/** The code of a malformed ARN is unconfirmed; that of a provider nobody registered is documented. */
function providerAt(arn: string, { state, accountId }: Context): OidcProvider {
  const [, owner, name = ''] = /^acs:ram::(\d+):oidc-provider\/([A-Za-z0-9._-]{1,128})$/.exec(arn) ?? []
  demand(owner !== undefined, 'InvalidParameter.OIDCProviderArn', 'The specified OIDCProviderArn is not valid.')
  const provider = owner === accountId ? state.oidcProviders.get(namedId(accountId, name)) : undefined
  demand(provider !== undefined, 'AuthenticationFail.NoPermission', 'No such OIDC Provider registered.')
  return provider
}

/** Only the role's own policy decides: there is no caller whose policies could allow. */
function demandTrust(role: Role, provider: OidcProvider, { iss, aud, sub }: OidcClaims, now: number): void {
  const conditions = { 'acs:CurrentTime': toSeconds(now), 'oidc:iss': iss, 'oidc:aud': aud, 'oidc:sub': sub }
  const trusted = trusts(policyOf(role.trustPolicy, 'trust'), [providerArn(provider)], conditions, 'Federated')
  demand(trusted, 'AuthenticationFail.NoPermission', 'There is no permission.')
}

/** The token proves the caller, so the request needs no signature. Which check comes first is unconfirmed. */
export const AssumeRoleWithOIDC = sts(
  'AssumeRoleWithOIDC',
  ['OIDCProviderArn', 'OIDCToken', 'RoleArn', 'RoleSessionName', 'DurationSeconds', 'Policy'],
  (input, context) => {
    const { caller } = context
    if (caller.kind !== 'anonymous') throw fault('AuthenticationFail.NoPermission', 'There is no permission.')
    const provider = providerAt(input.OIDCProviderArn ?? '', context)
    const claims = readOidcToken(input.OIDCToken ?? '', provider, caller.arrivedAt)
    const { role, ...order } = readSessionInput(input, context)
    demandTrust(role, provider, claims, context.now)
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
