import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { instanceOf } from './power.ts'

const wrongStatus = 'The current status of the resource does not support this operation.'

/**
 * The address as real ones are written: a WebSocket's, encoded once more, with a token of its own. Its host leads nowhere on purpose,
 * since no instance here has a screen to connect to.
 */
export const DescribeInstanceVncUrl = ecs('DescribeInstanceVncUrl', ['InstanceId'], ({ InstanceId }, context) => {
  const instance = instanceOf(InstanceId, context)
  demand(instance.status !== 'Pending', 'InstanceNotReady', 'The specified instance is not ready for use.', 403)
  demand(instance.status === 'Running', 'IncorrectInstanceStatus', wrongStatus, 403)
  const token = context.random.alphanumeric(64)
  return { VncUrl: encodeURIComponent(`wss://vncproxy.${instance.regionId}.invalid/websockify/?s=${token}`) }
})

/** Exactly six letters and digits, of all three kinds. It is checked and not kept: no answer shows it. */
export const ModifyInstanceVncPasswd = ecs('ModifyInstanceVncPasswd', ['InstanceId', 'VncPassword'], (input, context) => {
  const instance = instanceOf(input.InstanceId, context)
  const fits = /^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)[A-Za-z\d]{6}$/.test(input.VncPassword)
  demand(fits, 'IncorrectVncPassword.Malformed', 'The specified VncPassword is not valid.', 400)
  demand(instance.status !== 'Pending' && !instance.releasing, 'IncorrectInstanceStatus', wrongStatus, 403)
  return {}
})
