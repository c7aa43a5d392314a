import type { Row } from '../engine/table.ts'
import type { Tag } from '../vpc/records.ts'

/** `id` is `<account>/<user name>`. */
export interface User extends Row {
  readonly userName: string
  readonly userId: string
  readonly displayName: string
  readonly mobilePhone: string
  readonly email: string
  readonly comments: string
  readonly createdAt: number
  readonly updatedAt: number
  readonly attached: readonly Attachment[]
  /** How it may log in to the console, which is nowhere here; undefined when it may not. */
  readonly loginProfile?: LoginProfile | undefined
}

export interface LoginProfile {
  readonly createdAt: number
  readonly passwordResetRequired: boolean
  readonly mfaBindRequired: boolean
  /** Of the passwords it was given, newest first; missing where it is from before they were remembered. */
  readonly passwordHashes?: readonly string[]
}

/** What an account asks of its users' passwords. */
export interface PasswordPolicy {
  readonly minimumLength: number
  readonly lowercase: boolean
  readonly uppercase: boolean
  readonly numbers: boolean
  readonly symbols: boolean
  /** 0 for ever. */
  readonly maxAgeDays: number
  readonly hardExpiry: boolean
  /** How many of the last passwords may not be used again. */
  readonly reusePrevention: number
  /** Of logging in, an hour. */
  readonly maxAttempts: number
}

/** What an account lets its users do by themselves, and how they log in. */
export interface SecurityPreference {
  readonly changePassword: boolean
  readonly manageAccessKeys: boolean
  readonly manageMfaDevices: boolean
  readonly managePublicKeys: boolean
  readonly saveMfaTicket: boolean
  /** Blocks with semicolons between; empty for everywhere. */
  readonly loginNetworkMasks: string
  readonly loginSessionHours: number
}

/** A virtual MFA device; `id` is `<account>/<device name>`. */
export interface MfaDevice extends Row {
  readonly deviceName: string
  /** Base32. */
  readonly secretSeed: string
  /** Whom it is bound to; empty while to nobody. */
  readonly userName: string
  readonly activatedAt: number | undefined
}

export interface Attachment {
  readonly policyType: 'System' | 'Custom'
  readonly policyName: string
  readonly attachedAt: number
  /** The resource group for whose resources it counts; missing where it counts in the whole account. */
  readonly resourceGroupId?: string
}

/** `id` is the AccessKeyId. `userName` is empty for a key of the account itself. */
export interface AccessKey extends Row {
  readonly secret: string
  readonly userName: string
  readonly status: 'Active' | 'Inactive'
  readonly createdAt: number
}

/** A group of users; `id` is `<account>/<group name>`. */
export interface Group extends Row {
  readonly groupName: string
  readonly groupId: string
  readonly comments: string
  readonly members: readonly Member[]
  readonly createdAt: number
  readonly updatedAt: number
  readonly attached: readonly Attachment[]
}

export interface Member {
  readonly userName: string
  readonly joinedAt: number
}

/** A custom policy; `id` is `<account>/<policy name>`. */
export interface Policy extends Row {
  readonly policyName: string
  readonly description: string
  /** The text of the default version, which is the one that counts. */
  readonly document: string
  readonly createdAt: number
  /** When its description or default version was changed last, if ever. */
  readonly updatedAt?: number
  /** Missing while there has only ever been `v1`. */
  readonly versions?: PolicyVersions
  /** Missing where it never had any, as for a role. */
  readonly tags?: readonly Tag[]
}

export interface PolicyVersions {
  /** The number of the default version: 2 for `v2`. */
  readonly default: number
  /** The highest number that was ever given: none is given twice. */
  readonly newest: number
  /** Oldest first. */
  readonly list: readonly PolicyVersion[]
}

export interface PolicyVersion {
  readonly number: number
  readonly document: string
  readonly createdAt: number
}

/** `id` is `<account>/<role name>`. */
export interface Role extends Row {
  readonly roleName: string
  readonly roleId: string
  readonly description: string
  readonly trustPolicy: string
  /** Seconds. */
  readonly maxSessionDuration: number
  readonly tags?: readonly Tag[]
  readonly createdAt: number
  readonly updatedAt: number
  readonly attached: readonly Attachment[]
}

/** Temporary credentials; `id` is their AccessKeyId (`STS.…`). */
export interface Session extends Row {
  readonly secret: string
  readonly token: string
  readonly roleName: string
  readonly roleId: string
  readonly sessionName: string
  /** The session policy that narrows the role's own, if one was given. */
  readonly policy: string | undefined
  readonly openedAt: number
  readonly expiresAt: number
  /** The instance whose metadata service hands it out. */
  readonly instanceId?: string
}
