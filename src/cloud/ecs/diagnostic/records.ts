import type { Row } from '../../engine/table.ts'

/** From the mildest on. */
export type Severity = 'Unknown' | 'Normal' | 'Info' | 'Warn' | 'Critical'

export interface Issue {
  readonly issueId: string
  readonly severity: Exclude<Severity, 'Unknown' | 'Normal'>
  /** What is told besides, by name. */
  readonly additional: Readonly<Record<string, string>>
  readonly occurredAt: number
}

export interface MetricResult {
  readonly metricId: string
  /** `NotSupport`: its system cannot be looked at for this. */
  readonly severity: Severity | 'NotSupport'
  readonly status: 'Finished' | 'Failed'
  readonly issues: readonly Issue[]
}

/** Metrics of the user's own choice. */
export interface MetricSet extends Row {
  readonly name: string
  readonly description: string
  readonly resourceType: string
  readonly metricIds: readonly string[]
}

/** Times are milliseconds since 1970. */
export interface DiagnosticReport extends Row {
  readonly resourceId: string
  readonly metricSetId: string
  /** What the set had when it was made. */
  readonly metricIds: readonly string[]
  readonly status: 'InProgress' | 'Finished' | 'Failed'
  readonly severity: Severity
  readonly createdAt: number
  readonly finishedAt?: number
  readonly startTime?: number
  readonly endTime?: number
  readonly additionalOptions: Readonly<Record<string, string>>
  readonly results: readonly MetricResult[]
}
