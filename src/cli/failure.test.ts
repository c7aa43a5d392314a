import { expect, it } from 'vitest'
import { NetworkError, TimeoutError, UsageError } from '../client/errors.ts'
import { CommandError, exit } from './errors.ts'
import { failureLine, failureOf } from './failure.ts'

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

it('what the client says is said in Chinese to who reads it, and put into Chinese words where it is in English alone', () => {
  const hint = { en: 'Do it.', zh: '请处理。' }
  const told = [
    new NetworkError('ENOTFOUND', { en: 'no answer from x', zh: 'x 没有应答' }),
    new NetworkError('EPIPE', 'broken'),
    new TimeoutError('DeadlineExceeded', 'late'),
    new UsageError('InvalidConfigFile', 'f: why', hint),
    new UsageError('NoSuchCode', 'why', hint),
    new UsageError('toString', 'why', hint),
  ].map((error) => [failureOf(error, 'en').message, failureOf(error, 'zh').message])
  expect(told).toEqual([
    ['no answer from x', 'x 没有应答'],
    ['broken', '网络错误（broken）'],
    ['late', '超时（late）'],
    ['f: why', '无法完成（f: why）'],
    ['why', '无法完成（why）'],
    ['why', '无法完成（why）'],
  ])
})

it('an error line has the marks of its language', () => {
  const failure = { exitCode: 1, code: 'A.B', message: 'It is so.', hint: '请处理。', action: 'Do', requestId: 'R' }
  expect(failureLine(failure, 'en')).toBe('A.B: It is so. 请处理。(Do, request R)')
  expect(failureLine(failure, 'zh')).toBe('A.B: It is so. 请处理。（Do，请求 ID R）')
})
