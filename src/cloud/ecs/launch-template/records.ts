import type { Row } from '../../engine/table.ts'
import type { Tag } from '../../vpc/records.ts'
import type { TemplateData } from './data.ts'

export interface LaunchTemplate extends Row {
  readonly name: string
  readonly defaultVersion: number
  /** The highest number so far; one that is deleted does not come again. */
  readonly latestVersion: number
  readonly createdAt: number
  readonly modifiedAt: number
  /** The id of the account. */
  readonly createdBy: string
  readonly resourceGroupId: string
  readonly tags: readonly Tag[]
}

export interface LaunchTemplateVersion extends Row {
  readonly templateId: string
  readonly number: number
  readonly description: string
  readonly createdAt: number
  readonly createdBy: string
  readonly data: TemplateData
}
