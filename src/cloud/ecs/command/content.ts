import { demand } from '../../fault.ts'

/** Bytes of the Base64 form: of a stored command, and of one that RunCommand does not keep. */
export const contentLimits = { stored: 18 * 1024, passing: 24 * 1024 } as const

const mostParameters = 20
const longestName = 64
const placeholder = /\{\{(.*?)\}\}/g

/** Filled in by the service itself (unconfirmed which of them there are). */
const builtIn = /^ACS::(?:RegionId|AccountId|InstanceId|InstanceName|InvokeId|CommandId)$/

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

/**
 * The plain text of a command's content as a call gives it.
 * @throws Fault Invalid.CommandContent, CmdContent.ExceedLimit
 */
export function readContent(given: string, encoding: string, most: number): string {
  demand(['PlainText', 'Base64'].includes(encoding), 'InvalidParameter', 'The specified ContentEncoding is not valid.')
  const content = encoding === 'PlainText' ? given : decoded(given)
  demand(content, 'Invalid.CommandContent', 'The specified CommandContent is not valid.')
  demandSize(content, most)
  return content
}

/**
 * The custom parameters that a content names as `{{name}}`, each once, in the order of their first use.
 * @throws Fault CmdParam.EmptyKey, CmdParam.InvalidParamName, CmdParamName.ExceedLimit, ParameterCount.ExceedLimit
 */
export function parameterNames(content: string): readonly string[] {
  const all = [...content.matchAll(placeholder)].map(([, name = '']) => name.trim())
  const names = [...new Set(all.filter((name) => !builtIn.test(name)))]
  for (const name of names) {
    demand(name !== '', 'CmdParam.EmptyKey', 'A parameter of the command has no name.')
    demand(name.length <= longestName, 'CmdParamName.ExceedLimit', 'The name of a parameter of the command is too long.')
    demand(/^[\w-]+$/.test(name), 'CmdParam.InvalidParamName', 'The name of a parameter of the command is not valid.')
  }
  demand(names.length <= mostParameters, 'ParameterCount.ExceedLimit', `A command takes at most ${mostParameters} parameters.`)
  return names
}

/**
 * The values of a command's custom parameters as a call gives them: one for each name, none for another.
 * @throws Fault Parameter.Disabled, ParameterCount.ExceedLimit, ParameterKey.ExceedLimit, Parameter.NotMatched
 */
export function readParameters(given: Readonly<Record<string, unknown>> | undefined, names: readonly string[] | undefined) {
  const entries = Object.entries(given ?? {})
  if (names === undefined) {
    demand(entries.length === 0, 'Parameter.Disabled', 'Parameters is given, but the command does not take any.')
    return {}
  }
  demand(entries.length <= mostParameters, 'ParameterCount.ExceedLimit', `A command takes at most ${mostParameters} parameters.`)
  for (const [key] of entries) demand(key.length <= longestName, 'ParameterKey.ExceedLimit', 'The key of a parameter is too long.')
  const matched = entries.every(([key]) => names.includes(key)) && names.every((name) => entries.some(([key]) => key === name))
  demand(matched, 'Parameter.NotMatched', 'The specified Parameters do not match those of the command.')
  return Object.fromEntries(entries.map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]))
}

/** Replaces every `{{name}}` by its value; a value is not looked at again. */
export const filled = (content: string, values: Readonly<Record<string, string>>): string =>
  content.replace(placeholder, (whole, name: string) => (Object.hasOwn(values, name.trim()) ? (values[name.trim()] ?? '') : whole))
