import { toSeconds } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { type Context, ecs } from '../../operation.ts'
import { page } from '../../paging.ts'
import { keyPairKey } from '../../state.ts'
import { demandResourceGroup } from '../instance/places.ts'
import type { KeyPair } from '../records.ts'
import { newTags, shownTags, tagTest } from '../tags.ts'
import { demandName, equalities, named, passes } from '../values.ts'
import { newKey, type PublicKey, readPublicKey } from './keys.ts'

/** Key pairs of an account in one region. */
const quota = 500

interface Named {
  readonly KeyPairName: string
  readonly ResourceGroupId?: string | undefined
  readonly Tag?: Parameters<typeof newTags>[0]
}

/** Checks that a key pair can be made, before its key is. */
function demandNew({ KeyPairName }: Named, context: Context): void {
  const { state, accountId, regionId } = context
  demand(KeyPairName !== '', 'InvalidKeyPairName.Malformed', 'The specified KeyPairName is not valid.')
  demandName(KeyPairName, 'KeyPairName', 'InvalidKeyPairName.Malformed')
  const known = state.keyPairs.get(keyPairKey(context, KeyPairName))
  demand(!known, 'KeyPair.AlreadyExist', 'The specified KeyPairName already exists.')
  const held = state.keyPairs.list({ accountId, regionId }).length
  demand(held < quota, 'QuotaExceed.KeyPair', 'The number of key pairs in this region exceeds the quota.')
}

/** The private half of a key is never written down. */
function put(input: Named, { publicKey, fingerPrint }: PublicKey, context: Context): KeyPair {
  const { state, random, accountId, regionId, now } = context
  return state.keyPairs.put({
    id: keyPairKey(context, input.KeyPairName),
    accountId,
    regionId,
    keyPairName: input.KeyPairName,
    keyPairId: newId('ssh', regionId, random),
    publicKey,
    fingerPrint,
    resourceGroupId: demandResourceGroup(input.ResourceGroupId),
    createdAt: now,
    tags: newTags(input.Tag),
  })
}

/** Answers the private key, this once. */
export const CreateKeyPair = ecs('CreateKeyPair', ['KeyPairName', 'ResourceGroupId', 'Tag'], (input, context) => {
  demandNew(input, context)
  const { privateKey, ...key } = newKey()
  const { keyPairName, keyPairId, fingerPrint } = put(input, key, context)
  return { KeyPairName: keyPairName, KeyPairId: keyPairId, KeyPairFingerPrint: fingerPrint, PrivateKeyBody: privateKey }
})

export const ImportKeyPair = ecs('ImportKeyPair', ['KeyPairName', 'PublicKeyBody', 'ResourceGroupId', 'Tag'], (input, context) => {
  demandNew(input, context)
  const key = readPublicKey(input.PublicKeyBody)
  demand(key, 'InvalidPublicKeyBody.Malformed', 'The specified PublicKeyBody is not valid.')
  const { keyPairName, fingerPrint } = put(input, key, context)
  return { KeyPairName: keyPairName, KeyPairFingerPrint: fingerPrint }
})

const view = (pair: KeyPair) => ({
  KeyPairName: pair.keyPairName,
  KeyPairFingerPrint: pair.fingerPrint,
  CreationTime: toSeconds(pair.createdAt),
  ResourceGroupId: pair.resourceGroupId,
  Tags: shownTags(pair.tags),
})

export const DescribeKeyPairs = ecs(
  'DescribeKeyPairs',
  ['KeyPairName', 'KeyPairFingerPrint', 'IncludePublicKey', 'ResourceGroupId', 'Tag', 'PageNumber', 'PageSize'],
  (input, { state, accountId, regionId }) => {
    const where = passes<KeyPair>([
      named(input.KeyPairName, (pair) => pair.keyPairName),
      tagTest(input.Tag),
      ...equalities<KeyPair, typeof input>(input, {
        KeyPairFingerPrint: (pair) => pair.fingerPrint,
        ResourceGroupId: (pair) => pair.resourceGroupId,
      }),
    ])
    const { rows, fields } = page(state.keyPairs.list({ accountId, regionId, where }), input, { maxSize: 50, maxResults: [10, 50] })
    const { NextToken: _, ...counts } = fields
    const shown = rows.map((pair) => ({ ...view(pair), ...(input.IncludePublicKey === true && { PublicKey: pair.publicKey }) }))
    return { ...counts, KeyPairs: { KeyPair: shown } }
  },
)

/** All that are named go, or none; a name that is not there is fine (unconfirmed), one that an instance is bound to is not. */
export const DeleteKeyPairs = ecs('DeleteKeyPairs', ['KeyPairNames'], ({ KeyPairNames: names }, context) => {
  const { state } = context
  const some = names.length >= 1 && names.length <= 100
  demand(some, 'InvalidKeyPairNames.ValueNotSupported', 'From 1 to 100 KeyPairNames can be given.')
  for (const name of names) {
    const key = keyPairKey(context, name)
    const bound = state.instances.count('keyPair', key) > 0
    demand(!bound, 'InvalidParameter.KeypairAlreadyAttachedInstance', 'The specified key pair is bound to an instance.')
    state.keyPairs.delete(key)
  }
  return {}
})
