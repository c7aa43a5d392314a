import { expect, test } from 'vitest'
import { policyOfRun, type RecordedRequest } from './policy-of-run.ts'

const arn = (id: string) => `acs:ecs:cn-hangzhou:1000000000000001:${id}`
const request = (action: string, resources: readonly string[], more: Partial<RecordedRequest> = {}): RecordedRequest => ({
  product: 'ecs',
  action,
  caller: 'root',
  accountId: '1000000000000001',
  resources: resources.map(arn),
  permitted: true,
  created: [],
  ...more,
})

test('names the very actions, each with the very resources', () => {
  const { Statement } = policyOfRun([request('StopInstance', ['instance/i-1']), request('ResizeDisk', ['disk/d-1'])])
  expect(Statement).toEqual([
    { Effect: 'Allow', Action: ['ecs:ResizeDisk'], Resource: [arn('disk/d-1')] },
    { Effect: 'Allow', Action: ['ecs:StopInstance'], Resource: [arn('instance/i-1')] },
  ])
})

test('puts actions on the same resources into one statement, and each of them once', () => {
  const both = ['instance/i-2', 'instance/i-1']
  const run = [request('StopInstances', both), request('StartInstances', both), request('StopInstances', ['instance/i-1'])]
  expect(policyOfRun(run).Statement).toEqual([
    { Effect: 'Allow', Action: ['ecs:StartInstances', 'ecs:StopInstances'], Resource: [arn('instance/i-1'), arn('instance/i-2')] },
  ])
})

test('says any of its type for a resource that the run made, and for no other', () => {
  const run = [
    request('RunInstances', ['instance/*', 'image/m-1'], { created: ['i-new', 'd-new'] }),
    request('StopInstance', ['instance/i-new']),
    request('StopInstance', ['instance/i-old']),
    request('AttachDisk', ['instance/i-old', 'disk/d-new']),
  ]
  expect(policyOfRun(run).Statement).toEqual([
    { Effect: 'Allow', Action: ['ecs:AttachDisk'], Resource: [arn('disk/*'), arn('instance/i-old')] },
    { Effect: 'Allow', Action: ['ecs:RunInstances'], Resource: [arn('image/m-1'), arn('instance/*')] },
    { Effect: 'Allow', Action: ['ecs:StopInstance'], Resource: [arn('instance/*')] },
  ])
})

test('leaves out what was refused and what asks no policy', () => {
  const run = [request('StopInstance', ['instance/i-1'], { permitted: false }), request('GetCallerIdentity', [], { product: 'sts' })]
  expect(policyOfRun(run).Statement).toEqual([])
})
