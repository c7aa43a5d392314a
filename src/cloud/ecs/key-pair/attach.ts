import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { osTypeOf } from '../image/find.ts'
import type { Instance } from '../records.ts'
import { keyPairOf } from './find.ts'

const mostInstances = 50

interface Call {
  readonly KeyPairName: string
  readonly InstanceIds: readonly string[]
}

/** Why an instance cannot have a key pair; undefined when it can. */
function refusalOf(instance: Instance | undefined): readonly [code: string, message: string] | undefined {
  if (instance === undefined) return ['InvalidInstanceId.NotFound', 'The specified InstanceId does not exist.']
  const windows = osTypeOf(instance) === 'windows'
  return windows ? ['DependencyViolation.WindowsInstance', 'An instance that runs Windows takes no key pair.'] : undefined
}

/** Changes each instance for itself, and answers how that went; figures and truths are texts here. */
function each({ KeyPairName, InstanceIds }: Call, context: Context, change: (instance: Instance) => void) {
  const some = InstanceIds.length >= 1 && InstanceIds.length <= mostInstances
  demand(some, 'InvalidInstanceIds.ValueNotSupported', `From 1 to ${mostInstances} InstanceIds can be given.`)
  const results = [...new Set(InstanceIds)].map((InstanceId) => {
    const instance = owned(context.state.instances.get(InstanceId), context)
    const [Code, Message] = refusalOf(instance) ?? ['200', 'successful']
    if (instance && Code === '200') change(instance)
    return { InstanceId, Code, Message, Success: String(Code === '200') }
  })
  const failed = results.filter((result) => result.Success === 'false')
  return { KeyPairName, TotalCount: String(results.length), FailCount: String(failed.length), Results: { Result: results } }
}

const parameters = ['KeyPairName', 'InstanceIds'] as const

/** The new pair takes the place of another. A guest that runs takes it up with its next restart; answers show it at once. */
export const AttachKeyPair = ecs('AttachKeyPair', parameters, (input, context) => {
  const { keyPairName } = keyPairOf(input.KeyPairName, context)
  return each(input, context, (instance) => context.state.instances.put({ ...instance, keyPairName }))
})

/** An instance that has another pair, or none, is left as it is (unconfirmed). */
export const DetachKeyPair = ecs('DetachKeyPair', parameters, (input, context) => {
  const { keyPairName } = keyPairOf(input.KeyPairName, context)
  return each(input, context, (instance) => {
    if (instance.keyPairName === keyPairName) context.state.instances.put({ ...instance, keyPairName: '' })
  })
})
