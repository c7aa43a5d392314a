import { expect, it } from 'vitest'
import { NetworkError, TimeoutError } from '../client/errors.ts'
import { CommandError, exit } from './errors.ts'
import { failureOf } from './failure.ts'

it('what the command line refuses itself has a code for scripts that says why', () => {
  const text = { en: 'no', zh: '否' }
  const codes = [exit.usage, exit.notFound, exit.refused, exit.timedOut].map((code) => failureOf(new CommandError(text, code), 'en').code)
  expect(codes).toEqual(['Usage', 'NotFound', 'Refused', 'TimedOut'])
})

it('a call whose effect is not known is said to be one, and no field of the library is named', () => {
  const unknown = Object.assign(new NetworkError('ECONNRESET', 'reset'), { effectUnknown: true })
  expect(failureOf(unknown, 'en').hint).toBe('Check the network, the proxy and the endpoint. The call may have been carried out.')
  expect(failureOf(new TimeoutError('WaitTimeout', 'late'), 'zh').hint).toBe('请放宽时限，或查明缓慢的原因。')
})
