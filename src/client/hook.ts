import { asError } from './errors.ts'

const complained = new WeakSet<object>()

function complain(hook: object, thrown: unknown): void {
  if (complained.has(hook)) return
  complained.add(hook)
  const { message, stack = '' } = asError(thrown)
  const text = `a hook of the client failed, and may fail again unheard: ${message}`
  if (typeof globalThis.process?.emitWarning === 'function')
    process.emitWarning(text, { type: 'TanxingWarning', code: 'HookFailed', detail: stack })
  else console.warn(text)
}

/**
 * Tells a hook that the caller gave. What it throws, or rejects with, costs no call its result: it is a warning of the process
 * (`HookFailed`), the first time.
 */
export function tell<E>(hook: ((event: E) => unknown) | undefined, event: E): void {
  if (hook === undefined) return
  try {
    const returned = hook(event)
    if (returned instanceof Promise) returned.catch((thrown: unknown) => complain(hook, thrown))
  } catch (thrown) {
    complain(hook, thrown)
  }
}
