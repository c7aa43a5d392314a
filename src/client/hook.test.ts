import { expect, it } from 'vitest'
import { EcsClient } from './ecs.ts'
import { tell } from './hook.ts'
import type { ClientOptions } from './options.ts'

/** The warnings of the process about `what`, as they come. */
function heard(what: string) {
  const warnings: Error[] = []
  let hear: (warning: Error) => void = () => {}
  const first = new Promise<Error>((resolve) => {
    hear = (warning) => {
      if (!warning.message.includes(what)) return
      warnings.push(warning)
      resolve(warning)
    }
    process.on('warning', hear)
  })
  return { warnings, first, stop: () => process.off('warning', hear) }
}

const answered = (hooks: ClientOptions) => {
  const credentials = { accessKeyId: 'id', accessKeySecret: 'very-secret-indeed' }
  const fetch = async () => new Response('{"RequestId":"R","TotalCount":"7"}')
  return new EcsClient({ regionId: 'cn-hangzhou', credentials, fetch, ...hooks })
}

it.each(['onAnswer', 'onAttempt', 'onWarning'])('%s that throws costs the call nothing, and is a warning of the process', async (name) => {
  const { first, stop } = heard(`${name} is broken`)
  const broken = () => {
    throw new Error(`${name} is broken`)
  }
  await expect(answered({ [name]: broken }).describeInstances()).resolves.toMatchObject({ RequestId: 'R' })
  expect(await first).toMatchObject({ name: 'TanxingWarning', code: 'HookFailed' })
  stop()
})

it('a hook that rejects is a warning, too, and each hook is one once', async () => {
  const { warnings, first, stop } = heard('rejected, the hook')
  const broken = () => Promise.reject(new Error('rejected, the hook'))
  for (let time = 0; time < 3; time++) tell(broken, time)
  await first
  // Warnings come in order: when this one is there, no other is on its way.
  const second = heard('another hook')
  tell(() => Promise.reject(new Error('another hook')), 0)
  await second.first
  expect(warnings).toHaveLength(1)
  stop()
  second.stop()
})
