import { describe, expect, test } from 'vitest'
import { toSeconds } from '../../../api/time.ts'
import { publicImages } from '../../../api/images.ts'
import { cloudWithNetwork } from '../../testing.ts'

const windows = [...publicImages().values()].find((image) => image.OSType === 'windows')?.ImageId
const readBase64 = (text: string) => Buffer.from(text, 'base64').toString()

describe('the console output', () => {
  test('is the boot log of a guest, plain where its symbols are to be removed', async () => {
    const { running, call, instances } = await cloudWithNetwork()
    const InstanceId = await running({ HostName: 'web-1' })
    const { ConsoleOutput, LastUpdateTime } = await call('GetInstanceConsoleOutput', { InstanceId })
    expect(readBase64(ConsoleOutput)).toContain('web-1 login:')
    expect(readBase64(ConsoleOutput)).toContain('\u001B[0;32m')
    expect(LastUpdateTime.slice(0, 16)).toBe((await instances())[0].StartTime.slice(0, 16))
    const plain = readBase64((await call('GetInstanceConsoleOutput', { InstanceId, RemoveSymbols: true })).ConsoleOutput)
    expect(plain).toContain('[  OK  ]')
    expect(plain).not.toContain('\u001B')
    expect(plain).not.toContain('\r')
  })

  test('says so when the instance was stopped', async () => {
    const { running, call, clock } = await cloudWithNetwork()
    const InstanceId = await running()
    await call('StopInstance', { InstanceId })
    clock.advance(8_000)
    await call('DescribeInstances')
    const stoppedAt = toSeconds(clock.now())
    clock.advance(60_000)
    const { ConsoleOutput, LastUpdateTime } = await call('GetInstanceConsoleOutput', { InstanceId })
    expect(readBase64(ConsoleOutput)).toContain('Power down')
    expect(LastUpdateTime).toBe(stoppedAt)
  })

  test('is refused of Windows, of one that was never started and of one that is not there', async () => {
    const { running, launch, refusal } = await cloudWithNetwork()
    const InstanceId = await running({ ImageId: windows })
    expect(await refusal('GetInstanceConsoleOutput', { InstanceId })).toMatchObject({ code: 'NotSupported', status: 405 })
    const [young] = await launch()
    const early = { code: 'IncorrectInstanceStatus', status: 405 }
    expect(await refusal('GetInstanceConsoleOutput', { InstanceId: young })).toMatchObject(early)
    expect(await refusal('GetInstanceConsoleOutput', { InstanceId: 'i-none' })).toMatchObject({ code: 'InvalidInstanceId.NotFound' })
  })
})

describe('the screenshot', () => {
  test('is a JPEG, of a running instance only, and at most every ten seconds', async () => {
    const { running, call, refusal, clock } = await cloudWithNetwork()
    const InstanceId = await running({ ImageId: windows })
    const jpeg = Buffer.from((await call('GetInstanceScreenshot', { InstanceId, WakeUp: true })).Screenshot, 'base64')
    expect(jpeg.readUInt16BE(0)).toBe(0xffd8)
    clock.advance(9_000)
    expect(await refusal('GetInstanceScreenshot', { InstanceId })).toMatchObject({ code: 'Throttling', status: 429 })
    clock.advance(1_000)
    const later = Buffer.from((await call('GetInstanceScreenshot', { InstanceId })).Screenshot, 'base64')
    expect(later.equals(jpeg)).toBe(false)
    await call('StopInstance', { InstanceId })
    expect(await refusal('GetInstanceScreenshot', { InstanceId })).toMatchObject({ code: 'IncorrectInstanceStatus', status: 405 })
  })
})
