import { demandOneOf } from '../../ecs/values.ts'
import { demand } from '../../fault.ts'
import { vpc } from '../../operation.ts'
import { eipOf } from './find.ts'

const nameForm = /^[a-z0-9][a-z0-9_-]{1,61}[a-z0-9]$/

/** Has an address watched to the second, or no more. There is no log service here to write that to, so that it is noted and not done. */
export const SetHighDefinitionMonitorLogStatus = vpc(
  'SetHighDefinitionMonitorLogStatus',
  ['InstanceId', 'InstanceType', 'LogProject', 'LogStore', 'Status'],
  (input, context) => {
    demandOneOf(input.InstanceType, ['EIP'], 'InstanceType', 'InvalidInstanceType.ValueNotSupported', 400)
    demandOneOf(input.Status, ['ON', 'OFF'], 'Status', 'InvalidParameter')
    const { monitorLog: _, ...eip } = eipOf(input.InstanceId, context)
    const { LogProject: project, LogStore: store } = input
    const fits = nameForm.test(project) && nameForm.test(store)
    demand(fits || input.Status === 'OFF', 'InvalidParameter', 'The specified LogProject and LogStore are not valid.')
    context.state.eips.put(input.Status === 'ON' ? { ...eip, monitorLog: { project, store } } : eip)
    return { Success: 'true' }
  },
)

/** Terraform asks for this whenever it reads an address. */
export const DescribeHighDefinitionMonitorLogAttribute = vpc(
  'DescribeHighDefinitionMonitorLogAttribute',
  ['InstanceId', 'InstanceType'],
  (input, context) => {
    const { id, monitorLog } = eipOf(input.InstanceId, context)
    return {
      InstanceId: id,
      InstanceType: input.InstanceType || 'EIP',
      LogProject: monitorLog?.project ?? '',
      LogStore: monitorLog?.store ?? '',
      Success: 'true',
    }
  },
)
