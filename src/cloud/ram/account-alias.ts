import { demand } from '../fault.ts'
import { type Context, ram } from '../operation.ts'
import { accountRow } from './account-settings.ts'
import { needed } from './fields.ts'

const rowOf = ({ state, accountId }: Context) => accountRow(state, accountId)

/** Empty while there is none (unconfirmed). */
export const GetAccountAlias = ram('GetAccountAlias', [], (_input, context) => ({ AccountAlias: rowOf(context).alias ?? '' }))

/** An alias is unique among all accounts. */
export const SetAccountAlias = ram('SetAccountAlias', ['AccountAlias'], (input, context) => {
  const alias = needed(input.AccountAlias, 'AccountAlias')
  demand(
    alias.length >= 3 && alias.length <= 63,
    'InvalidParameter.AccountAlias.Length',
    'The parameter - "AccountAlias" must have 3 to 63 characters.',
  )
  demand(
    /^[a-z0-9]+(-[a-z0-9]+)*$/.test(alias),
    'InvalidParameter.AccountAlias.Format',
    'The format of the parameter - "AccountAlias" is incorrect.',
  )
  const taken = context.state.accounts.all().some((row) => row.alias === alias && row.id !== context.accountId)
  demand(!taken, 'EntityAlreadyExists.AccountAlias', 'The account alias already exists.', 409)
  context.state.accounts.put({ ...rowOf(context), alias })
  return {}
})

export const ClearAccountAlias = ram('ClearAccountAlias', [], (_input, context) => {
  context.state.accounts.put({ ...rowOf(context), alias: undefined })
  return {}
})
