import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import type { Disk } from '../records.ts'
import { demandOneOf } from '../values.ts'
import type { DiskEncryption } from './records.ts'

/** Stands for the key that ECS keeps for itself; real ids are UUIDs (unconfirmed). */
const serviceKey = 'alias/acs/ecs'
/** Keys are another product's: any id of their form is taken as one that exists. */
const keyForm = /^(?:key-[0-9a-z]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|alias\/[\w/-]+)$/

type Place = Pick<Context, 'state' | 'accountId'> & { readonly regionId: string }

const rowOf = ({ state, accountId, regionId }: Place): DiskEncryption => {
  const id = `${accountId}/${regionId}`
  return state.diskEncryption.get(id) ?? { id, accountId, regionId, enabled: false, kmsKeyId: '' }
}

/** @throws Fault InvalidParameter.KMSKeyId.NotFound */
export function demandKey(id: string | undefined): void {
  demand(!id || keyForm.test(id), 'InvalidParameter.KMSKeyId.NotFound', 'The specified KMSKeyId does not exist.')
}

export interface EncryptionInput {
  readonly Encrypted?: boolean | undefined
  readonly KMSKeyId?: string | undefined
  readonly EncryptAlgorithm?: string | undefined
}

/**
 * How a new disk is encrypted: as its snapshot is, as asked for, or as the account has it by default.
 * @throws Fault EncryptedOption.Conflict, InvalidParameter.EncryptedIllegal, InvalidParameter.KMSKeyId.NotFound
 */
export function encryptionOf(
  { Encrypted, KMSKeyId, EncryptAlgorithm }: EncryptionInput,
  source: { readonly encrypted: boolean; readonly kmsKeyId: string } | undefined,
  place: Place,
): Pick<Disk, 'encrypted' | 'kmsKeyId'> {
  const { enabled, kmsKeyId } = rowOf(place)
  const inherited = source?.encrypted === true
  demand(!inherited || Encrypted !== false, 'EncryptedOption.Conflict', 'A disk from an encrypted snapshot is encrypted.', 400)
  const encrypted = inherited || (Encrypted ?? enabled)
  // That a key without encryption is refused so is unconfirmed.
  demand(encrypted || !KMSKeyId, 'InvalidParameter.EncryptedIllegal', 'The KMSKeyId is for encrypted disks only.', 400)
  demandOneOf(EncryptAlgorithm, ['aes-256', 'sm4-128'], 'EncryptAlgorithm', 'InvalidParameter')
  demandKey(KMSKeyId)
  return { encrypted, kmsKeyId: encrypted ? KMSKeyId || source?.kmsKeyId || kmsKeyId || serviceKey : '' }
}

const change = (context: Context, fields: Partial<DiskEncryption>) => {
  context.state.diskEncryption.put({ ...rowOf(context), ...fields })
  return {}
}

export const EnableDiskEncryptionByDefault = ecs('EnableDiskEncryptionByDefault', [], (_input, context) =>
  change(context, { enabled: true }),
)
export const DisableDiskEncryptionByDefault = ecs('DisableDiskEncryptionByDefault', [], (_input, context) =>
  change(context, { enabled: false }),
)
export const DescribeDiskEncryptionByDefaultStatus = ecs('DescribeDiskEncryptionByDefaultStatus', [], (_input, context) => ({
  Encrypted: rowOf(context).enabled,
}))
export const DescribeDiskDefaultKMSKeyId = ecs('DescribeDiskDefaultKMSKeyId', [], (_input, context) => ({
  KMSKeyId: rowOf(context).kmsKeyId || serviceKey,
}))
export const ModifyDiskDefaultKMSKeyId = ecs('ModifyDiskDefaultKMSKeyId', ['KMSKeyId'], ({ KMSKeyId }, context) => {
  demandKey(KMSKeyId)
  return change(context, { kmsKeyId: KMSKeyId })
})
export const ResetDiskDefaultKMSKeyId = ecs('ResetDiskDefaultKMSKeyId', [], (_input, context) => change(context, { kmsKeyId: '' }))
