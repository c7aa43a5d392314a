import { renameCommand } from '../rename.ts'
import { instances } from './instance.ts'

/** `tanxing instances rename`: gives one instance another name. */
export const command = renameCommand(instances, 'instances rename', ({ ecs }, InstanceId, InstanceName, signal) =>
  ecs.modifyInstanceAttribute({ InstanceId, InstanceName }, { signal }),
)
