import { demand } from '../../fault.ts'

/** Bytes of the Base64 form: of a stored command, and of one that RunCommand does not keep. */
export const contentLimits = { stored: 18 * 1024, passing: 24 * 1024 } as const

/** That a content names, and that a call gives values for. */
const mostNames = 20
const mostValues = 10
const longestName = 64
const placeholder = /\{\{([^{}]*)\}\}/g

/** Filled in by the service itself. */
const builtIn = /^ACS::(?:RegionId|AccountId|InstanceId|InstanceName|InvokeId|CommandId)$/i

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** The text of a Base64 value, or undefined when it is not one of text. */
export function decoded(value: string): string | undefined {
  if (!base64.test(value)) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'base64'))
  } catch {
    return undefined
  }
}

export const encoded = (text: string): string => Buffer.from(text).toString('base64')

/** The form that an answer gives a text in: Base64 unless PlainText is asked for. */
export const shownText = (text: string, encoding: string | undefined): string => (encoding === 'PlainText' ? text : encoded(text))

/**
 * Refuses content whose Base64 form is longer than `most` bytes.
 * @throws Fault CmdContent.ExceedLimit
 */
export const demandSize = (content: string, most: number): void =>
  demand(encoded(content).length <= most, 'CmdContent.ExceedLimit', 'The length of the specified CommandContent exceeds the limit.', 403)

const encodings = ['PlainText', 'Base64'] as const
type Encoding = (typeof encodings)[number]

/** How a content is given, in whichever case: `usual` unless the call says so, and for what is no encoding. */
export function encodingOf(asked: string | undefined, usual: Encoding): Encoding {
  return encodings.find((encoding) => encoding.toLowerCase() === asked?.toLowerCase()) ?? usual
}

/** The text of a content that is given so; undefined when it cannot be decoded. */
export const textOf = (given: string, encoding: Encoding): string | undefined => (encoding === 'PlainText' ? given : decoded(given))

/**
 * The plain text of a command's content as a call gives it.
 * @throws Fault Invalid.CommandContent, CmdContent.ExceedLimit
 */
export function readContent(given: string, encoding: string | undefined, usual: Encoding, most: number): string {
  const content = textOf(given, encodingOf(encoding, usual))
  demand(content, 'Invalid.CommandContent', 'The specified CommandContent is not valid.')
  demandSize(content, most)
  return content
}

/** Names of parameters mean the same in whichever case. */
const key = (name: string) => name.trim().toLowerCase()

/**
 * The custom parameters that a content names as `{{name}}`, each once, in the order of their first use.
 * @throws Fault CmdParam.EmptyKey, CmdParam.InvalidParamName, CmdParamName.ExceedLimit, ParameterCount.ExceedLimit
 */
export function parameterNames(content: string): readonly string[] {
  const all = [...content.matchAll(placeholder)].map(([, name = '']) => name.trim())
  const own = all.filter((name) => !builtIn.test(name))
  const names = own.filter((name, at) => own.findIndex((other) => key(other) === key(name)) === at)
  for (const name of names) {
    demand(name !== '', 'CmdParam.EmptyKey', 'A parameter of the command has no name.')
    demand(name.length <= longestName, 'CmdParamName.ExceedLimit', 'The name of a parameter of the command is too long.')
    demand(/^[\w-]+$/.test(name), 'CmdParam.InvalidParamName', 'The name of a parameter of the command is not valid.')
  }
  demand(names.length <= mostNames, 'ParameterCount.ExceedLimit', `A command takes at most ${mostNames} parameters.`)
  return names
}

/** With which codes values are refused; operations differ. */
export interface ValueCodes {
  readonly count: string
  readonly keyLength: string
  readonly match: string
}

const usualCodes: ValueCodes = {
  count: 'ParameterCount.ExceedLimit',
  keyLength: 'ParameterKey.ExceedLimit',
  match: 'Parameter.NotMatched',
}

/**
 * The values of a command's custom parameters as a call gives them; what it leaves out is empty (unconfirmed), another name is refused.
 * @throws Fault those of `codes`: too many, too long a name, one that the command has not
 */
export function readValues(given: Readonly<Record<string, unknown>>, names: readonly string[], codes: ValueCodes = usualCodes) {
  const entries = Object.entries(given)
  demand(entries.length <= mostValues, codes.count, `At most ${mostValues} parameters can be given.`)
  for (const [name] of entries) demand(name.length <= longestName, codes.keyLength, 'The key of a parameter is too long.')
  const matched = entries.every(([name]) => names.some((one) => key(one) === key(name)))
  demand(matched, codes.match, 'The specified Parameters do not match those of the command.')
  const valueOf = (name: string): string => {
    const value = entries.find(([one]) => key(one) === key(name))?.[1] ?? ''
    return typeof value === 'string' ? value : JSON.stringify(value)
  }
  return Object.fromEntries(names.map((name) => [name, valueOf(name)]))
}

/**
 * As `readValues`, for a command that may take none.
 * @throws Fault Parameter.Disabled, ParameterCount.ExceedLimit, ParameterKey.ExceedLimit, Parameter.NotMatched
 */
export function readParameters(given: Readonly<Record<string, unknown>> | undefined, names: readonly string[] | undefined) {
  if (names !== undefined) return readValues(given ?? {}, names)
  demand(Object.keys(given ?? {}).length === 0, 'Parameter.Disabled', 'Parameters is given, but the command does not take any.')
  return {}
}

/** Replaces every `{{name}}` by its value; a value is not looked at again. */
export function filled(content: string, values: Readonly<Record<string, string>>): string {
  const known = new Map(Object.entries(values).map(([name, value]) => [key(name), value]))
  return content.replace(placeholder, (whole, name: string) => known.get(key(name)) ?? whole)
}
