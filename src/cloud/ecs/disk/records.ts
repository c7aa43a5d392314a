import type { Row } from '../../engine/table.ts'

/** What an account has set for the encryption of new disks in a region. */
export interface DiskEncryption extends Row {
  readonly enabled: boolean
  /** Empty: the key that ECS keeps for itself. */
  readonly kmsKeyId: string
}
