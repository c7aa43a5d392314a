import { toSeconds } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { osOf, osTypeOf } from '../image/find.ts'
import type { Instance } from '../records.ts'
import { picture } from './console-picture.ts'
import { instanceOf } from './power.ts'

const escape = '\u001B'
const good = `[  ${escape}[0;32mOK${escape}[0m  ]`
const stamp = (seconds: number) => `[${seconds.toFixed(6).padStart(12)}]`

/** What a guest would have written to its serial console: it starts, asks who is there, and when it was stopped says so. Made up. */
function consoleText(instance: Instance): string {
  const lines = [
    `${stamp(0)} Tanxing local cloud: there is no guest, this is what one might say`,
    `${stamp(0)} DMI: ${instance.instanceType} ${instance.serialNumber}`,
    `${stamp(0.41)} eth0: ${instance.macAddress} ${instance.privateIpAddress}`,
    `${stamp(1.27)} systemd[1]: Set hostname to <${instance.hostName}>.`,
    `${good} Started Network Service.`,
    `${good} Started OpenSSH server daemon.`,
    `${good} Reached target Multi-User System.`,
    '',
    osOf(instance)?.name ?? instance.imageId,
    `${instance.hostName} login: `,
  ]
  const down = instance.status === 'Stopped' ? ['', `${stamp(9.6)} reboot: Power down`, ''] : []
  return [...lines, ...down].join('\r\n')
}

/** Without colours and the other signs that only a terminal understands. */
// oxlint-disable-next-line no-control-regex
const withoutSymbols = (text: string) => text.replace(/\u001B\[[0-9;]*m|\r/g, '')

const wrongStatus = 'The current status of the resource does not support this operation.'

/** One that was never started has written nothing (that this is refused is unconfirmed). */
export const GetInstanceConsoleOutput = ecs('GetInstanceConsoleOutput', ['InstanceId', 'RemoveSymbols'], (input, context) => {
  const instance = instanceOf(input.InstanceId, context)
  demand(osTypeOf(instance) !== 'windows', 'NotSupported', 'Instances that run Windows have no console output.', 405)
  demand(instance.startedAt !== undefined, 'IncorrectInstanceStatus', wrongStatus, 405)
  const text = consoleText(instance)
  const last = instance.status === 'Stopped' ? (instance.stoppedAt ?? instance.startedAt) : instance.startedAt
  return {
    InstanceId: instance.id,
    ConsoleOutput: Buffer.from(input.RemoveSymbols === true ? withoutSymbols(text) : text).toString('base64'),
    LastUpdateTime: toSeconds(last),
  }
})

/** Milliseconds between two looks at one screen. */
const betweenLooks = 10_000

/**
 * A JPEG that shows the instance's id and host name, the cloud's time, and that all of it is local. WakeUp is taken as asked: no screen sleeps here.
 */
export const GetInstanceScreenshot = ecs('GetInstanceScreenshot', ['InstanceId', 'WakeUp'], ({ InstanceId }, context) => {
  const instance = instanceOf(InstanceId, context)
  demand(instance.status === 'Running', 'IncorrectInstanceStatus', wrongStatus, 405)
  const waited = context.now - (instance.screenshotAt ?? Number.NEGATIVE_INFINITY)
  demand(waited >= betweenLooks, 'Throttling', 'The screen of an instance can be looked at every 10 seconds.', 429)
  context.state.instances.put({ ...instance, screenshotAt: context.now })
  const text = ['Tanxing local cloud', '', instance.id, toSeconds(context.now), '', `${instance.hostName.slice(0, 17)} login:_`]
  return { InstanceId, Screenshot: picture(text).toString('base64') }
})
