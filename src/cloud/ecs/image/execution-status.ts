import type { PipelineExecution } from './builder-records.ts'

/** The states in which an execution is over. */
export const ended: readonly string[] = ['SUCCESS', 'PARTITION_SUCCESS', 'FAILED', 'TEST_FAILED', 'CANCELLED']

export const isActive = ({ status }: Pick<PipelineExecution, 'status'>): boolean => !ended.includes(status)
