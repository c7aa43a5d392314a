import { toSeconds } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import type { LifeContext, Lifecycles } from '../../lifecycle.ts'
import { ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { page } from '../../paging.ts'
import { listed } from '../../rows.ts'
import { newTags, shownTags, tagTest } from '../tags.ts'
import { demandOneOf, equalities, passes, type Test } from '../values.ts'
import { buildImage, distributeImage } from './build.ts'
import type { ImagePipeline, PipelineExecution } from './builder-records.ts'
import { ended, isActive } from './execution-status.ts'
import { pipelineOf } from './pipelines.ts'

/** Milliseconds of the cloud's time that each step takes (unconfirmed). */
const stepMs = 60_000
const statuses = ['PREPARING', 'REPAIRING', 'BUILDING', 'TESTING', 'DISTRIBUTING', 'RELEASING', 'CANCELLING', ...ended]
/** So many executions that have ended are kept of a pipeline, so that starting them does not fill the memory. */
const mostEnded = 100

/** The steps of an execution, those left out that its pipeline has nothing for. */
const stepsOf = (pipeline: ImagePipeline): readonly string[] => [
  'PREPARING',
  ...(pipeline.repairItems.length > 0 || pipeline.repairMode !== '' ? ['REPAIRING'] : []),
  'BUILDING',
  ...(pipeline.testContent === '' ? [] : ['TESTING']),
  ...(pipeline.toRegionIds.length > 0 || pipeline.addAccounts.length > 0 ? ['DISTRIBUTING'] : []),
  'RELEASING',
  'SUCCESS',
]

const view = (execution: PipelineExecution) => ({
  ExecutionId: execution.id,
  ImagePipelineId: execution.pipelineId,
  ImageId: execution.imageId,
  Status: execution.status,
  Message: execution.message,
  ErrorCode: '',
  ErrorInfo: '',
  CreationTime: toSeconds(execution.createdAt),
  ModifiedTime: toSeconds(execution.modifiedAt),
  ResourceGroupId: execution.resourceGroupId,
  Tags: shownTags(execution.tags),
})

function forgetOldest(pipelineId: string, { state }: Pick<LifeContext, 'state'>): void {
  const all = state.pipelineExecutions.by('pipeline', pipelineId).filter((execution) => !isActive(execution))
  for (const { id } of all.slice(0, Math.max(0, all.length - mostEnded))) state.pipelineExecutions.delete(id)
}

/** Executes a pipeline, one execution at a time. No instance is launched for it, and its contents are not run. */
export const StartImagePipelineExecution = ecs(
  'StartImagePipelineExecution',
  ['ImagePipelineId', 'Tag', 'TemplateTag'],
  (input, context) => {
    const { state, random, now, accountId, regionId } = context
    const pipeline = pipelineOf(input.ImagePipelineId, context)
    const busy = state.pipelineExecutions.count('active', pipeline.id) > 0
    demand(!busy, 'OperationDenied', 'The pipeline is being executed.', 403)
    forgetOldest(pipeline.id, context)
    const execution = state.pipelineExecutions.put({
      id: newId('exec', regionId, random),
      accountId,
      regionId,
      pipelineId: pipeline.id,
      status: 'PREPARING',
      imageId: '',
      message: '',
      createdAt: now,
      modifiedAt: now,
      resourceGroupId: pipeline.resourceGroupId,
      tags: newTags(input.Tag?.length ? input.Tag : input.TemplateTag),
    })
    context.schedule('imagePipeline.step', execution.id, stepMs)
    return { ExecutionId: execution.id }
  },
)

/** Ends an execution that is under way. An image that it has built stays. */
export const CancelImagePipelineExecution = ecs('CancelImagePipelineExecution', ['ExecutionId', 'TemplateTag'], (input, context) => {
  const { state, now } = context
  const execution = owned(state.pipelineExecutions.get(input.ExecutionId), context)
  demand(execution, 'InvalidExecutionId.NotFound', 'The specified ExecutionId does not exist.')
  const under = isActive(execution) && execution.status !== 'CANCELLING'
  demand(under, 'OperationDenied', 'The current status of the execution does not support this operation.', 403)
  state.pipelineExecutions.put({ ...execution, status: 'CANCELLING', modifiedAt: now })
  context.schedule('imagePipeline.step', execution.id, stepMs)
  return {}
})

export const DescribeImagePipelineExecutions = ecs(
  'DescribeImagePipelineExecutions',
  ['ImagePipelineId', 'ExecutionId', 'Status', 'Tag', 'NextToken', 'MaxResults'],
  (input, { state, accountId, regionId }) => {
    demandOneOf(input.Status, statuses, 'Status', 'InvalidParameter')
    const tests: Test<PipelineExecution>[] = [
      tagTest(input.Tag),
      ...equalities<PipelineExecution, typeof input>(input, { Status: (execution) => execution.status }),
    ]
    const ids = input.ExecutionId ? [input.ExecutionId] : undefined
    const by = { pipeline: input.ImagePipelineId || undefined }
    const found = state.pipelineExecutions.list({ accountId, regionId, ids, by, where: passes(tests) })
    const MaxResults = input.MaxResults ?? 50
    const { rows, fields } = page(found, { ...input, MaxResults }, { maxSize: 500, maxResults: [1, 500] })
    const { TotalCount, NextToken } = fields
    return { ImagePipelineExecution: { ImagePipelineExecutionSet: listed(rows, view) }, MaxResults, TotalCount, NextToken }
  },
)

/** What a step leaves behind when it is over: the image id it knows then, or undefined where it failed. */
function finishStep(execution: PipelineExecution, pipeline: ImagePipeline, context: LifeContext): string | undefined {
  if (execution.status === 'BUILDING') return buildImage(pipeline, context)?.id
  if (execution.status === 'DISTRIBUTING') distributeImage(execution.imageId, pipeline, context)
  return execution.imageId
}

export const lifecycles: Lifecycles = {
  'imagePipeline.step': (subject, context) => {
    const { state, now } = context
    const execution = state.pipelineExecutions.get(subject)
    if (execution === undefined || !isActive(execution)) return
    const pipeline = state.imagePipelines.get(execution.pipelineId)
    const put = (change: Partial<PipelineExecution>) => state.pipelineExecutions.put({ ...execution, ...change, modifiedAt: now })
    if (execution.status === 'CANCELLING' || pipeline === undefined) {
      put({ status: 'CANCELLED' })
      return
    }
    const imageId = finishStep(execution, pipeline, context)
    if (imageId === undefined) {
      put({ status: 'FAILED', message: 'The base image is not there any more.' })
      return
    }
    const steps = stepsOf(pipeline)
    const next = put({ imageId, status: steps[steps.indexOf(execution.status) + 1] ?? 'FAILED' })
    if (isActive(next)) context.schedule('imagePipeline.step', subject, stepMs)
  },
}
